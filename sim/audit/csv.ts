/**
 * Audits as a table for a spreadsheet: RFC 4180, one row a run.
 *
 * Numbers are bare (yuan with two decimals), times ISO 8601 in the bank's UTC+8, words the trace's own in
 * every language, so that two exports can be compared.
 */
import { CHINA_OFFSET_MS } from "../../core/calendar.ts";
import type { Audit } from "./audit.ts";

/** A run's audit with the id under which it is kept. */
type Row = Audit & { readonly id: string };
type Cell = string | number | null;

const COLUMNS: Readonly<Record<string, (row: Row) => Cell>> = {
  run: ({ id }) => id,
  scenario: ({ scenario }) => scenario,
  seed: ({ seed }) => seed,
  machine: ({ machine }) => machine,
  started: ({ started_ms }) => started_ms === null ? null : bankTime(started_ms),
  session_s: ({ session_ms }) => (session_ms / 1000).toFixed(3),
  who: ({ who }) => who,
  consented: ({ consented }) => String(consented),
  outcome: ({ outcome }) => outcome,
  reason: ({ reason }) => reason,
  decided_by: ({ decided_by }) => decided_by,
  liveness: ({ liveness }) => liveness?.score ?? null,
  liveness_threshold: ({ liveness }) => liveness?.threshold ?? null,
  face: ({ face }) => face?.score ?? null,
  face_threshold: ({ face }) => face?.threshold ?? null,
  face_model: ({ face }) => face?.model ?? null,
  pin: ({ pin }) => pin === null ? null : pin.accepted ? "accepted" : "refused",
  pin_refused: ({ pin }) => pin?.refused ?? null,
  response_code: ({ bank }) => bank,
  debited_yuan: ({ money }) => yuan(money.debited_fen),
  reversed_yuan: ({ money }) => yuan(money.reversed_fen),
  taken_yuan: ({ money }) => yuan(money.taken_fen),
  retracted_yuan: ({ money }) => yuan(money.retracted_fen),
  money: ({ money }) => money.state,
  broken_rules: ({ findings }) => findings.length,
  root: ({ root }) => root,
};

/** Names of the columns, in order. */
export const AUDIT_COLUMNS: readonly string[] = Object.keys(COLUMNS);

/** The whole file, with a header; lines end with CR LF. */
export function auditCsv(rows: readonly Row[]): string {
  const lines = rows.map((row) => Object.values(COLUMNS).map((cell) => written(cell(row))));
  return [AUDIT_COLUMNS, ...lines].map((cells) => cells.join(",") + "\r\n").join("");
}

/** A cell that a spreadsheet would take for a formula gets a quote in front, as OWASP advises. */
function written(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const text = /^[=+@\t\r]|^-(?!\d)/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function yuan(fen: number): string {
  return (fen / 100).toFixed(2);
}

function bankTime(wall_ms: number): string {
  return new Date(wall_ms + CHINA_OFFSET_MS).toISOString().replace("Z", "+08:00");
}
