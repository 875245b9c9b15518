/**
 * One line further: `fold(moment, line) → moment`. Pure, and it never changes what it was given, so a
 * kept moment stays what it was.
 *
 * @module
 */
import type { FaceRequest, FaceResult, FrameFinding } from "../../../core/face/mod.ts";
import type { Control, Screen } from "../../../core/session/mod.ts";
import type { Micros } from "../../../core/units.ts";
import type { TraceLine } from "../../../sim/trace/mod.ts";
import { at, countNotes, textAt } from "./json.ts";
import type { Cash, Look, Moment } from "./moment.ts";
import { foldXfs } from "./fold_xfs.ts";

type Line<Type extends TraceLine["type"]> = Extract<TraceLine, { readonly type: Type }>;

/** The moment after `line`. */
export function fold(before: Moment, line: TraceLine): Moment {
  const moment = { ...before, n: line.n, t: line.t as Micros };
  switch (line.type) {
    case "xfs":
      return foldXfs(moment, line);
    case "host":
      return { ...moment, messages: [...moment.messages, line.n] };
    case "screen":
      return { ...moment, screen: line.screen as unknown as Screen };
    case "touch":
      return { ...moment, touched: { control: line.control as Control, t: moment.t } };
    case "customer":
      return foldCustomer(moment, line);
    case "frame":
      return foldFrame(moment, line);
    case "face_result":
      return foldFaceResult(moment, line.result as unknown as FaceResult);
    case "face":
      return foldFaceRequest(moment, line);
    case "state":
      return { ...moment, state: line.to, visited: [...moment.visited, line.to] };
    case "device":
      return foldDevice(moment, line);
    case "ledger":
      return { ...moment, ledger: [...moment.ledger, line.n] };
    case "fault":
      return { ...moment, faults: foldFaults(moment.faults, line) };
    case "journal":
      return { ...moment, wall: { t: moment.t, wall_ms: line.wall_ms } };
    case "oracle":
      return { ...moment, broken: [...moment.broken, line.n] };
    case "outcome":
      return { ...moment, outcome: { outcome: line.outcome, reason: line.reason } };
    case "timer":
      return moment;
  }
}

function foldDevice(moment: Moment, line: Line<"device">): Moment {
  const devices = { ...moment.devices, [line.device]: line.state };
  if (line.device !== "cashdispenser") return { ...moment, devices };
  const cash = cashAfter(moment.cash, moment.devices.cashdispenser, line.state);
  return { ...moment, devices, cash };
}

/** Where the customer's notes went, from what the dispenser held before and holds now. */
function cashAfter(cash: Cash, before: unknown, now: unknown): Cash {
  const count = (state: unknown, place: string) => countNotes(at(state, "notes", place));
  if (count(now, "position") > 0) return "presented";
  if (cash === "presented") {
    return count(now, "customer") > count(before, "customer") ? "taken" : "retracted";
  }
  if (count(now, "stacker") > 0) return "stacked";
  return cash === "stacked" && count(now, "transport") === 0 ? "retracted" : cash;
}

function foldCustomer(moment: Moment, line: Line<"customer">): Moment {
  switch (line.does) {
    case "arrives":
      return { ...moment, visitor: "present", looks: [], cash: "none", receipt: null };
    case "stands":
      // Whoever takes another's place finds the machine as it is.
      return moment.visitor === "absent"
        ? { ...moment, visitor: "looking", looks: [], cash: "none", receipt: null }
        : { ...moment, visitor: "looking" };
    case "looks":
      return { ...moment, visitor: "looking" };
    case "leaves":
      return { ...moment, visitor: "absent" };
    default:
      return moment;
  }
}

function foldFrame(moment: Moment, line: Line<"frame">): Moment {
  const { n, rgb, nir, depth, scene, faults = [] } = line;
  const look: Look = { n, t: moment.t, rgb, nir, depth, faults, scene };
  return { ...moment, look, looks: [...moment.looks, look] };
}

function foldFaults(faults: readonly string[], line: Line<"fault">): readonly string[] {
  const others = faults.filter((id) => id !== line.id);
  return line.active ? [...others, line.id] : others;
}

/** Remembers which frames are being judged: the result tells its findings in the same order. */
function foldFaceRequest(moment: Moment, line: Line<"face">): Moment {
  const request = line.request as unknown as FaceRequest;
  if (request.op !== "assess") return moment;
  const judging = request.frames.map((frame) => frame.rgb);
  return { ...moment, judging, assessed: null, verified: null };
}

function foldFaceResult(moment: Moment, result: FaceResult): Moment {
  switch (result.op) {
    case "assess":
      return {
        ...moment,
        assessed: result,
        findings: { ...moment.findings, ...findingsOf(moment, result.frames) },
      };
    case "verify":
      return { ...moment, verified: result };
    case "enrol":
    case "delete":
    case "forget":
      return moment;
  }
}

function findingsOf(
  moment: Moment,
  frames: readonly FrameFinding[],
): Readonly<Record<string, FrameFinding>> {
  const found: Record<string, FrameFinding> = {};
  for (const [index, finding] of frames.entries()) {
    const name = moment.judging[index];
    if (name !== undefined) found[name] = finding;
  }
  return found;
}

/** Whether a line says that something went wrong. */
export function isTrouble(line: TraceLine): boolean {
  if (line.type === "fault") return line.active;
  if (line.type === "host") return line.seen === "lost";
  if (line.type !== "xfs") return line.type === "oracle";
  const code = textAt(at(line.message, "header"), "completionCode");
  return code !== null && code !== "success" && code !== "canceled";
}
