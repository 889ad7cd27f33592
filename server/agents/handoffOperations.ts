import type { Operation } from './operation.ts'
import { acceptHandoff, finishHandoff, returnHandoff, returnInput, sendHandoff, sendInput, sentInput, stepInput, stepTaken, verifyHandoff } from './handoffs.ts'
import { operation } from './operation.ts'
import { resendHandoff } from './resend.ts'

/** Both ends of a handoff: the sender's and the receiver's. */
export const handoffOperations: readonly Operation[] = [
  operation({
    name: 'send_handoff',
    title: 'Send a handoff',
    says: 'Passes something on to the seat at the other end of one of your contracts. At most 50 a day, those you send again among them.',
    method: 'post',
    path: '/contracts/{contract}/handoffs',
    isRepeatable: false,
    input: sendInput,
    output: stepTaken,
    run: sendHandoff,
  }),
  operation({
    name: 'accept_handoff',
    title: 'Accept a handoff',
    says: 'Accepts what was handed to your seat: you will do what the contract says.',
    method: 'post',
    path: '/handoffs/{handoff}/accept',
    isRepeatable: true,
    input: stepInput,
    output: stepTaken,
    run: acceptHandoff,
  }),
  operation({
    name: 'return_handoff',
    title: 'Return a handoff',
    says: 'Sends back what was handed to your seat, with a reason.',
    method: 'post',
    path: '/handoffs/{handoff}/return',
    isRepeatable: true,
    input: returnInput,
    output: stepTaken,
    run: returnHandoff,
  }),
  operation({
    name: 'finish_handoff',
    title: 'Finish a handoff',
    says: 'Says that what was handed to your seat is done. Whoever sent it verifies.',
    method: 'post',
    path: '/handoffs/{handoff}/finish',
    isRepeatable: true,
    input: stepInput,
    output: stepTaken,
    run: finishHandoff,
  }),
  operation({
    name: 'verify_handoff',
    title: 'Verify a handoff',
    says: 'Says that what your seat handed over and the receiver says is done is well done. Where it is not, send it again.',
    method: 'post',
    path: '/handoffs/{handoff}/verify',
    isRepeatable: true,
    input: sentInput,
    output: stepTaken,
    run: verifyHandoff,
  }),
  operation({
    name: 'resend_handoff',
    title: 'Send a handoff again',
    says: 'Sends again what your seat handed over: returned, done but not well, or expired. The receiver has the whole time once more. An expired one stays on record as missed: the answer names the one in its place.',
    method: 'post',
    path: '/handoffs/{handoff}/resend',
    isRepeatable: true,
    input: sentInput,
    output: stepTaken,
    run: resendHandoff,
  }),
]
