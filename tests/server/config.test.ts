import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfig, readSecret } from '../../server/config.ts'

const aFolder = () => mkdtempSync(join(tmpdir(), 'otp-config-'))
const read = (env: Record<string, string>) => readConfig({ DATA_DIR: aFolder(), ...env })

it('listens on this machine alone and believes no proxy unless told', () => {
  expect(read({})).toMatchObject({ port: 8787, host: '127.0.0.1', logLevel: 'info', trustProxy: [], publicUrl: undefined, databaseUrl: undefined })
})

it('reads what is set, and an empty variable as unset', () => {
  expect(read({ PORT: '80', HOST: '::', PUBLIC_URL: 'https://otp.example/', TRUST_PROXY: '10.0.0.0/8, ::1', DATABASE_URL: 'postgres://db/otp', LOG_LEVEL: '' }))
    .toMatchObject({ port: 80, host: '::', publicUrl: 'https://otp.example', trustProxy: ['10.0.0.0/8', '::1'], databaseUrl: 'postgres://db/otp', logLevel: 'info' })
})

it.each([
  ['PORT', 'eighty'],
  ['PORT', '70000'],
  ['PUBLIC_URL', 'otp.example'],
  ['PUBLIC_URL', 'javascript:alert(1)'],
  ['TRUST_PROXY', 'true'],
  ['TRUST_PROXY', '1'],
  ['TRUST_PROXY', 'loopback'],
  ['DATABASE_URL', 'mysql://db'],
  ['SECRET', 'short'],
  ['LOG_LEVEL', 'loud'],
])('refuses %s=%s in a sentence that names it', (name, value) => {
  expect(() => read({ [name]: value })).toThrow(`${name}: `)
})

describe('the secret', () => {
  it('is made once, for the owner\'s eyes, and stays', () => {
    const folder = aFolder()
    const secret = readSecret(folder)
    expect(secret.length).toBeGreaterThanOrEqual(64)
    expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600)
    expect(readSecret(folder)).toBe(secret)
    expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe(secret)
    expect(readSecret(aFolder())).not.toBe(secret)
    expect(readdirSync(folder)).toEqual(['secret'])
  })

  it('is refused when somebody made it short', () => {
    const folder = aFolder()
    writeFileSync(join(folder, 'secret'), 'hunter2')
    expect(() => readSecret(folder)).toThrow('shorter than 32')
  })
})
