/**
 * Which request an answer is to.
 *
 * The trace number alone does not say: the host may mix up two machines that count alike, or the two
 * questions of one. A host need not repeat what it was asked; what it repeats is as it was asked.
 */
import type { Fields } from "./message.ts";

/** Account, kind of transaction, trace number, terminal. */
const REPEATED = [2, 3, 11, 41] as const;

/**
 * The first element of an answer that is not as it was asked; null: it answers that request. The trace
 * number is repeated always.
 */
export function otherThanAsked(asked: Fields, answer: Fields): number | null {
  return REPEATED.find((element) => {
    const [was, is] = [asked[element], answer[element]];
    return was !== is && was !== undefined && (is !== undefined || element === 11);
  }) ?? null;
}
