/**
 * One run in the words of an audit: who, what, which factor decided, at which score and threshold, which
 * model, how long, and what became of the money.
 *
 * Folded from the trace and from nothing else, so it says what is proven when the trace is. Masked,
 * because the trace is. `line` numbers are the trace's own, to go and look there. Where several people come
 * in one run it tells of the first who comes to an end, as the run's own ending does; the money and what
 * the oracles found are all of it.
 */
import * as z from "zod";
import type { Reason } from "../../core/session/mod.ts";
import type { Trace, TraceLine } from "../trace/mod.ts";
import { ToldDebits } from "./told_debits.ts";

/** What can decide a visit, in the order in which it is asked; `all`: every factor was passed. */
export const FACTORS = [
  "all",
  "consent",
  "liveness",
  "face",
  "number",
  "pin",
  "bank",
  "machine",
  "customer",
] as const;
type Factor = (typeof FACTORS)[number];

const DECIDED_BY: Readonly<Record<Reason, Factor>> = {
  cash_taken: "all",
  balance_shown: "all",
  consent_withdrawn: "all",
  customer_cancelled: "customer",
  consent_declined: "consent",
  other_way: "customer",
  presentation_attack: "liveness",
  injected_feed: "liveness",
  face_unusable: "face",
  face_not_matched: "face",
  no_reference: "face",
  number_unknown: "number",
  number_malformed: "number",
  customer_locked: "bank",
  pin_locked: "pin",
  limit_exceeded: "bank",
  insufficient_funds: "bank",
  declined: "bank",
  customer_timed_out: "customer",
  cash_not_taken: "customer",
  host_unreachable: "bank",
  dispense_failed: "machine",
  present_failed: "machine",
  camera_failed: "machine",
  keypad_failed: "machine",
  power_lost: "machine",
};

const judged = { verdict: z.string(), threshold: z.number(), line: z.int() };
const fen = z.int();
const words = z.strictObject({ en: z.string(), zh: z.string(), bo: z.string() });

export const auditSchema = z.strictObject({
  scenario: z.string(),
  /** What its own plan calls the run; null: it does not say. */
  title: words.nullable(),
  seed: z.int(),
  machine: z.string(),
  /** The machine's clock when the visit began, milliseconds since 1970. */
  started_ms: z.int().nullable(),
  session_ms: z.int(),
  /** The number that was entered, masked. */
  who: z.string().nullable(),
  /** Whether consent was asked for and given in this visit. */
  consented: z.boolean(),
  /** Exposures that were taken. */
  looks: z.int(),
  liveness: z.strictObject({ ...judged, score: z.number().nullable() }).nullable(),
  /** The comparison with the one reference, and the model that made it (SHA-256). */
  face: z.strictObject({ ...judged, score: z.number().nullable(), model: z.string() }).nullable(),
  pin: z.strictObject({ accepted: z.boolean(), refused: z.int() }).nullable(),
  /** The bank's answer to the withdrawal: response code of the 0210. */
  bank: z.string().nullable(),
  outcome: z.string(),
  reason: z.string(),
  decided_by: z.enum(FACTORS),
  money: z.strictObject({
    /** By the bank's ledger; where the bank was somewhere else, by its answers. */
    debited_fen: fen,
    reversed_fen: fen,
    taken_fen: fen,
    retracted_fen: fen,
    state: z.enum(["none", "paid", "returned", "suspect", "open"]),
  }),
  /** Sentences of the oracles that were broken. */
  findings: z.array(z.strictObject({ oracle: z.string(), finding: z.string(), line: z.int() })),
  renderer: z.string(),
  /** SHA-256 of each model by role. */
  models: z.record(z.string(), z.string()),
  root: z.string(),
});
export type Audit = z.infer<typeof auditSchema>;

type Line<Type extends TraceLine["type"]> = Extract<TraceLine, { readonly type: Type }>;
type Planned = { readonly id?: unknown; readonly title?: unknown };
type Writable = { -readonly [Key in keyof Audit]: Audit[Key] };

