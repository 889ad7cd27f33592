import type { Role } from '#shared/record/member.ts'

/** Who writes: a member, judged by the access table on every write. */
export interface Actor {
  org: string
  member: string
  role: Role
}
