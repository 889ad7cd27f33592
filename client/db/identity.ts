import type { Role } from '#shared/record/member.ts'

/** Who uses this device, remembered so that the app opens with no signal and no session. */
export interface Identity {
  user: string
  org: string
  member: string
  name: string
  orgName: string
  role: Role
}

const key = 'otp:identity'

export function rememberedIdentity(): Identity | undefined {
  const text = localStorage.getItem(key)
  return text ? JSON.parse(text) as Identity : undefined
}

export function rememberIdentity(identity: Identity): void {
  localStorage.setItem(key, JSON.stringify(identity))
}

export function forgetIdentity(): void {
  localStorage.removeItem(key)
}
