/** `reconcile TRACE…`: the end of the day, machine by machine. */
import { formatYuanShort } from "../../core/money/mod.ts";
import { fen } from "../../core/units.ts";
import { reconcile, type Reconciliation } from "../audit/mod.ts";
import { InputError } from "../plan/mod.ts";
import type { Trace } from "../trace/mod.ts";
import { print, printLine } from "./terminal.ts";
import { readTraceFile } from "./trace_file.ts";

/** Returns the exit code: 0 where every difference has its reason, 1 where one has none. */
export async function reconcileVerb(
  files: readonly string[],
  options: { readonly format: "text" | "json" },
): Promise<number> {
  const days: { file: string; reconciliation: Reconciliation }[] = [];
  for (const file of files) {
    const trace = await readTraceFile(file);
    refuseElsewhere(file, trace);
    refuseUncounted(file, trace);
    days.push({ file, reconciliation: reconcile(trace) });
  }
  if (options.format === "json") {
    const traces = days.map(({ file, reconciliation }) => ({ file, ...reconciliation }));
    print(JSON.stringify({ schema: 1, traces }, null, 2));
  } else {
    for (const { file, reconciliation } of days) tell(file, reconciliation);
  }
  return days.every(({ reconciliation }) => reconciliation.explained) ? 0 : 1;
}

/** Books or notes that are not in a trace cannot be compared with what is. */
function refuseElsewhere(file: string, { header: { pinned: { bank, devices } } }: Trace): void {
  if (bank !== undefined) {
    const message = `was at ${bank.address}, so its books are not in this trace; compare there`;
    throw new InputError({ file, field: "bank", message });
  }
  if (devices !== undefined) {
    const message = `were at ${devices}, so their notes are not in this trace; count there`;
    throw new InputError({ file, field: "devices", message });
  }
}

/** Where nothing was counted, nothing agrees. */
function refuseUncounted(file: string, { lines }: Trace): void {
  if (lines.some((line) => line.type === "device" && line.device === "cashdispenser")) return;
  const message = "no line says which notes lay in the machine, so there is nothing to compare; " +
    "bring the trace as the run wrote it";
  throw new InputError({ file, field: "cashdispenser", message });
}

function tell(file: string, day: Reconciliation): void {
  const { loaded_fen, expected_fen, counted_fen, surplus_fen, debits, differences } = day;
  const name = surplus_fen === 0 ? "agree" : surplus_fen > 0 ? "长款 surplus" : "短款 shortage";
  printLine(file);
  print(`    loaded ${yuan(loaded_fen)}, expected by the host's books ${yuan(expected_fen)}`);
  print(
    `    counted ${yuan(counted_fen)}: ${name}${surplus_fen === 0 ? "" : ` ${yuan(surplus_fen)}`}`,
  );
  if (day.suspense_fen !== 0) {
    const booked = day.suspense_fen > 0 ? "长款 surplus" : "短款 shortage";
    print(
      `    counted by an operator, and booked to suspense: ${booked} ${yuan(day.suspense_fen)}`,
    );
  }
  if (differences.length === 0) print(`    ${debits} debits: host, journal and cash agree on each`);
  for (const { stan, why, debited_fen, paid_fen, surplus_fen: by, reason } of differences) {
    const of = stan === null ? "the machine" : `debit ${stan}`;
    const told = reason === null ? "" : ` (${reason})`;
    const sums = `debited ${yuan(debited_fen)}, paid ${yuan(paid_fen)}, explains ${yuan(by)}`;
    printLine(`    ${of}: ${why}${told}: ${sums}`);
  }
}

function yuan(amount_fen: number): string {
  return formatYuanShort(fen(amount_fen));
}
