import type { AddressInfo } from 'node:net'
import { Agent } from 'node:https'
import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import webpush from 'web-push'
import { sendMessage } from '../../server/reminders/send.ts'
import { isPublicAddress, isPublicEndpoint, publicWay } from '../../server/reminders/way.ts'
import { aPushService } from '../support/pushService.ts'

describe('the addresses browsers name', () => {
  it('are called where they are https on the usual port of a public name', () => {
    for (const endpoint of ['https://fcm.googleapis.com/fcm/send/abc:def', 'https://updates.push.services.mozilla.com/wpush/v2/x', 'https://web.push.apple.com/QA', 'https://wns2-by3p.notify.windows.com/w/?token=x', 'https://push.example.com:443/x'])
      expect(isPublicEndpoint(endpoint), endpoint).toBe(true)
  })

  it('are refused with another scheme, port or credentials, as numbers in any form, and with names of a house of one\'s own', () => {
    const refused = [
      'http://push.example.com/x',
      'ftp://push.example.com/x',
      'https://push.example.com:8443/x',
      'https://user:pass@push.example.com/x',
      'https://user@push.example.com/x',
      'https://127.0.0.1/x',
      'https://2130706433/x',
      'https://0x7f.1/x',
      'https://010.0.0.1/x',
      'https://[::1]/x',
      'https://[::ffff:10.0.0.1]/x',
      'https://１２７.0.0.1/x',
      'https://localhost/x',
      'https://db/x',
      'https://push.localhost/x',
      'https://printer.local/x',
      'https://metadata.google.internal/x',
      'https://push.example.com./x',
      'https://1.0.0.127.in-addr.arpa/x',
      `https://push.example.com/${'x'.repeat(2048)}`,
      'push.example.com',
      '',
    ]
    for (const endpoint of refused)
      expect(isPublicEndpoint(endpoint), endpoint).toBe(false)
  })

  it('are not called where the name leads to an address the whole world cannot reach', () => {
    const inside: [string, number][] = [['127.0.0.1', 4], ['10.1.2.3', 4], ['172.31.255.255', 4], ['192.168.1.1', 4], ['169.254.169.254', 4], ['100.64.0.1', 4], ['0.0.0.0', 4], ['224.0.0.1', 4], ['255.255.255.255', 4], ['::1', 6], ['::', 6], ['::ffff:127.0.0.1', 6], ['64:ff9b::a00:1', 6], ['fe80::1', 6], ['fc00::1', 6], ['fd12:3456::1', 6], ['2002:7f00:1::', 6], ['2001::1', 6], ['ff02::1', 6]]
    for (const [address, family] of inside)
      expect(isPublicAddress(address, family), address).toBe(false)
    for (const [address, family] of [['142.250.185.74', 4], ['172.15.0.1', 4], ['172.32.0.1', 4], ['17.253.144.10', 4], ['2a00:1450:4001:80b::200a', 6], ['2620:149:a44::10', 6]] as const)
      expect(isPublicAddress(address, family), address).toBe(true)
  })

  it('are judged in the look-up that connects: no line is opened to a name that means this machine', async () => {
    const opened: unknown[] = []
    const inside = createServer(line => opened.push(line.destroy()))
    await new Promise<void>(resolve => inside.listen(0, 'localhost', resolve))
    const service = await aPushService()
    const { endpoint, keys } = service.browser().subscription
    const way = { ...publicWay(), mayReach: () => true }
    const sender = { way, keys: webpush.generateVAPIDKeys(), subject: 'mailto:a@b.example' }
    const to = endpoint.replace(/:\d+\//, `:${(inside.address() as AddressInfo).port}/`)
    expect(await sendMessage(sender, { endpoint: to, ...keys }, { tag: 't', until: 2000, text: '{}' }, 1000)).toBe('failed')
    expect(opened).toEqual([])
    expect(await sendMessage({ ...sender, way: { ...way, agent: new Agent() } }, { endpoint: to, ...keys }, { tag: 't', until: 2000, text: '{}' }, 1000)).toBe('failed')
    expect(opened).toHaveLength(1)
    expect(await sendMessage({ ...sender, way: publicWay() }, { endpoint: to, ...keys }, { tag: 't', until: 2000, text: '{}' }, 1000)).toBe('gone')
    await new Promise(resolve => inside.close(resolve))
    await service.close()
  })
})
