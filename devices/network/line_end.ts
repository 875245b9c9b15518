/**
 * The machine's end of an authenticated line: codes on what it sends, no ear for what has none.
 *
 * An answer with a wrong code is as good as none: whoever waits for it runs into the timeout, and a
 * debit is reversed. That is the safe way out, whatever the answer pretended.
 */
import {
  type Iso8583Message,
  macVerdict,
  type NetworkMessage,
  type WireFormat,
  withMac,
} from "../../core/iso8583/mod.ts";
import { type Key, unwrapKey } from "../../core/keys/mod.ts";

export interface LineEnd {
  /** The message as it leaves the machine. */
  seal(message: Iso8583Message): Iso8583Message;
  /** Whether an answer is the bank's. */
  accepts(message: Iso8583Message): boolean;
  /**
   * Takes the key of an 0810 to a key change; `null`: from now on codes are made with it.
   *
   * @returns why it is not taken
   */
  changeKey(answer: NetworkMessage, protection: Key): string | null;
}

/** `key`: M6. `wire`: how this line writes messages; the code is over bytes. */
export function createLineEnd(key: Key, wire: WireFormat): LineEnd {
  let [current, before] = [key, key];
  return {
    seal: (message) => withMac(message, current, wire),
    // An answer to what was sent before the change may still be on its way.
    accepts: (message) =>
      [current, before].some((each) => macVerdict(message, each, wire) === "right"),
    changeKey({ mti, fields }, protection) {
      const { 39: code, 48: additional, 70: about } = fields;
      if (mti !== "0810" || about !== "101") return "it is no answer to a key change";
      if (code !== "00") return `the bank gives no key (${code ?? "no code"})`;
      const opened = unwrapKey(additional?.key_block ?? "", protection);
      if (!opened.ok) return `the key block does not open (${opened.problem})`;
      const { usage, algorithm, mode } = opened.key.attributes;
      if (usage !== "M6" || algorithm !== "A" || mode !== "C") return "the key is for another use";
      [before, current] = [current, opened.key];
      return null;
    },
  };
}
