/** Nobody is debited another amount than they asked for. */
import { formatYuanShort } from "../../core/money/mod.ts";
import { fen } from "../../core/units.ts";
import { at, type Line, type LineOf, type Oracle } from "./oracle.ts";

/** The pad and the page do not agree on what was typed: nobody who reads the trace knows it. */
const UNKNOWN = "unknown";

export function askedAmount(): Oracle {
  let state = "";
  /** In fen. */
  let asked: number | typeof UNKNOWN | null = null;
  /** The amount being typed as the page shows it, and how often that has changed. */
  let entered = "";
  let changes = 0;
  function onState(to: string): void {
    state = to;
    if (to === "choosing_amount") asked = null;
    if (to !== "entering_amount") return;
    entered = "";
    changes = 0;
  }
  /**
   * The entry is over, by a key that counts as well. Digits are not told, their number is: it says whether
   * the page shows what was typed, for events may come twice, or not at all.
   */
  function onTyped(message: unknown): void {
    if (at(message, "header", "name") !== "Keyboard.DataEntry") return;
    if (at(message, "header", "type") !== "completion") return;
    const keys = `(${entered.length + 1} keys)`;
    const agreed = changes === entered.length && at(message, "payload", "pinKeys") === keys;
    asked = agreed ? 100 * Number(entered) : UNKNOWN;
  }
  function onRequest({ from, seen, message }: LineOf<"host">): string | null {
    if (from !== "atm" || seen !== "sent" || at(message, "mti") !== "0200") return null;
    const amount = at(message, "fields", "4");
    if (amount === asked || asked === UNKNOWN) return null;
    return `${inYuan(amount)} are to be debited, asked for were ${inYuan(asked)}`;
  }
  return {
    name: "asked_amount",
    sentence: "The amount of a debit is the one that the customer touched or typed last",
    reads: ["state", "touch", "screen", "xfs", "host"],
    observe(line: Line) {
      switch (line.type) {
        case "state":
          onState(line.to);
          return null;
        case "touch":
          if (state === "choosing_amount") asked = touched(line.control) ?? asked;
          return null;
        case "screen":
          if (line.screen.page !== "enter_amount") return null;
          if (line.screen.entered !== entered) changes++;
          entered = String(line.screen.entered);
          return null;
        case "xfs":
          if (state === "entering_amount") onTyped(line.message);
          return null;
        case "host":
          return onRequest(line);
        default:
          return null;
      }
    },
    finish: () => null,
  };
}

/** The amount on a key, in fen; null: the key has none. */
function touched(control: string): number | null {
  const yuan = /^amount_([0-9]+)$/.exec(control)?.[1];
  return yuan === undefined ? null : 100 * Number(yuan);
}

function inYuan(amount: unknown): string {
  return typeof amount === "number" ? formatYuanShort(fen(amount)) : "nothing";
}
