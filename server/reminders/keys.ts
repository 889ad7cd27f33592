import type { Accounts } from '../store/accounts.ts'
import webpush from 'web-push'

/** This server's name towards push services, base64url. Whoever has the private one can write to every browser it was shown to. */
export interface PushKeys { publicKey: string, privateKey: string }

const setting = 'push-keys'

/** Made on the first start and kept in the store, where every process finds the same: browsers are tied to them. */
export async function readPushKeys(accounts: Accounts): Promise<PushKeys> {
  if (await accounts.setting(setting) === undefined)
    await accounts.claimSetting(setting, JSON.stringify(webpush.generateVAPIDKeys()))
  return JSON.parse(await accounts.setting(setting) ?? '') as PushKeys
}
