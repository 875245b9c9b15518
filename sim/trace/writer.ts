/**
 * Writes a trace: numbers, stamps and chains each line as it happens.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { canonicalJson } from "../../core/json.ts";
import type { Micros } from "../../core/units.ts";
import type { Trace, TraceBody, TraceEnd, TraceHeader, TraceLine } from "./schema.ts";

export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** The chain value after a line: SHA-256(previous chain ‖ canonical line without its own chain). */
export function chainAfter(previous: string, line: object): string {
  return chainOver(previous, canonicalJson(line));
}

const encoder = new TextEncoder();
const CHAIN_BYTES = 32;
/** A letter of a text has at most three bytes, a pair of them four. */
const LETTER_BYTES = 3;
/** Room for a chain value and a line behind it, used again for the next. */
let room = new Uint8Array(1 << 14);

function chainOver(previous: string, spelled: string): string {
  const needed = CHAIN_BYTES + LETTER_BYTES * spelled.length;
  if (room.length < needed) room = new Uint8Array(2 * needed);
  room.set(hexToBytes(previous));
  const { written } = encoder.encodeInto(spelled, room.subarray(CHAIN_BYTES));
  return bytesToHex(sha256(room.subarray(0, CHAIN_BYTES + written)));
}

/** The header of a run: the chain starts from `pinned`, the seal covers the runtime too. */
export function traceHeader(
  pinned: TraceHeader["pinned"],
  runtime: TraceHeader["runtime"],
): TraceHeader {
  const chain = sha256Hex(canonicalJson(pinned));
  const header = { type: "header", schema: 1, pinned, runtime, chain } as const;
  return { ...header, seal: sha256Hex(canonicalJson(header)) };
}

/** Collects the lines of one run. */
export class TraceWriter {
  readonly #header: TraceHeader;
  readonly #lines: TraceLine[] = [];
  #chain: string;

  constructor(header: TraceHeader) {
    this.#header = header;
    this.#chain = header.chain;
  }

  /** Appends one line at virtual time `t`; returns it as it stands in the trace. */
  write(t: Micros, body: TraceBody): TraceLine {
    // A round trip through JSON detaches the line from whatever its author may still change.
    const spelled = canonicalJson({ ...body, n: this.#lines.length + 1, t });
    const line = JSON.parse(spelled);
    this.#chain = chainOver(this.#chain, spelled);
    const chained: TraceLine = { ...line, chain: this.#chain };
    this.#lines.push(chained);
    return chained;
  }

  /** What has been written so far; grows. */
  get lines(): readonly TraceLine[] {
    return this.#lines;
  }

  /** The finished trace. */
  finish(): Trace {
    const body = [this.#header, ...this.#lines].map((line) => canonicalJson(line) + "\n").join("");
    const end: TraceEnd = {
      type: "end",
      lines: this.#lines.length,
      root: this.#chain,
      sha256: sha256Hex(body),
    };
    return { header: this.#header, lines: this.#lines, end };
  }
}

/** A trace as JSON Lines. */
export function traceText(trace: Trace): string {
  return [trace.header, ...trace.lines, trace.end]
    .map((line) => canonicalJson(line) + "\n").join("");
}
