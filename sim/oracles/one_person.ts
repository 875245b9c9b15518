/** Number, face, PIN and money of a session are one person's: no factor is borrowed. */
import { at, type Line, type Oracle } from "./oracle.ts";

export function onePerson(): Oracle {
  /** The account of the number, as it is masked. */
  let account: unknown = null;
  /** The number of the inquiry that asks whose it is. */
  let inquiry: unknown = null;
  function onAsked(fields: unknown): string | null {
    const code = at(fields, "3");
    if (code === "330000") inquiry = at(fields, "11");
    if (code !== "310000" && code !== "010000") return null;
    return at(fields, "2") === account ? null : "the bank is asked about another account";
  }
  return {
    name: "one_person",
    sentence: "Face, PIN and debit are of the account that the bank named for the number entered",
    reads: ["host", "face", "outcome"],
    observe(line: Line) {
      if (line.type === "outcome") account = null;
      if (line.type === "face" && line.request.op === "verify") {
        const [, reference] = String(line.request.reference).split(":");
        return reference === account ? null : "a face is compared with somebody else's reference";
      }
      if (line.type !== "host") return null;
      const { from, seen, message } = line;
      const [mti, fields] = [at(message, "mti"), at(message, "fields")];
      if (from === "bank" && seen === "received" && mti === "0110") {
        const answers = at(fields, "3") === "330000" && at(fields, "11") === inquiry;
        if (answers && at(fields, "39") === "00") account = at(fields, "2");
      }
      const asked = from === "atm" && seen === "sent" && (mti === "0100" || mti === "0200");
      return asked ? onAsked(fields) : null;
    },
    finish: () => null,
  };
}
