/**
 * What is true at a moment, as plain data, and how two moments differ.
 *
 * @module
 */
import type { Moment } from "./moment.ts";

/** One place in which two moments differ; absent sides are `undefined`. */
export interface Change {
  /** `devices.cashdispenser.shutter` */
  readonly path: string;
  readonly left: unknown;
  readonly right: unknown;
}

/** The state of machine, session and bank: not the history that led there. */
export function snapshotOf(moment: Moment): Readonly<Record<string, unknown>> {
  const { state, screen, keypad, visitor, cash, faults, outcome, devices, ledger } = moment;
  const { receipt, assessed, verified, working } = moment;
  return {
    session: { state, outcome },
    screen,
    customer: { visitor, cash, receipt: receipt && { taken: receipt.taken }, keypad },
    face: { assessed: assessed?.verdict ?? null, verified: verified?.verdict ?? null },
    devices,
    commands: Object.values(working).map(({ name }) => name).toSorted(),
    bank: { entries: ledger.length, messages: moment.messages.length },
    faults,
  };
}

/** Every place that differs, in the order of the left side's keys. */
export function changesBetween(left: unknown, right: unknown, path = ""): Change[] {
  if (Object.is(left, right)) return [];
  if (!isObject(left) || !isObject(right)) {
    return JSON.stringify(left) === JSON.stringify(right) ? [] : [{ path, left, right }];
  }
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].flatMap((key) =>
    changesBetween(left[key], right[key], path === "" ? key : `${path}.${key}`)
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
