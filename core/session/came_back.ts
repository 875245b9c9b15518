/** Cash that came back into the machine, as the dispenser counted it. */
import type { CashCounts, CompletionPayload } from "../xfs4iot/mod.ts";

type Storage = CompletionPayload<"CashManagement.Retract">["storage"];

/** What came into the bins, in yuan; notes that nobody recognised count for nothing. */
export function yuanBack(storage: Storage): number {
  let yuan = 0;
  for (const { retracted, rejected } of Object.values(storage ?? {})) {
    yuan += yuanOf(retracted) + yuanOf(rejected);
  }
  return yuan;
}

function yuanOf(counts: CashCounts | undefined): number {
  let yuan = 0;
  for (const [type, levels] of Object.entries(counts ?? {})) {
    const value = Number(/^typeCNY([0-9]+)$/.exec(type)?.[1] ?? 0);
    if (typeof levels === "number") continue;
    for (const notes of Object.values(levels)) yuan += value * notes;
  }
  return yuan;
}
