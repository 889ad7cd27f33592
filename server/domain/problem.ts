/** What a caller did that cannot be done. Stable: clients tell their person in their own words. */
export type ProblemCode
  = 'sign-in' | 'sign-in-refused' | 'sign-up-refused' | 'password-short' | 'password-long' | 'password-common'
    | 'invalid' | 'bad-json' | 'too-large' | 'not-json' | 'cross-site' | 'too-many' | 'busy' | 'stopping' | 'timeout'
    | 'ORG_GONE' | 'other-person' | 'org-unknown' | 'role' | 'member-unknown' | 'member-taken' | 'last-admin'
    | 'invite-gone' | 'already-member' | 'not-found' | 'update' | 'internal'
    | 'key' | 'key-unknown' | 'keys-full' | 'key-scope' | 'seat-unknown' | 'seat-stopped' | 'not-allowed' | 'not-yours' | 'not-your-entry'
    | 'wrong-period' | 'period-ahead' | 'bad-value' | 'issues-full' | 'handoffs-full' | 'wrong-state' | 'too-many-hops' | 'proposals-full' | 'room-gone'

/** Expected, the caller's to mend, and shown; anything else thrown is a bug. */
export class Problem extends Error {
  readonly code: ProblemCode
  /** Fields of the body it is about. */
  readonly fields: string[] | undefined
  /** Seconds after which trying again makes sense. */
  readonly retryAfter: number | undefined
  /** What is wrong with each field, in words, where there is more to say than the code. */
  readonly detail: string | undefined

  constructor(code: ProblemCode, more: { fields?: string[], retryAfter?: number, detail?: string } = {}) {
    super(code)
    this.name = 'Problem'
    this.code = code
    this.fields = more.fields
    this.retryAfter = more.retryAfter
    this.detail = more.detail
  }
}
