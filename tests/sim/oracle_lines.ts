/** Lines of a day as oracles read them, each in a word or two, and what is found in them. */
import type { Oracle } from "../../sim/oracles/mod.ts";
import type { TraceBody } from "../../sim/trace/mod.ts";

export type Json = Record<string, unknown>;

export const STAN = "000003";
export const ACCOUNT = "622848*********0017";

/** What this oracle finds in these lines, a second apart. */
export function found(oracle: Oracle, ...bodies: readonly TraceBody[]): string[] {
  const lines = bodies.map((body, i) => ({ ...body, n: i + 1, t: i * 1_000_000 }));
  return [...lines.map((line) => oracle.observe(line)), oracle.finish()].filter((each) =>
    each !== null
  );
}

export function journal(line: string, more: Json = {}): TraceBody {
  return { type: "journal", wall_ms: 0, entry: { line, stan: STAN, amount: 50_000, ...more } };
}

export function ledger(kind: string, yuan: number, more: Json = {}): TraceBody {
  const accounts = kind === "withdrawal"
    ? { debit: "customer:42", credit: "atm_cash:TWIN0001" }
    : { debit: "atm_cash:TWIN0001", credit: "customer:42" };
  const entry = { kind, amount: yuan * 100, stan: STAN, wall_ms: 0, ...accounts, ...more };
  return { type: "ledger", entry };
}

export function asked(mti: string, fields: Json): TraceBody {
  return { type: "host", from: "atm", seen: "sent", message: { mti, fields } };
}

export function answered(mti: string, fields: Json, seen: "sent" | "received" = "sent"): TraceBody {
  return { type: "host", from: "bank", seen, message: { mti, fields } };
}

export function command(name: string, more: Json = {}): TraceBody {
  return { type: "xfs", device: "camera", from: "core", message: { header: { name, ...more } } };
}

export function cash(notes: Record<string, Json>, more: Json = {}): TraceBody {
  return { type: "device", device: "cashdispenser", state: { notes, ...more } };
}

export function face(op: string, more: Json = {}): TraceBody {
  return { type: "face", request: { op, ...more } };
}

export function screen(page: string, more: Json): TraceBody {
  return { type: "screen", screen: { page, ...more } };
}

export const touch = (control: string): TraceBody => ({ type: "touch", control });
export const served: TraceBody = { type: "outcome", outcome: "served", reason: "cash_taken" };
export const to = (state: string): TraceBody => ({ type: "state", from: "", to: state });

/** A number or an amount is typed into the pad. */
export function typing(type: "command" | "completion", payload: Json = {}): TraceBody {
  const name = "Keyboard.DataEntry";
  const header = { name, type, requestId: 7, completionCode: "success" };
  return { type: "xfs", device: "pinpad", from: "device", message: { header, payload } };
}

/** A service says how it is. */
export function status(device: string, payload: Json): TraceBody {
  const header = { name: "Common.StatusChangedEvent", type: "unsolicited" };
  return { type: "xfs", device, from: "device", message: { header, payload } };
}
