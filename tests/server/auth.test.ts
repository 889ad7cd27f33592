import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { createAuth } from '../../server/auth/auth.ts'
import { commonPasswords } from '../../server/auth/commonPasswords.ts'
import { createHasher } from '../../server/auth/hasher.ts'
import { refusePassword } from '../../server/auth/password.ts'
import { openSqlite } from '../../server/store/sqlite.ts'

describe('the hash', () => {
  const { hash, verify } = createHasher()

  it('is scrypt at OWASP\'s floor or above, salted anew each time', async () => {
    const [one, two] = await Promise.all([hash('correct horse battery'), hash('correct horse battery')])
    expect(one).toMatch(/^scrypt\$16384\$8\$5\$[\w-]{22}\$[\w-]{86}$/)
    expect(one).not.toBe(two)
    expect(await verify({ hash: one, password: 'correct horse battery' })).toBe(true)
    expect(await verify({ hash: one, password: 'correct horse batterY' })).toBe(false)
  })

  it('reads a password however its accents were typed', async () => {
    expect(await verify({ hash: await hash('pa\u0308sswort lang'), password: 'p\u00E4sswort lang' })).toBe(true)
  })

  it('fails closed on a hash it does not know', async () => {
    expect(await verify({ hash: 'md5$abc', password: '' })).toBe(false)
    expect(await verify({ hash: '', password: '' })).toBe(false)
  })

  it('says busy at once rather than queue a flood', async () => {
    const flood = await Promise.allSettled(Array.from({ length: 104 }, () => verify({ hash: `scrypt$2$1$1$AAAA$${'A'.repeat(86)}`, password: 'x' })))
    const refused = flood.filter(one => one.status === 'rejected')
    expect(refused).toHaveLength(2)
    expect(refused[0]?.reason).toMatchObject({ code: 'busy' })
  })
})

describe('a password', () => {
  it('that everybody tries first is refused, in any case and with any tail', () => {
    for (const common of commonPasswords) {
      if (common.length >= 8)
        expect(refusePassword(common.toUpperCase(), [])).toBe('password-common')
      if (/\p{L}{4}/u.test(common))
        expect(refusePassword(`${common.toUpperCase()}!2026!`, [])).toBe('password-common')
    }
  })

  it('of random letters, 12 to 256 of them, is taken', () => {
    const letters = fc.array(fc.constantFrom(...'bcdfghjkmnpqrstvwxz2346789'), { minLength: 12, maxLength: 256 }).map(all => all.join(''))
    fc.assert(fc.property(letters.filter(text => new Set(text).size > 6), (text) => {
      expect(refusePassword(`${text.slice(0, 255)}Q`, [])).toBeUndefined()
    }))
  })

  it.each(['abcdefgh', '87654321', 'abcabcabc', '11111112'])('like %s is refused', text => expect(refusePassword(text, [])).toBe('password-common'))

  it('is counted in characters, not in bytes', () => {
    expect(refusePassword('ünï→dé✓', [])).toBe('password-short')
    expect(refusePassword('ünï→dé✓ß', [])).toBeUndefined()
  })
})

it('refuses to start on sign-in tables that lack a column', async () => {
  const store = await openSqlite(join(mkdtempSync(join(tmpdir(), 'otp-auth-')), 'otp.db'))
  const options = { accounts: store.accounts, secret: 'a secret for tests that is long enough', now: Date.now }
  await createAuth(options)
  await sql`alter table auth_account drop column password`.execute(store.accounts.database.db)
  await expect(createAuth(options)).rejects.toThrow('auth_account (password)')
  await store.close()
})
