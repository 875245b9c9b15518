/** Which debit a reversal undoes, as the journal says it. @module */

/** The STAN of the debit in the detail of a `reversal_queued`: `of 000003: 4017`; else undefined. */
export function undoneIn(detail: unknown): string | undefined {
  return /^of ([0-9]{6}):/.exec(String(detail))?.[1];
}
