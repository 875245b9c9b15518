/**
 * The link between the machine and its bank. It carries ISO 8583 and speaks no XFS4IoT.
 *
 * **What it models.** One line, two directions, each in order like a TCP stream:
 *
 *   machine ──toBank(message, deliver)──► latency ──► deliver(message)
 *   machine ◄──toAtm(message, deliver)─── latency ◄── bank
 *
 * **Timings** (profile, `network`): `latency_ms` one way, uniform between `mean − jitter` and
 * `mean + jitter`; `loss`, the share of messages that vanish; `late_s`, how late an answer is under
 * N5. A message never overtakes an earlier one of its direction; under N5 it is the bank that is
 * late, not the line, so others pass; on a bad line (N9) packets go different ways, and overtake.
 *
 * **Faults.** N1 to N14: see `faults.ts`; what they do to a message is in `damage.ts`. `cut(true)` breaks
 * the line for everything, what is on its way included, until `cut(false)`.
 *
 * **Invariants.** A message is delivered or told as lost, once: never both, and twice only under N6. Each
 * message draws the same two numbers of chance whatever becomes of it, so a fault shifts no later
 * latency.
 *
 * @module
 */
export {
  createLink,
  type Direction,
  type Link,
  type LinkOptions,
  type LinkSurroundings,
} from "./link.ts";
export { createLineEnd, type LineEnd } from "./line_end.ts";
export { NETWORK_FAULTS } from "./faults.ts";
