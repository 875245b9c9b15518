/**
 * 轧帐, the reconciliation at the end of a day: what was counted in the machine, what the host's books
 * expect in it, and what the machine's journal says of every debit. Each difference is listed, and why.
 *
 * ```
 *   counted − expected  =  Σ (debited and not reversed − paid out)   debit by debit, else: unexplained
 *                 > 0  长款, surplus: more lies in the machine than the books say
 *                 < 0  短款, shortage: less
 * ```
 *
 * The count is of the notes themselves, in every box and wherever else they lie; what was put in comes from
 * the books alone, or notes that are gone would never be missed. A refill at an exchange is booked, so it
 * moves the expectation, not the difference.
 */
import * as z from "zod";
import type { LedgerEntry } from "../bank/mod.ts";
import { type Trace, type TraceLine, undoneIn } from "../trace/mod.ts";

/** Why a debit and the cash do not match, as an auditor would look for it. */
export const DIFFERENCE_WHYS = [
  /** The cash is in doubt: retracted, or nobody knows whether it was presented. */
  "suspect",
  /** The host debited, no cash was paid, and its reversal waits for an acknowledgement. */
  "reversal_pending",
  /** The host debited, and neither cash nor reversal is in the journal. */
  "not_in_journal",
  /** Cash was paid on a debit that the host has not, or has undone. */
  "paid_without_debit",
  /** Cash and debit are of different amounts. */
  "amounts_differ",
  /** The count differs from the books by more than the debits explain. */
  "unexplained",
] as const;

const difference = z.strictObject({
  stan: z.string().nullable().describe("The debit; null: the machine as a whole"),
  why: z.enum(DIFFERENCE_WHYS),
  debited_fen: z.int().describe("By the host's ledger, reversals taken off"),
  paid_fen: z.int().describe("By the journal"),
  surplus_fen: z.int().describe("What the machine should hold beyond its books by this"),
  reason: z.string().nullable().describe("What the journal says of it"),
});

export const reconciliationSchema = z.strictObject({
  loaded_fen: z.int().describe(
    "By the host's books: put into the machine less taken out, at the start and at exchanges",
  ),
  expected_fen: z.int().describe(
    "By the host's books: loaded, less what was debited and not reversed",
  ),
  counted_fen: z.int().describe("Notes in the machine at the end"),
  surplus_fen: z.int().describe("Counted less expected: 长款 above zero, 短款 below"),
  suspense_fen: z.int().describe(
    "Booked by the host when an operator counted: surplus above zero, shortage below",
  ),
  debits: z.int(),
  differences: z.array(difference),
  explained: z.boolean().describe("Every difference has a reason that the journal gives"),
});
export type Reconciliation = z.infer<typeof reconciliationSchema>;
type Difference = z.infer<typeof difference>;

/** Differences that the machine's journal owns up to: for these nobody has to be asked. */
const OWNED: readonly Difference["why"][] = ["suspect", "reversal_pending"];

/** Whose notes nobody counts in the machine. */
const OUTSIDE: readonly string[] = ["customer", "position"];

interface Debit {
  debited: number;
  paid: number;
  suspect: string | null;
  pending: boolean;
}

