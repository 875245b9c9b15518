/** What the bank approves, each request once, for every oracle that reads the line. */
import { at, type LineOf } from "./oracle.ts";

/** The approvals of one run, as its lines tell of them one after another. */
export class Approvals {
  #line: unknown = null;
  #fields: unknown = null;
  readonly #approved = new Set<unknown>();

  /**
   * The elements of an approval that leaves the bank in this line; null where it says anything else, or
   * the same again: a request that comes twice gets its first answer, whatever has changed since.
   */
  in(line: LineOf<"host">): unknown {
    if (this.#line === line) return this.#fields;
    this.#line = line;
    this.#fields = null;
    if (line.from !== "bank" || line.seen !== "sent") return null;
    const fields = at(line.message, "fields");
    const request = at(fields, "11");
    if (at(fields, "39") !== "00" || this.#approved.has(request)) return null;
    this.#approved.add(request);
    return this.#fields = fields;
  }
}
