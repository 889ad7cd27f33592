import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '../support/freePort.ts'

/** A real proxy with TLS in front of these ports, run with the file from `server/deploy`. */
export interface RealProxy { url: string, close: () => Promise<void> }

export const proxies = { nginx, caddy }
type Starter = (folder: string, ports: readonly number[]) => Promise<RealProxy>

const deploy = join(import.meta.dirname, '../../server/deploy')
const pause = 50
const tries = 100

/** The file as it is but for the name, the ports and the certificate: those are this machine's. */
async function nginx(...[folder, ports]: Parameters<Starter>): Promise<RealProxy> {
  const [port, plain] = [await freePort(), await freePort()]
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost', '-keyout', join(folder, 'key.pem'), '-out', join(folder, 'fullchain.pem')], { stdio: 'pipe' })
  const shipped = readFileSync(join(deploy, 'nginx.conf'), 'utf8')
  const site = ports.reduce((text, to, n) => text.replace(`127.0.0.1:${8787 + n} `, `127.0.0.1:${to} `), shipped)
    .replaceAll('otp.example.com', 'localhost')
    .replaceAll('/etc/ssl/otp', folder)
    .replace('listen 443 ', `listen 127.0.0.1:${port} `)
    .replace('listen 80;', `listen 127.0.0.1:${plain};`)
  writeFileSync(join(folder, 'site.conf'), site)
  writeFileSync(join(folder, 'nginx.conf'), `daemon off; pid ${folder}/pid; error_log ${folder}/error.log; worker_processes 2;
    events { worker_connections 4096; }
    http { access_log off; client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s; include ${folder}/site.conf; }`)
  return run('nginx', ['-c', join(folder, 'nginx.conf'), '-p', folder, '-e', join(folder, 'error.log')], port)
}

/** The file as it is; its own certificate authority is trusted by nobody else. */
async function caddy(...[folder, ports]: Parameters<Starter>): Promise<RealProxy> {
  const port = await freePort()
  const here = `\tadmin off\n\tskip_install_trust\n\tauto_https disable_redirects\n\tstorage file_system ${folder}/caddy\n`
  writeFileSync(join(folder, 'Caddyfile'), readFileSync(join(deploy, 'Caddyfile'), 'utf8').replace('{\n', `{\n${here}`))
  const env = { DOMAIN: `https://localhost:${port}`, APPS: ports.map(to => `127.0.0.1:${to}`).join(' '), HOME: folder }
  return run('caddy', ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')], port, env)
}

async function run(program: string, args: readonly string[], port: number, env: Record<string, string> = {}): Promise<RealProxy> {
  if (spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0)
    throw new Error(`${program} is not installed here: try apt-get install ${program}.`)
  const said: string[] = []
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] })
  child.stderr.on('data', text => said.push(String(text)))
  const gone = once(child, 'exit')
  for (let left = tries; !await listens(port); left--) {
    if (left === 0 || child.exitCode !== null)
      throw new Error(`${program} did not start:\n${said.join('')}`)
    await wait(pause)
  }
  return {
    url: `https://localhost:${port}`,
    close: async () => {
      child.kill('SIGTERM')
      await gone
    },
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const line = connect(port, '127.0.0.1', () => {
      line.destroy()
      resolve(true)
    }).on('error', () => resolve(false))
  })
}
