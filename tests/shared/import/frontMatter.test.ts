import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readFrontMatter } from '#shared/import/frontMatter.ts'

function read(text: string) {
  const matter = readFrontMatter(text)
  return matter && { ...Object.fromEntries(matter.fields), body: matter.body.trim(), ...matter.problem && { problem: matter.problem } }
}

describe('front matter', () => {
  it('is what stands between two lines of ---', () => {
    expect(read('---\nname: scout\ntools: [a, b]\n---\nYou find leads.\n---\nMore.')).toEqual({ name: 'scout', tools: ['a', 'b'], body: 'You find leads.\n---\nMore.' })
  })

  it('may come with a byte order mark, Windows line ends and blank lines before it', () => {
    expect(read('\uFEFF\r\n---  \r\nname: scout\r\n---\r\nYou find leads.\r\n')).toEqual({ name: 'scout', body: 'You find leads.' })
  })

  it('is not there in a text that does not begin so, nor in one that begins with a rule', () => {
    expect(read('# Readme\n---\nname: scout\n---')).toBeUndefined()
    expect(read('---\n\nA text under a rule.\n---\n')).toBeUndefined()
    expect(read('')).toBeUndefined()
  })

  it.each([
    ['a colon in a value', '---\nname: scout\ndescription: Use this: when leads are cold\n---\nBody', { name: 'scout', description: 'Use this: when leads are cold', body: 'Body' }],
    ['a tab', '---\nname: scout\n\ttools: x\n---\nBody', { name: 'scout\ntools: x', body: 'Body' }],
    ['an open quote', '---\nname: "scout\ncolor: \'red\'\n---\nBody', { name: '"scout', color: 'red', body: 'Body' }],
    ['an open bracket', '---\nname: scout\ntools: [a, b\n---\nBody', { name: 'scout', tools: '[a, b', body: 'Body' }],
    ['an unknown alias', '---\nname: *nobody\nmodel: x\n---\nBody', { name: '*nobody', model: 'x', body: 'Body' }],
  ])('with %s is read line by line, and says so', (_, text, fields) => {
    expect(read(text)).toEqual({ ...fields, problem: 'bad-front-matter' })
  })

  it('without an end stops where the lines no longer look like it, and says so', () => {
    expect(read('---\nname: scout\ntools:\n  - a\n\nYou find leads.')).toEqual({ name: 'scout', tools: '- a', body: 'You find leads.', problem: 'unclosed-front-matter' })
    expect(read('---\nname: scout')).toEqual({ name: 'scout', body: '', problem: 'unclosed-front-matter' })
  })

  it('that is a bomb of aliases, a circle or too deep is read line by line', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]', ...'bcdefghi'.split('').map((name, at) => `${name}: &${name} [${Array.from({ length: 10 }).fill(`*${'abcdefgh'[at]}`).join(', ')}]`)].join('\n')
    const problems = [bomb, 'name: scout\na: &a [*a]', `name: scout\na: ${'['.repeat(100_000)}`, `name: scout\na: ${'{b: '.repeat(250)}`].map(head => readFrontMatter(`---\n${head}\n---\nBody`)?.problem)
    expect(problems).toEqual(Array.from({ length: 4 }).fill('bad-front-matter'))
  })

  it('of more than a page is read line by line', () => {
    const matter = readFrontMatter(`---\nname: scout\ndescription: ${'x'.repeat(3_000_000)}\n---\nBody`)
    expect([matter?.fields.get('name'), matter?.problem, matter?.body]).toEqual(['scout', 'bad-front-matter', 'Body'])
  })

  it('with the names of what every object has keeps them as fields of its own', () => {
    const matter = readFrontMatter('---\n__proto__: { polluted: yes }\nconstructor: 1\ntoString: x\n---\n')
    expect([...matter?.fields.keys() ?? []]).toEqual(['__proto__', 'constructor', 'toString'])
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  it('of any text is read without a crash, and no word of the text after it is lost', () => {
    const piece = fc.oneof(fc.constantFrom('---', '\n', 'name: x', ': ', '- ', '"', '\'', '[', '{', '&a', '*a', '|', '>', '\t', '\uFEFF', '\r\n', '__proto__: 1', '<<: *a', '!!js/function x', '? '), fc.string({ unit: 'binary', maxLength: 6 }))
    fc.assert(fc.property(fc.array(piece, { maxLength: 40 }).map(parts => parts.join('')), fc.boolean(), (text, closed) => {
      const matter = readFrontMatter(`---\nname: scout\n${text}${closed ? '\n---\n' : '\n\n'}The end.`)
      expect(matter?.body.endsWith('The end.')).toBe(true)
      expect(typeof matter?.fields.get('name')).not.toBe('undefined')
    }), { numRuns: 300 })
  })
})
