/** Cash that came back into the machine, as the dispenser counted it. */
import type { CashCounts, CompletionPayload } from "../xfs4iot/mod.ts";

type Storage = CompletionPayload<"CashManagement.Retract">["storage"];

/**
 * What came into the bins, in yuan. Notes that nobody recognised count for nothing, nor do those that may
 * be forged or were stained: whoever put them there gets no money for them.
 */
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
    yuan += value * ((levels.fit ?? 0) + (levels.unfit ?? 0));
  }
  return yuan;
}
