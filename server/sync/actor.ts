import type { Role } from '#shared/record/member.ts'

/** Who writes: a member, or an agent by its seat's id, judged by the access table on every write. */
export interface Actor {
  org: string
  member: string
  role: Role | 'agent'
}
