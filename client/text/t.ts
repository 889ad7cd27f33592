import type { Words } from './en.ts'
import { shallowRef } from 'vue'
import { en } from './en.ts'
import { numberFormat } from './intl.ts'

/** A sentence, or one per plural form; `n` picks the form. */
export type Phrase = string | { one?: string, few?: string, many?: string, two?: string, zero?: string, other: string }
export type Key = keyof Words
export type Params = Record<string, string | number>

interface Language { tag: string, words: Partial<Record<Key, Phrase>>, plural: Intl.PluralRules }

const language = shallowRef<Language>(speak('en', en))

/** The tag of the words now in use, such as `en`; formats follow the person's own locale instead. */
export const spoken = () => language.value.tag

/** Puts other words in use; what they lack stays English. */
export function useWords(tag: string, words: Partial<Record<Key, Phrase>>): void {
  language.value = speak(tag, words)
}

/** The words for `key`, `{name}` filled from `params`. */
export function t(key: Key, params: Params = {}): string {
  const { words, plural } = language.value
  const phrase: Phrase = words[key] ?? en[key]
  const text = typeof phrase === 'string' ? phrase : phrase[plural.select(Number(params.n ?? 0))] ?? phrase.other
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name] ?? whole
    return typeof value === 'number' ? numberFormat({}).format(value) : value
  })
}

/** The words for a key put together at run time, or undefined where there are none. */
export function tMaybe(key: string, params?: Params): string | undefined {
  return key in en ? t(key as Key, params) : undefined
}

/** A refusal in words, by its code. */
export function refusalText(refusal: { code: string, about?: string[] }): string {
  const about = refusal.about?.join(', ') ?? ''
  return tMaybe(`refused.${refusal.code}`, { about }) ?? t('refused.other', { code: refusal.code })
}

function speak(tag: string, words: Partial<Record<Key, Phrase>>): Language {
  return { tag, words, plural: new Intl.PluralRules(tag) }
}
