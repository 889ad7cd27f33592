import type { Role } from '#shared/record/member.ts'

/** Every role, the most able first. */
export const roles: readonly Role[] = ['admin', 'manager', 'member', 'viewer']
