import type { Identity } from '../db/identity.ts'
import { refusalText, t, tMaybe } from '../text/t.ts'

/** What the server said: a body, or the code of its refusal and the fields it is about. `offline` where nobody answered. */
export type Answer<T> = { body: T } | { refused: string, fields: readonly string[] }

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** Asks one of the server's own routes (accounts, invites, demo); records go through the replica instead. */
export async function askServer<T>(method: Method, path: string, body?: object, who?: Pick<Identity, 'org' | 'member'>): Promise<Answer<T>> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (body)
    headers['content-type'] = 'application/json'
  if (who)
    Object.assign(headers, { 'x-org': who.org, 'x-member': who.member })
  const signal = AbortSignal.timeout(20_000)
  const response = await fetch(path, { method, headers, body: body && JSON.stringify(body), signal, cache: 'no-store' }).catch(() => undefined)
  const said = await response?.json().catch(() => undefined) as T | { code?: string, fields?: string[] } | undefined
  if (response?.ok && said)
    return { body: said as T }
  const { code = 'offline', fields = [] } = (said ?? {}) as { code?: string, fields?: string[] }
  return { refused: code, fields }
}

const homes: Record<string, string> = {
  'password-short': 'password',
  'password-long': 'password',
  'password-common': 'password',
  'sign-in-refused': 'password',
  'sign-up-refused': 'email',
}

/** A refusal in words, each at the field it is about; `form` where it is about none. */
export function refusalByField({ refused, fields }: { refused: string, fields: readonly string[] }): Record<string, string> {
  const home = homes[refused]
  if (home)
    return { [home]: refusalText({ code: refused }) }
  const named = fields.filter(Boolean)
  if (refused === 'invalid' && named.length > 0)
    return Object.fromEntries(named.map(field => [field, tMaybe(`account.bad.${field}`) ?? t('account.bad')]))
  return { form: refusalText({ code: refused }) }
}
