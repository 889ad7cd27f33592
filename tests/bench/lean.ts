import type { Pusher } from './company.ts'
import type { Place } from './seed.ts'
import { Buffer } from 'node:buffer'
import { Agent, request } from 'node:http'
import { json } from 'node:stream/consumers'

/** Posts with as little client as can be: what is measured is the server, and both share the machine. */
export function createLeanClient(url: string, cookie: string, lines: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: lines })
  const { hostname, port } = new URL(url)
  return {
    inOrg: ({ org, member }: Place): Pusher => ({
      post: (path, sent) => new Promise((resolve, reject) => {
        const body = Buffer.from(JSON.stringify(sent))
        const headers = { cookie, 'x-org': org, 'x-member': member, 'content-type': 'application/json', 'content-length': body.length }
        const asking = request({ agent, hostname, port, path, method: 'POST', headers }, answer =>
          json(answer).then(said => resolve({ status: answer.statusCode ?? 0, body: said as Record<string, unknown>, headers: new Headers() }), reject))
        asking.once('error', reject)
        asking.end(body)
      }),
    }),
    close: () => agent.destroy(),
  }
}

/** What a browser sends back of its cookies. */
export function cookieOf({ cookies }: { cookies: ReadonlyMap<string, string> }): string {
  return [...cookies].map(pair => pair.join('=')).join('; ')
}
