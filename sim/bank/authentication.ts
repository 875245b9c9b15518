/**
 * A bank behind message authentication: what was changed on the way, or was never said by the machine,
 * is answered A0 and moves nothing.
 *
 * ```
 *   0800/101 ──►                    the machine asks for a new key
 *            ◄── 0810/101, K1(new)  from now on the new key is good, and the old one still is
 *   MAC(new) ──►                    from now on only the new one is
 * ```
 *
 * The old key is good until the new one is used, so an 0810 that is lost locks nobody out; and until
 * then whoever asks again is given the same. Answers carry
 * a code made with the key that the request was good under. A bank that is started again begins with the
 * first key; a machine asks for a new one when it connects (`run --bank … --key-block-key`), not inside a
 * run. Whoever else asks in a machine's name gets a key block that only the machine can open.
 *
 * A0 is the bank's own word, with its code, on a message that may be anybody's: of another that has the
 * same number it says nothing, so a machine undoes what it asked for.
 */
import { type Key, keyBlockRandomBytes, macKey, wrapKey } from "../../core/keys/mod.ts";
import {
  type Elements,
  elementsWithMac,
  type Iso8583Message,
  macVerdict,
  type NetworkMessage,
  type WireFormat,
  withMac,
} from "../../core/iso8583/mod.ts";
import { assert } from "../../core/assert.ts";
import type { Host } from "./line.ts";
import { answerTo } from "./request.ts";

export interface AuthenticationOptions {
  readonly host: Host;
  /** M6: the first key of every machine. */
  readonly key: Key;
  /** K1: under it new keys travel; absent: no key is changed. */
  readonly protection?: Key;
  /** New keys and what fills their blocks. */
  readonly random: (bytes: number) => Uint8Array;
  /** How this line writes messages: the code is over bytes. */
  readonly wire: WireFormat;
}

/** What a request is answered by. */
const ANSWERS = {
  "0100": "0110",
  "0120": "0130",
  "0121": "0130",
  "0200": "0210",
  "0420": "0430",
  "0421": "0430",
} as const;

const KEY_BYTES = 16;
/** Machines whose keys are kept; a branch has fewer, and no stranger fills the memory with names. */
const TERMINALS_MAX = 4_096;

interface MachineKeys {
  readonly current: Key;
  readonly next: Key | null;
}

export function authenticated(options: AuthenticationOptions): Required<Host> {
  return new Authenticated(options);
}

class Authenticated implements Required<Host> {
  readonly #options: AuthenticationOptions;
  readonly #keys = new Map<string, MachineKeys>();

  constructor(options: AuthenticationOptions) {
    this.#options = options;
  }

  receive(message: Iso8583Message): Iso8583Message | null {
    const reply = Object.hasOwn(ANSWERS, message.mti)
      ? ANSWERS[message.mti as keyof typeof ANSWERS]
      : null;
    if (reply === null) return null;
    const { host, wire } = this.#options;
    const terminal = message.fields[41] ?? "";
    const keys = this.#keysOf(terminal);
    const good = [keys.next, keys.current].find((key) =>
      key !== null && macVerdict(message, key, wire) === "right"
    );
    if (!good) return withMac(answerTo(reply, message.fields, { 39: "A0" }), keys.current, wire);
    if (good === keys.next) this.#keys.set(terminal, { current: good, next: null });
    const answer = host.receive(message);
    return answer === null ? null : withMac(answer, good, wire);
  }

  manage(message: NetworkMessage): NetworkMessage | null {
    const { mti, fields } = message;
    // Sign-on and echo are the line's.
    if (mti !== "0800" || fields[70] !== "101") return null;
    const { 41: terminal, 48: _unasked, ...rest } = fields;
    const block = terminal === undefined ? null : this.#newKey(terminal);
    if (terminal === undefined || block === null) {
      return { mti: "0810", fields: { ...rest, 39: "12" } };
    }
    return {
      mti: "0810",
      fields: { ...rest, 39: "00", 41: terminal, 48: { key_block: block } },
    };
  }

  seal(refusal: Elements): Elements {
    const { current } = this.#keysOf(refusal.values.get(41) ?? "");
    return elementsWithMac(refusal, current, this.#options.wire);
  }

  /** Makes this machine's next key; its block. */
  #newKey(terminal: string): string | null {
    const { protection, random } = this.#options;
    const known = this.#keys.has(terminal);
    if (protection === undefined || (!known && this.#keys.size >= TERMINALS_MAX)) return null;
    const { current, next: unused } = this.#keysOf(terminal);
    // A second one would make the first worthless, and the machine may hold it already.
    const next = unused ?? macKey(random(KEY_BYTES), "E");
    const made = wrapKey(next, protection, random(keyBlockRandomBytes(KEY_BYTES)));
    assert(made.ok, "the protection key is a K1 key, and a new key may be exported");
    this.#keys.set(terminal, { current, next });
    return made.block;
  }

  #keysOf(terminal: string): MachineKeys {
    return this.#keys.get(terminal) ?? { current: this.#options.key, next: null };
  }
}
