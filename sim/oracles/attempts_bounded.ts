/** Nobody guesses for ever: PINs, faces and numbers are tried as often as the policy says. */
import { at, type Line, type LineOf, type Oracle } from "./oracle.ts";

export interface AttemptLimits {
  readonly pin_tries: number;
  readonly face_tries: number;
  readonly number_tries: number;
}

export function attemptsBounded(limits: AttemptLimits): Oracle {
  /** Wrong PINs in a row, by account as it is masked. */
  const wrong_pins = new Map<unknown, number>();
  const session = { faces: 0, numbers: 0 };
  /** The entry of a number under way, by its request; a number counts as it is typed, well formed or not. */
  let entry: unknown = null;
  let state = "";
  /** Whether the bank has judged a PIN: it also answers inquiries, advices and reversals. */
  function judgesPin(message: LineOf<"host">["message"]): boolean {
    const mti = at(message, "mti");
    return mti === "0210" || (mti === "0110" && at(message, "fields", "3") !== "330000");
  }
  function onXfs({ message }: LineOf<"xfs">): string | null {
    if (at(message, "header", "name") !== "Keyboard.DataEntry") return null;
    const request = at(message, "header", "requestId");
    if (at(message, "header", "type") === "command") entry = request;
    if (at(message, "header", "type") !== "completion" || request !== entry) return null;
    entry = null;
    const typed = state === "entering_number" &&
      at(message, "payload", "completion") !== "cancel" &&
      at(message, "header", "completionCode") === "success";
    if (typed) session.numbers++;
    return session.numbers > limits.number_tries ? `${session.numbers} numbers were tried` : null;
  }
  function onPin(account: unknown, code: unknown): string | null {
    if (code === "00") wrong_pins.delete(account);
    if (code !== "55" && code !== "75") return null;
    const wrong = (wrong_pins.get(account) ?? 0) + 1;
    wrong_pins.set(account, wrong);
    return wrong > limits.pin_tries ? `${wrong} wrong PINs in a row were judged` : null;
  }
  return {
    name: "attempts_bounded",
    sentence: "A PIN, a face and a number are tried no more often than the policy allows",
    reads: ["host", "face_result", "journal", "state", "xfs"],
    observe(line: Line) {
      if (line.type === "host") {
        if (line.from !== "bank" || line.seen !== "sent" || !judgesPin(line.message)) return null;
        return onPin(at(line.message, "fields", "2"), at(line.message, "fields", "39"));
      }
      if (line.type === "face_result") {
        if (line.result.op !== "verify" || line.result.verdict !== "no_match") return null;
        session.faces++;
        return session.faces > limits.face_tries ? `${session.faces} faces were compared` : null;
      }
      if (line.type === "xfs") return onXfs(line);
      if (line.type === "state") state = line.to;
      if (line.type === "journal" && at(line.entry, "line") === "session_started") {
        session.faces = session.numbers = 0;
      }
      return null;
    },
    finish: () => null,
  };
}
