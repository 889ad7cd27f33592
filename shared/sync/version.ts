/**
 * The wire's version. Any change in `protocol.ts`, `wire.ts` or `shared/record` needs a new number and a line
 * in `SPEC.md`.
 */
export const protocol = 7
/** The oldest client that may still pull; below it pull answers 426 and push stays open so that work drains. */
export const oldestProtocol = 1
