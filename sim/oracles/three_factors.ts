/** No note moves and no balance is shown before face, number and PIN of one person were accepted. */
import { at, type Line, type LineOf, type Oracle } from "./oracle.ts";
import { servedIn } from "./served.ts";

export function threeFactors(): Oracle {
  const seen = { live: false, face: false, number: false, pin: false };
  /** The debit under way carries a PIN block: the bank judges the PIN with it. */
  let sealed = false;
  /** What the machine asked last, by its number: only the answer to that says anything. */
  let asked: unknown = null;
  function forget(): void {
    seen.live =
      seen.face =
      seen.number =
      seen.pin =
        false;
  }
  function hostAnswer(line: LineOf<"host">): void {
    const fields = at(line.message, "fields");
    const mti = at(line.message, "mti");
    if (line.from === "atm") {
      if (line.seen !== "sent" || (mti !== "0100" && mti !== "0200")) return;
      asked = at(fields, "11");
      sealed = mti === "0200" && at(fields, "52") !== undefined;
      return;
    }
    if (line.seen !== "received" || at(fields, "39") !== "00") return;
    if (at(fields, "11") !== asked) return;
    if (mti === "0210" && sealed) seen.pin = true;
    if (mti !== "0110") return;
    if (at(fields, "3") === "330000") seen.number = true;
    if (at(fields, "3") === "310000") seen.pin = true;
  }
  return {
    name: "three_factors",
    sentence:
      "No dispense and no balance without a live face that matches, a known number and an " +
      "accepted PIN",
    reads: ["face_result", "host", "outcome", "screen", "xfs"],
    observe(line: Line) {
      if (line.type === "face_result") {
        const { op, verdict } = line.result;
        if (op === "assess") seen.live = verdict === "live";
        if (op === "verify") seen.face = verdict === "match";
      }
      if (line.type === "host") hostAnswer(line);
      if (line.type === "outcome") forget();
      const served = servedIn(line);
      if (served === null) return null;
      const missing = Object.entries(seen).filter(([, ok]) => !ok).map(([factor]) => factor);
      return missing.length === 0 ? null : `${served} without ${missing.join(", ")}`;
    },
    finish: () => null,
  };
}
