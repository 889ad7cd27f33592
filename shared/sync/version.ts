/** Wire version 1: records and scores as patches with a stamp per field. */
export const protocol = 1
/** The oldest client that may still pull. */
export const oldestProtocol = 1
