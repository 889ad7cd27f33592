import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { isIos, useInstall } from '../../client/composables/useInstall.ts'

const day = 24 * 60 * 60 * 1000

beforeEach(() => {
  localStorage.clear()
  setActivePinia(createPinia())
})

function installable() {
  const install = useInstall()
  dispatchEvent(Object.assign(new Event('beforeinstallprompt'), { prompt: async () => {}, userChoice: Promise.resolve({ outcome: 'accepted' }) }))
  return install
}

describe('the offer to install', () => {
  it('comes after the second finished week, not after the same one twice', () => {
    const install = installable()
    install.weekFinished('2026-W46')
    install.weekFinished('2026-W46')
    expect(install.offered).toBe(false)
    install.weekFinished('2026-W47')
    expect(install.offered).toBe(true)
  })

  it('stays away for 30 days once somebody said "not now"', () => {
    const install = installable()
    install.dismiss(100 * day)
    install.offer(129 * day)
    expect(install.offered).toBe(false)
    install.offer(131 * day)
    expect(install.offered).toBe(true)
  })

  it('is not made where the browser cannot install', () => {
    const install = useInstall()
    install.offer(100 * day)
    expect([install.how, install.offered]).toEqual(['cannot', false])
  })

  it('is over once the app is installed', async () => {
    const install = installable()
    install.offer(100 * day)
    await install.install()
    dispatchEvent(new Event('appinstalled'))
    expect([install.how, install.offered]).toEqual(['done', false])
  })
})

it('knows an iPad that calls itself a Mac', () => {
  const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15'
  expect(isIos({ userAgent: mac, maxTouchPoints: 5 })).toBe(true)
  expect(isIos({ userAgent: mac, maxTouchPoints: 0 })).toBe(false)
  expect(isIos({ userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)', maxTouchPoints: 5 })).toBe(true)
})
