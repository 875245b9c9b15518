import { formatYuan, maskMessage } from "../money/mod.ts";
import type { Json } from "../json.ts";
import { fen } from "../units.ts";
import { FIELDS } from "./fields.ts";
import type { NetworkMessage, WireMessage } from "./message.ts";
import { isNetworkMessage } from "./wire.ts";

const KINDS: Readonly<Record<WireMessage["mti"], string>> = {
  "0100": "authorization request",
  "0110": "authorization response",
  "0120": "authorization advice",
  "0121": "authorization advice, repeated",
  "0130": "authorization advice response",
  "0200": "financial request",
  "0210": "financial response",
  "0420": "reversal advice",
  "0421": "reversal advice, repeated",
  "0430": "reversal advice response",
  "0800": "network management request",
  "0810": "network management response",
};

/**
 * A message as a person reads it, a line an element, with nothing that names a customer.
 *
 * @example
 * ```text
 * 0200 financial request
 *     2  primary account number       000000*********1234
 *     4  amount, transaction          500.00 yuan
 * ```
 */
export function explain(message: WireMessage): string {
  const fields = isNetworkMessage(message) ? maskNetwork(message) : maskMessage(message).fields;
  const lines = Object.entries(fields ?? {}).flatMap(([number, value]) =>
    value === undefined ? [] : [lineOf(Number(number), value)]
  );
  return [`${message.mti} ${KINDS[message.mti]}`, ...lines].join("\n");
}

/** A key is under another key already; whoever reads along still has no use for it. */
function maskNetwork({ fields }: NetworkMessage): Readonly<Record<string, Json | undefined>> {
  const { 48: additional, ...rest } = fields;
  const { key_block } = additional ?? {};
  return key_block === undefined
    ? { ...rest }
    : { ...rest, 48: { key_block: `(${key_block.length} characters)` } };
}

function lineOf(number: number, value: Json): string {
  const name = FIELDS.get(number)?.name ?? "";
  return `${String(number).padStart(5)}  ${name.padEnd(38)} ${shown(number, value)}`;
}

function shown(number: number, value: Json): string {
  if ((number === 4 || number === 54) && typeof value === "number") {
    return `${formatYuan(fen(value))} yuan`;
  }
  if (value === null || typeof value !== "object") return String(value);
  return Object.entries(value).map(([key, part]) =>
    `${key} ${part !== null && typeof part === "object" ? shown(0, part) : String(part)}`
  ).join(", ");
}
