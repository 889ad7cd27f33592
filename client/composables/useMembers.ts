import type { Role } from '#shared/record/member.ts'
import type { Rec } from '../db/types.ts'
import type { Answer } from './askServer.ts'
import type { Company } from './useCompany.ts'
import { computed, onMounted, shallowRef } from 'vue'
import { useSnacks } from '../stores/snacks.ts'
import { refusalText, t } from '../text/t.ts'
import { askServer } from './askServer.ts'
import { usePredict } from './usePredict.ts'
import { useReplica } from './useReplica.ts'

export type MemberRecord = Rec<'member'>
interface Invite { id: string, member: string, role: Role, expiresAt: number }
/** A link that was just made; the server tells it once. */
export interface FreshInvite extends Invite { url: string, installable: boolean }

const order = { active: 0, invited: 1, left: 2 }

/** The people of the company, their open invites, and what an admin may do with them. */
export function useMembers(company: Company) {
  const replica = useReplica()
  const snacks = useSnacks()
  const { refuse } = usePredict(company)
  const invites = shallowRef<readonly Invite[]>([])
  const path = `/api/orgs/${replica.org}`
  const isAdmin = computed(() => company.myRole.value === 'admin')
  const sorted = computed(() => [...company.members.value].sort((a, b) => order[a.d.state] - order[b.d.state] || (a.d.name < b.d.name ? -1 : 1)))
  const linkOf = (member: string) => invites.value.find(invite => invite.member === member)

  async function load(): Promise<void> {
    const answer = isAdmin.value ? await askServer<{ invites: Invite[] }>('GET', `${path}/invites`, undefined, replica) : undefined
    if (answer && 'body' in answer)
      invites.value = answer.body.invites
  }

  /** Offline too; a role the rules refuse is said at once and not written. */
  async function setRole(member: MemberRecord, role: Role): Promise<void> {
    const no = refuse({ kind: 'member', id: member.id, before: member.d, set: { role } })
    if (no)
      return snacks.show(refusalText(no))
    await replica.set<'member'>(member.id, { role })
  }

  /** Somebody who is in the records already, or a new person. */
  async function invite(whom: { member: string } | { name: string, role: Role }): Promise<Answer<FreshInvite>> {
    const answer = await askServer<FreshInvite>('POST', `${path}/invites`, whom, replica)
    replica.retry()
    await load()
    return answer
  }

  const revoke = ({ id }: Invite) => told(askServer('DELETE', `${path}/invites/${id}`, undefined, replica), t('members.revoked'))
  const restore = ({ id, d }: MemberRecord) => told(askServer('POST', `${path}/members/${id}/restore`, {}, replica), t('members.restored', { name: d.name }))

  async function told(work: Promise<Answer<unknown>>, done: string): Promise<void> {
    const answer = await work
    snacks.show('body' in answer ? done : refusalText({ code: answer.refused }))
    replica.retry()
    await load()
  }

  onMounted(load)
  return { isAdmin, sorted, linkOf, load, setRole, invite, revoke, restore }
}

export type Members = ReturnType<typeof useMembers>
