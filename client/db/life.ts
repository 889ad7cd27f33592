import type { BehaviorSubject, Observable } from 'rxjs'
import type { Context } from './context.ts'
import type { SyncState } from './types.ts'
import { combineLatest, distinctUntilChanged, filter, map, take } from 'rxjs'
import { dropMark, olderCopies, readMark, writeMark } from './copies.ts'

export interface Living {
  name: string
  context: Context
  state: BehaviorSubject<SyncState>
  waiting: Observable<readonly unknown[]>
  adopt: (older: string) => Promise<void>
}

/** What a copy on a real device needs beside the sync; answers how to stop. */
export async function startLife(living: Living): Promise<() => void> {
  await noticeLoss(living)
  const { name, context, state, waiting, adopt } = living
  const count = waiting.pipe(map(found => found.length), distinctUntilChanged())
  const marking = combineLatest([state.pipe(map(({ ready }) => ready), distinctUntilChanged()), count])
    .subscribe(([ready, unsent]) => ready && writeMark({ copy: name, waiting: unsent }))
  const asking = count.pipe(filter(unsent => unsent > 0), take(1)).subscribe(() => void askToKeep())
  const stopSharing = shareState(living)
  const stopProbing = probeOnWake(context)
  for (const older of await olderCopies(name))
    await adopt(older)
  return () => {
    marking.unsubscribe()
    asking.unsubscribe()
    stopSharing()
    stopProbing()
  }
}

/** A copy that is marked as filled and is empty was cleared by the browser: what waited in it is gone, and the person is told. */
async function noticeLoss({ name, context: { notes }, state }: Living): Promise<void> {
  const mark = readMark(name)
  if (mark && await notes.remembered('sync') === undefined) {
    await notes.remember('lost', mark.waiting)
    dropMark(name)
  }
  const lost = await notes.remembered<number | null>('lost')
  if (typeof lost === 'number')
    state.next({ ...state.value, lost })
}

/** After the first edit of one's own the browser is asked to keep what is here. */
async function askToKeep(): Promise<void> {
  if (await navigator.storage?.persisted?.() === false)
    await navigator.storage.persist()
}

/** Of several tabs one syncs for all: the others show how it fares, until they sync themselves. */
function shareState({ name, state }: Living): () => void {
  const tabs = new BroadcastChannel(`otp:state:${name}`)
  const heard = { own: false, theirs: false }
  const shared = ({ connection, lastSync, ahead, ready }: SyncState) => ({ connection, lastSync, ahead, ready })
  const tell = () => heard.own && tabs.postMessage(shared(state.value))
  const telling = state.pipe(map(shared), distinctUntilChanged((a, b) => JSON.stringify(a) === JSON.stringify(b))).subscribe(({ connection }) => {
    heard.own ||= !heard.theirs && connection !== 'starting'
    tell()
  })
  tabs.onmessage = ({ data }: MessageEvent<Partial<SyncState> | 'asks'>) => {
    if (data === 'asks')
      return void tell()
    if (heard.own)
      return
    heard.theirs = true
    state.next({ ...state.value, ...data })
    heard.theirs = false
  }
  tabs.postMessage('asks')
  return () => {
    telling.unsubscribe()
    tabs.close()
  }
}

/** A phone that wakes up may have lost its database meanwhile: a look at each collection finds out before somebody writes. */
function probeOnWake({ db }: Context): () => void {
  const probe = () => {
    if (document.visibilityState === 'visible' && !db.closed)
      [db.records, db.scores, db.device].forEach(({ storageInstance }) => storageInstance.findDocumentsById(['?'], false).catch(() => {}))
  }
  document.addEventListener('visibilitychange', probe)
  return () => document.removeEventListener('visibilitychange', probe)
}
