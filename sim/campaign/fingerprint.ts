/** A number that two runs share only if they went the same way: when what happened, in which order. */
import type { Line } from "../oracles/mod.ts";

const FNV_PRIME = 0x0100_0193;
const FNV_BASIS = 0x811c_9dc5;

export class Fingerprint {
  #hash = FNV_BASIS;

  observe(line: Line): void {
    this.#mix(line.t % 0x1_0000_0000);
    this.#text(line.type);
    if (line.type === "state") this.#text(line.to);
    else if (line.type === "outcome") this.#text(line.reason);
    else if (line.type === "journal") this.#text(String(line.entry.line));
  }

  /** Of the run with this number; the sum over runs does not depend on their order. */
  of(index: number): number {
    this.#mix(index);
    return this.#hash >>> 0;
  }

  #text(text: string): void {
    for (let i = 0; i < text.length; i++) this.#mix(text.charCodeAt(i));
  }

  #mix(value: number): void {
    this.#hash = Math.imul(this.#hash ^ value, FNV_PRIME);
  }
}
