/** What the machine gives to whoever it has taken for the customer. */
import { at, type Line } from "./oracle.ts";

/** What is given away in this line; null: nothing. */
export function servedIn(line: Line): "dispense" | "balance" | null {
  if (line.type === "screen") return line.screen.page === "show_balance" ? "balance" : null;
  const dispense = line.type === "xfs" && line.from === "core" &&
    at(line.message, "header", "name") === "CashDispenser.Dispense";
  return dispense ? "dispense" : null;
}
