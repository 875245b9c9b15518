/**
 * What faults make of a message on the line: never of what was said for money's sake, only of who it is
 * for, whose it is, or what it says of the past.
 *
 * @module
 */
import type { Iso8583Message } from "../../core/iso8583/mod.ts";
import type { FaultSet } from "../fault_set.ts";
import type { NetworkFaultId } from "./faults.ts";

type Faults = FaultSet<NetworkFaultId>;

const ANSWERS: readonly string[] = ["0110", "0210"];

/** Whether this is an answer to a request of the machine's. */
export function isAnswer({ mti }: Iso8583Message): boolean {
  return ANSWERS.includes(mti);
}

/** A message to the bank, as it arrives. */
export function towardsBank(message: Iso8583Message, faults: Faults): Iso8583Message {
  return faults.has("N14") ? withWrongMac(message) : message;
}

/** A message of the bank's, as it arrives. */
export function towardsAtm(message: Iso8583Message, faults: Faults): Iso8583Message {
  const { mti, fields } = message;
  if (faults.has("N7") && isAnswer(message)) {
    const stan = String(Number(fields[11]) % 999_999 + 1).padStart(6, "0");
    return { mti, fields: { ...fields, 11: stan } };
  }
  if (faults.has("N13") && mti === "0430" && fields[39] === "00") {
    return { mti, fields: { ...fields, 39: "25" } };
  }
  return message;
}

/** What the switch says in the bank's place; null: it lets this through (reversals always). */
export function declined({ mti, fields }: Iso8583Message): Iso8583Message | null {
  const answer = mti === "0100" ? "0110" : mti === "0200" ? "0210" : null;
  if (answer === null) return null;
  const { 7: sent, 11: stan, 41: terminal } = fields;
  return {
    mti: answer,
    fields: {
      ...(sent === undefined ? {} : { 7: sent }),
      ...(stan === undefined ? {} : { 11: stan }),
      ...(terminal === undefined ? {} : { 41: terminal }),
      39: "96",
    },
  };
}

/** A key that is another at each end makes every code wrong; what was said stays as it was. */
function withWrongMac({ mti, fields }: Iso8583Message): Iso8583Message {
  const turned = (mac: string) => mac.replace(/./g, (digit) => digit === "0" ? "1" : "0");
  const { 64: first, 128: second } = fields;
  return {
    mti,
    fields: {
      ...fields,
      ...(first === undefined ? {} : { 64: turned(first) }),
      ...(second === undefined ? {} : { 128: turned(second) }),
    },
  };
}
