/**
 * The ways between a session's states: those of an ordinary visit, and those that this one took.
 *
 * The core can leave nearly every state for the end; such a way is drawn once it was taken, or nobody
 * would see the others.
 *
 * @module
 */
import type { SessionName } from "../../../core/session/mod.ts";

/** What a visit can come by, state by state. */
export const ORDINARY_WAYS = {
  out_of_service: [],
  recovering: [],
  maintenance: [],
  idle: ["consent", "capturing"],
  consent: ["capturing"],
  capturing: ["assessing"],
  assessing: ["capturing", "entering_number"],
  entering_number: ["looking_up"],
  looking_up: ["entering_number", "verifying"],
  verifying: ["entering_pin"],
  entering_pin: ["sealing_pin"],
  sealing_pin: ["checking_pin", "authorising", "asking_nonce"],
  checking_pin: ["entering_pin", "choosing_service"],
  choosing_service: ["choosing_amount", "showing_balance", "withdrawing_consent"],
  withdrawing_consent: [],
  showing_balance: [],
  choosing_amount: ["entering_amount", "denominating"],
  entering_amount: ["denominating"],
  denominating: ["sealing_pin"],
  asking_nonce: ["authorising"],
  authorising: ["dispensing"],
  dispensing: ["presenting", "rejecting"],
  presenting: ["cash_waiting", "asking_present_status"],
  cash_waiting: ["printing", "retracting"],
  retracting: [],
  rejecting: [],
  asking_present_status: [],
  printing: ["ending"],
  ending: [],
} as const satisfies Readonly<Record<SessionName, readonly SessionName[]>>;

export interface Way {
  readonly from: string;
  readonly to: string;
  /** Not taken, taken in this visit, or the last one taken. */
  readonly when: "open" | "passed" | "now";
}

/** The ways after a visit came through these states, in order; the lit one is last, and on top. */
export function waysAt(passed: readonly string[]): readonly Way[] {
  const ways = new Map<string, Way>();
  const put = (way: Way) => {
    const key = `${way.from} ${way.to}`;
    ways.delete(key);
    ways.set(key, way);
  };
  for (const [from, tos] of Object.entries(ORDINARY_WAYS)) {
    for (const to of tos) put({ from, to, when: "open" });
  }
  passed.forEach((to, index) => {
    const from = passed[index - 1];
    if (from === undefined || from === to) return;
    put({ from, to, when: index === passed.length - 1 ? "now" : "passed" });
  });
  return [...ways.values()];
}

/** A node's place, in pixels of the chart. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How far a way swings out of a column that it does not leave, in pixels. */
const SWING = 16;

/** A curve from one node's edge to another's: over the gap between columns, or beside their column. */
export function pathOf(a: Box, b: Box): string {
  const [ay, by] = [a.y + a.height / 2, b.y + b.height / 2];
  const sameColumn = Math.abs(a.x - b.x) < 2;
  if (sameColumn) return inColumn(a, b);
  if (b.x > a.x) {
    const [x, to] = [a.x + a.width, b.x];
    const bend = Math.max(14, (to - x) / 2);
    return curve(x, ay, x + bend, ay, to - bend, by, to, by);
  }
  // Back to an earlier stage: out at the left, in at the right.
  const [x, to] = [a.x, b.x + b.width];
  const bend = Math.max(14, (x - to) / 2);
  return curve(x, ay, x - bend, ay, to + bend, by, to, by);
}

/** To the next node straight down or up; past others in a bow at the side. */
function inColumn(a: Box, b: Box): string {
  const down = b.y > a.y;
  const gap = down ? b.y - (a.y + a.height) : a.y - (b.y + b.height);
  if (gap < a.height) {
    // Down on the left half, up on the right half: two ways between neighbours stay apart.
    const x = a.x + a.width * (down ? .4 : .6);
    const [from, to] = down ? [a.y + a.height, b.y] : [a.y, b.y + b.height];
    return `M${n(x)} ${n(from)}L${n(x)} ${n(to)}`;
  }
  const side = down ? a.x + a.width : a.x;
  const out = down ? side + SWING : side - SWING;
  const [ay, by] = [a.y + a.height / 2, b.y + b.height / 2];
  return curve(side, ay, out, ay, out, by, side, by);
}

function curve(...points: readonly number[]): string {
  const [x, y, ...more] = points.map(n);
  return `M${x} ${y}C${more.join(" ")}`;
}

/** Half a pixel is as fine as anybody sees. */
function n(value: number): number {
  return Math.round(2 * value) / 2;
}
