import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { readConfig } from '../../server/config.ts'

const root = join(import.meta.dirname, '../..')
const read = (name: string) => readFileSync(join(root, 'server', name), 'utf8')
const seconds = (name: string, pattern: RegExp) => Number(pattern.exec(read(name))?.[1]?.replaceAll('_', '')) / (read(name).match(pattern)?.[0].includes('000') ? 1000 : 1)
interface Service { environment?: Record<string, string>, networks?: string[] }
const compose = parse(read('deploy/compose.yaml'), { merge: true }) as { services: Record<string, Service>, networks: { inside: { ipam: { config: { subnet: string }[] } } } }

const filled = (environment: Record<string, string>) => Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, value.replaceAll(/\$\{\w+(?::\?[^}]*)?\}/g, 'filled-in-by-hand-for-this-test-alone')]))

it('both servers of the compose file are the same, and understand every setting they are given', () => {
  const { app1, app2 } = compose.services
  expect(app1).toEqual(app2)
  const config = readConfig(filled(app1?.environment ?? {}))
  expect(config).toMatchObject({ databaseUrl: expect.stringContaining('@database/otp') as string, trustProxy: [compose.networks.inside.ipam.config[0]?.subnet] })
  expect(read('config.ts')).toSatisfy((text: string) => Object.keys(app1?.environment ?? {}).every(name => text.includes(`${name}: z.`)))
})

it('what the compose file wants filled in is in the example, and nothing else', () => {
  const wanted = new Set([...read('deploy/compose.yaml').matchAll(/\$\{(\w+)/g)].map(([, name]) => name))
  expect(new Set([...read('deploy/env.example').matchAll(/^(\w+)=/gm)].map(([, name]) => name))).toEqual(wanted)
})

it('what the Dockerfile copies and starts is there', () => {
  const copied = [...read('deploy/Dockerfile').matchAll(/--from=build \/otp\/(\S+)/g)].map(([, name]) => String(name))
  expect(copied.filter(name => name !== 'dist' && !existsSync(join(root, name)))).toEqual([])
  expect(read('deploy/Dockerfile')).toContain('CMD ["node", "server/main.ts"]')
})

it('the proxies keep idle lines shorter than the server does, and wait for a stream longer than a heartbeat', () => {
  const [keeps, beats] = [seconds('http/listen.ts', /keepAliveTimeout: ([\d_]+)/), seconds('serve.ts', /heartbeat = ([\d_]+)/)]
  expect([keeps, beats]).toEqual([65, 20])
  for (const [name, idle, waits] of [['deploy/Caddyfile', /keepalive (\d+)s/, /read_timeout (\d+)s/], ['deploy/nginx.conf', /keepalive_timeout (\d+)s/, /proxy_read_timeout (\d+)s/]] as const) {
    expect(seconds(name, idle)).toBeLessThan(keeps)
    expect(seconds(name, waits)).toBeGreaterThan(2 * beats)
  }
})

it('no proxy holds a stream\'s events back', () => {
  expect(read('deploy/nginx.conf')).toContain('proxy_buffering off;')
  expect(read('deploy/Caddyfile')).toContain('flush_interval -1')
})
