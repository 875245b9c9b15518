/** Faces that are not the customer's are counted over all visits, and as many as allowed close that way. */
import type { Approvals } from "./approvals.ts";
import { at, type Line, type LineOf, type Oracle } from "./oracle.ts";

/** The bank's word for a wrong PIN; any other is taken for a right one, which begins the count anew. */
const WRONG_PIN: readonly unknown[] = ["55", "75"];

/**
 * `refusals`: in a row, until the way with the face is closed for longer than a run. `heals`: in the end
 * nothing is broken, so the bank has to have been told of each.
 */
export function facesCounted(refusals: number, approvals: Approvals, heals: boolean): Oracle {
  /** Faces in a row that the bank was told of, by account as it is masked. */
  const counted = new Map<unknown, number>();
  /** Whose face an advice is about, by its number. */
  const advices = new Map<unknown, unknown>();
  let refused = 0;
  function onAnswer(line: LineOf<"host">): string | null {
    const [mti, fields] = [at(line.message, "mti"), at(line.message, "fields")];
    const account = at(fields, "2");
    const approved = approvals.in(line) !== null;
    const inquiry = at(fields, "3") === "330000";
    if (approved && mti === "0130" && advices.has(at(fields, "11"))) {
      counted.set(account, (counted.get(account) ?? 0) + 1);
    }
    const times = counted.get(account) ?? 0;
    if (approved && inquiry && times >= refusals) return `${times} faces, and one more may come`;
    const judged = mti === "0210" || (mti === "0110" && !inquiry);
    if (judged && !WRONG_PIN.includes(at(fields, "39"))) counted.delete(account);
    return null;
  }
  return {
    name: "faces_counted",
    sentence: "The bank hears of every face that was not the customer's, and as many as allowed " +
      "close that way",
    reads: ["host", "journal"],
    ends_with: "nothing_broken",
    observe(line: Line) {
      if (line.type === "journal") {
        const { line: name, detail } = line.entry;
        if (name === "face_verified" && detail === "no_match") refused++;
        return null;
      }
      if (line.type !== "host" || line.seen !== "sent") return null;
      if (line.from === "bank") return onAnswer(line);
      const fields = at(line.message, "fields");
      if (at(fields, "3") === "920000") advices.set(at(fields, "11"), at(fields, "2"));
      return null;
    },
    finish() {
      return heals && advices.size < refused
        ? `${refused} faces were refused, and the bank was told of ${advices.size}`
        : null;
    },
  };
}