/** The audit of a trace that was read (`readTrace`), whatever is in it. */
export function auditOf({ header, lines, end }: Trace): Audit {
  const { pinned } = header;
  const { scenario, seed, profile } = pinned.plan as Record<string, Planned>;
  const audit: Writable = {
    scenario: String(scenario?.id ?? ""),
    title: words.safeParse(scenario?.title).data ?? null,
    seed: Number(seed ?? 0),
    machine: String(profile?.id ?? ""),
    started_ms: null,
    session_ms: 0,
    who: null,
    consented: false,
    looks: 0,
    liveness: null,
    face: null,
    pin: null,
    bank: null,
    outcome: "failed",
    reason: "no_session",
    decided_by: "machine",
    money: { debited_fen: 0, reversed_fen: 0, taken_fen: 0, retracted_fen: 0, state: "none" },
    findings: [],
    renderer: pinned.renderer,
    models: pinned.models,
    root: end.root,
  };
  const told = pinned.bank === undefined ? null : new ToldDebits();
  let started_us: number | null = null;
  let over = false;
  for (const line of lines) {
    if (line.type === "host") told?.see(line);
    addMoney(audit, line);
    if (over) continue;
    addVisit(audit, line);
    if (isJournal(line, "session_started")) started_us ??= line.t;
    if (line.type !== "outcome") continue;
    over = true;
    audit.session_ms = Math.round((line.t - (started_us ?? 0)) / 1000);
  }
  if (told !== null) {
    const { debited_fen, reversed_fen } = told;
    audit.money = { ...audit.money, debited_fen, reversed_fen };
  }
  audit.money = { ...audit.money, state: moneyState(audit.money) };
  return audit;
}

function isJournal(line: TraceLine, name: string): boolean {
  return line.type === "journal" && line.entry.line === name;
}

/** What is told of a whole run. */
function addMoney(audit: Writable, line: TraceLine): void {
  if (line.type === "ledger") addLedger(audit, line);
  if (line.type === "journal") addCash(audit, line);
  if (line.type === "oracle") {
    audit.findings.push({ oracle: line.oracle, finding: line.finding, line: line.n });
  }
}

/** What is told of a visit. */
function addVisit(audit: Writable, line: TraceLine): void {
  switch (line.type) {
    case "journal":
      return addJournal(audit, line);
    case "face_result":
      return addFace(audit, line);
    case "frame":
      audit.looks++;
      return;
    case "host": {
      const { mti, fields } = line.message as { mti?: string; fields?: Record<string, unknown> };
      const answer = mti === "0210" && line.seen === "received" ? fields?.["39"] : undefined;
      if (answer !== undefined) audit.bank = String(answer);
      return;
    }
    case "outcome":
      audit.outcome = line.outcome;
      audit.reason = line.reason;
      audit.decided_by = DECIDED_BY[line.reason as Reason] ?? "machine";
  }
}

function addCash(audit: Writable, { entry }: Line<"journal">): void {
  const { money } = audit;
  const amount = Number(entry.amount ?? 0);
  if (entry.line === "cash_taken") {
    audit.money = { ...money, taken_fen: money.taken_fen + amount };
  } else if (entry.line === "cash_retracted_suspect") {
    audit.money = { ...money, retracted_fen: money.retracted_fen + amount };
  }
}

function addJournal(audit: Writable, { entry, wall_ms }: Line<"journal">): void {
  switch (entry.line) {
    case "session_started":
      audit.started_ms ??= wall_ms;
      return;
    case "consent_given":
      audit.consented = true;
      return;
    case "number_entered":
      audit.who = String(entry.customer);
      return;
    case "pin_refused":
      audit.pin = { accepted: false, refused: (audit.pin?.refused ?? 0) + 1 };
      return;
    case "pin_accepted":
      audit.pin = { accepted: true, refused: audit.pin?.refused ?? 0 };
  }
}

function addFace(audit: Writable, { result, n }: Line<"face_result">): void {
  const number = (value: unknown) => typeof value === "number" ? value : null;
  const verdict = String(result.verdict);
  if (result.op === "assess") {
    const threshold = number(result.liveness_threshold) ?? 0;
    audit.liveness = { verdict, score: number(result.liveness), threshold, line: n };
  } else if (result.op === "verify") {
    const threshold = number(result.threshold) ?? 0;
    const model = String(result.model);
    audit.face = { verdict, score: number(result.score), threshold, model, line: n };
  }
}

function addLedger(audit: Writable, { entry }: Line<"ledger">): void {
  const { money } = audit;
  const amount = Number(entry.amount ?? 0);
  if (entry.kind === "withdrawal") {
    audit.money = { ...money, debited_fen: money.debited_fen + amount };
  } else if (entry.kind === "reversal") {
    audit.money = { ...money, reversed_fen: money.reversed_fen + amount };
  }
}

/** `open`: the account paid for what the customer does not have, and nobody has looked into it yet. */
function moneyState(money: Audit["money"]): Audit["money"]["state"] {
  const { debited_fen, reversed_fen, taken_fen, retracted_fen } = money;
  if (debited_fen - reversed_fen === taken_fen) {
    if (taken_fen > 0) return "paid";
    return debited_fen === 0 ? "none" : "returned";
  }
  return retracted_fen > 0 ? "suspect" : "open";
}