/** Reconciles one machine over one trace. */
export function reconcile(trace: Trace): Reconciliation {
  const debits = new Map<string, Debit>();
  const reversals = new Map<string, string>();
  let loaded_fen = 0;
  let suspense_fen = 0;
  let counted_fen = 0;
  for (const line of trace.lines) {
    if (line.type === "ledger") {
      readLedger(line, debits);
      loaded_fen += signedIn(line, "load", "unload");
      suspense_fen += signedIn(line, "surplus", "shortage");
    }
    if (line.type === "journal") readJournal(line, debits, reversals);
    if (line.type === "device" && line.device === "cashdispenser") {
      counted_fen = insideOf(line.state);
    }
  }
  const differences = [...debits].flatMap(([stan, debit]) => differenceOf(stan, debit) ?? []);
  const debited = [...debits.values()].reduce((sum, debit) => sum + debit.debited, 0);
  const expected_fen = loaded_fen - debited;
  const surplus_fen = counted_fen - expected_fen;
  const rest = surplus_fen - differences.reduce((sum, each) => sum + each.surplus_fen, 0);
  // Of suspect cash the customer may have kept a part: then less lies in the machine, and it is owned up to.
  const doubtful = differences.filter(({ why }) => why === "suspect")
    .reduce((sum, { debited_fen }) => sum + debited_fen, 0);
  if (rest > 0 || rest < -doubtful) {
    const nothing = { stan: null, debited_fen: 0, paid_fen: 0, reason: null };
    differences.push({ ...nothing, why: "unexplained", surplus_fen: rest });
  }
  return {
    loaded_fen,
    expected_fen,
    counted_fen,
    surplus_fen,
    suspense_fen,
    debits: debits.size,
    differences,
    explained: differences.every(({ why }) => OWNED.includes(why)),
  };
}

function of(debits: Map<string, Debit>, stan: unknown): Debit {
  const known = debits.get(String(stan)) ?? { debited: 0, paid: 0, suspect: null, pending: false };
  debits.set(String(stan), known);
  return known;
}

function readLedger({ entry }: TraceLine & { type: "ledger" }, debits: Map<string, Debit>): void {
  if (entry.kind === "withdrawal") of(debits, entry.stan).debited += Number(entry.amount);
  if (entry.kind === "reversal") of(debits, entry.stan).debited -= Number(entry.amount);
}

type Kind = LedgerEntry["kind"];

/** The amount of an entry of the one kind, less that of the other; nothing of any other. */
function signedIn({ entry }: TraceLine & { type: "ledger" }, more: Kind, less: Kind): number {
  if (entry.kind === more) return Number(entry.amount);
  return entry.kind === less ? -Number(entry.amount) : 0;
}

/** `reversals`: from a reversal's own STAN to that of its debit. */
function readJournal(
  { entry }: TraceLine & { type: "journal" },
  debits: Map<string, Debit>,
  reversals: Map<string, string>,
): void {
  const { line, stan, amount, detail } = entry;
  switch (line) {
    case "cash_taken":
      of(debits, stan).paid += Number(amount);
      return;
    case "cash_retracted_suspect":
      of(debits, stan).suspect = String(detail ?? "SUSPECT");
      return;
    case "reversal_queued": {
      const original = undoneIn(detail);
      if (original === undefined) return;
      reversals.set(String(stan), original);
      of(debits, original).pending = true;
      return;
    }
    case "reversal_acknowledged": {
      const original = reversals.get(String(stan));
      if (original !== undefined) of(debits, original).pending = false;
    }
  }
}

function differenceOf(stan: string, debit: Debit): Difference | null {
  const { debited, paid, suspect, pending } = debit;
  if (debited === paid && suspect === null) return null;
  // Suspect cash that the bank credited at once: what lies in the machine is what the books expect.
  if (debited === 0 && paid === 0) return null;
  const why: Difference["why"] = suspect !== null
    ? "suspect"
    : debited > 0 && paid === 0
    ? pending ? "reversal_pending" : "not_in_journal"
    : debited <= 0
    ? "paid_without_debit"
    : "amounts_differ";
  const surplus_fen = debited - paid;
  return { stan, why, debited_fen: debited, paid_fen: paid, surplus_fen, reason: suspect };
}

/** What lies inside, by the notes themselves. */
function insideOf({ notes }: Readonly<Record<string, unknown>>): number {
  const inside = Object.entries(notes ?? {}).filter(([place]) => !OUTSIDE.includes(place));
  return inside.reduce((total, [, content]) => total + fenIn(content), 0);
}

function fenIn(notes: unknown): number {
  if (typeof notes !== "object" || notes === null) return 0;
  return Object.entries(notes).reduce((sum, [yuan, n]) => sum + Number(yuan) * Number(n) * 100, 0);
}
