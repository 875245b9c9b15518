/** What is wrong with a message, and where. It quotes no value: one of them could be an account. */
export interface WireProblem {
  /** Data element; 0 is the message type indicator, 1 the bitmap. */
  readonly field: number;
  /** Where in the bytes the element begins; -1 while packing, when there are none yet. */
  readonly offset: number;
  readonly problem: string;
}

/** A message that cannot be put on the wire: whoever made it broke the rules of this network. */
export class Iso8583Error extends Error implements WireProblem {
  override name = "Iso8583Error";
  readonly field: number;
  readonly offset: number;
  readonly problem: string;

  constructor({ field, offset, problem }: WireProblem) {
    super(`Cannot carry element ${field}: ${problem}`);
    this.field = field;
    this.offset = offset;
    this.problem = problem;
  }
}
