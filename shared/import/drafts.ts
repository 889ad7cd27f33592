import type { Row } from './plan.ts'

/** A seat as a file has it, before its manager is found and its text made to fit. */
export interface DraftSeat {
  row: Row
  /** The file's own id; '' where it has none. */
  id: string
  /** What other rows may call it by; an id goes before a name. */
  calledBy: string[]
  title: string
  kind: 'human' | 'agent'
  accountability: string
  /** Null for vacant; undefined where the file does not say. */
  holder?: string | null
  email?: string
  owner?: string
  team?: string
  /** Whom it reports to in the file's words; null for nobody; undefined where the file should say and does not. */
  manager?: string | null
  /** What the file calls that column. */
  managerColumn: string
  archived?: true
  /** What it does, at length. */
  responsibilities?: string
  /** What does not fit there. */
  more?: string[]
  note?: string
  /** The row in its own words. */
  text: string
}

/** A draft and the key it will be found by again. */
export interface KeyedSeat { draft: DraftSeat, key: string }
