import type { LookupFunction } from 'node:net'
import { lookup } from 'node:dns'
import { Agent } from 'node:https'
import { BlockList } from 'node:net'

/** How to reach browsers' push services: which addresses may be called at all, and the line to them. */
export interface PushWay {
  mayReach: (endpoint: string) => boolean
  agent: Agent
}

const longest = 2048
/** Names, never numbers: `https` URLs write every form of a number as one, and no number has letters at its end. */
const publicName = /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+(?:[a-z]{2,63}|xn--[a-z\d-]{1,59})$/
const ownNames = /\.(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|arpa|test|invalid|example|onion)$/
/** Two lists: one of both would read every IPv4 address as the IPv6 address it maps to. */
const notPublic = {
  4: ranges('ipv4', [['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 3]]),
  6: ranges('ipv6', [['::', 3], ['4000::', 2], ['8000::', 1], ['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20]]),
}

/** Judged in the very look-up that connects, so that a name cannot mean one thing when asked and another when called. */
const publicLookup: LookupFunction = (hostname, options, done) =>
  lookup(hostname, { ...options, all: true }, (error, found = []) => {
    const [first] = found
    if (error || !first)
      return done(error ?? new Error('no address'), '')
    if (!found.every(({ address, family }) => isPublicAddress(address, family)))
      return done(Object.assign(new Error('Not a public address.'), { code: 'NOT_PUBLIC' }), '')
    return options.all ? done(null, found) : done(null, first.address, first.family)
  })

/** Somebody's browser names an address this server will call: only https, port 443, a public name, and addresses the whole world could reach. */
export function publicWay(): PushWay {
  return { mayReach: isPublicEndpoint, agent: new Agent({ lookup: publicLookup }) }
}

export function isPublicEndpoint(endpoint: string): boolean {
  if (endpoint.length > longest || !URL.canParse(endpoint))
    return false
  const { protocol, username, password, port, hostname } = new URL(endpoint)
  return protocol === 'https:' && username === '' && password === '' && port === '' && publicName.test(hostname) && !ownNames.test(hostname)
}

export function isPublicAddress(address: string, family: number): boolean {
  return family === 6 ? !notPublic[6].check(address, 'ipv6') : !notPublic[4].check(address, 'ipv4')
}

/** Of IPv6 only 2000::/3 is in use in the world, and parts of it lead back into IPv4 or nowhere. */
function ranges(family: 'ipv4' | 'ipv6', nets: readonly [string, number][]): BlockList {
  const list = new BlockList()
  nets.forEach(([net, prefix]) => list.addSubnet(net, prefix, family))
  return list
}
