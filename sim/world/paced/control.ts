/**
 * What can be told to a paced machine from outside: who stands there, what their hand does, what
 * breaks. One deed a request, checked here, done at once.
 *
 * @module
 */
import * as z from "zod";
import { milliseconds, seconds } from "../../../core/units.ts";
import { ATTACK_SPECIES } from "../../../devices/camera/mod.ts";
import type { Broken } from "../../faults/mod.ts";
import { POPULATION } from "../../people/mod.ts";
import { OPERATOR_DEEDS, operatorSchema, padKeySchema } from "../../plan/mod.ts";
import type { PacedMachine } from "./machine.ts";

const faultId = z.string().regex(/^[A-Z][0-9]{1,2}$/);

/** What a hand with a key does: at the manufacturer's program, or in the safe. */
const operatorDeed = z.union([
  z.enum(["end_vendor_application", ...OPERATOR_DEEDS]),
  operatorSchema,
], { error: `must be one of end_vendor_application, ${OPERATOR_DEEDS.join(", ")}` });

const ONE_DEED =
  "must have exactly one of stand, leave, press, take_cash, take_receipt, fault, clear, power_cut, operator";

/** A deed by its name; a request has exactly one. */
export const controlSchema = z.strictObject({
  stand: z.strictObject({
    person: z.number().int().min(0).max(POPULATION - 1),
    distance_cm: z.number().min(20).max(150).default(45),
    attack: z.enum(ATTACK_SPECIES).nullable().default(null),
    /** Somebody who looks like this person stands there instead. */
    kin: z.enum(["self", "twin", "sibling", "cousin"]).default("self"),
  }),
  leave: z.literal(true),
  press: z.array(padKeySchema).min(1).max(64),
  take_cash: z.union([z.literal("all"), z.number().int().min(1).max(1000)]),
  take_receipt: z.literal(true),
  fault: z.strictObject({
    id: faultId,
    /** Whose, for a fault that any device can have. */
    device: z.string().max(40).optional(),
    for_ms: z.number().int().min(0).max(24 * 60 * 60 * 1000).optional(),
  }),
  clear: z.union([faultId, z.strictObject({ id: faultId, device: z.string().max(40).optional() })]),
  power_cut: z.literal(true),
  operator: operatorDeed,
}, {
  error: ({ code, keys }) =>
    code === "unrecognized_keys" ? `${String(keys)}: is no deed; ${ONE_DEED}` : undefined,
}).partial().refine((request) => Object.keys(request).length === 1, ONE_DEED)
  // The same for who reads the description.
  .meta({ minProperties: 1, maxProperties: 1 });

/** A deed that was not done: 400 what was asked is wrong, 409 it cannot be done now. */
export interface ControlProblem {
  readonly status: 400 | 409;
  readonly detail: string;
}

/** Keys that may still wait for the hand when it is told of more. */
const BUSY_AT_MOST = seconds(60);

/** Does what a request asks; null when it is done. */
export function control(machine: PacedMachine, request: unknown): ControlProblem | null {
  const parsed = controlSchema.safeParse(request);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue?.path.join(".") ?? "";
    const what = issue?.message ?? "is not a deed";
    return { status: 400, detail: field === "" ? what : `${field}: ${what}` };
  }
  const { stand, leave, press, take_cash, take_receipt, fault, clear } = parsed.data;
  const cleared = typeof clear === "string" ? { id: clear } : clear;
  const broken = fault ?? cleared;
  const unknown = broken === undefined ? null : faultProblem(machine, broken);
  if (unknown !== null) return { status: 400, detail: unknown };
  if (stand !== undefined) machine.stand(stand);
  if (fault !== undefined) {
    machine.fault(fault, fault.for_ms === undefined ? null : milliseconds(fault.for_ms));
  }
  if (cleared !== undefined) machine.clear(cleared);
  if (parsed.data.power_cut !== undefined) machine.powerCut();
  let refused: string | null = null;
  if (leave !== undefined) refused = machine.leave();
  if (press !== undefined) refused = machine.press(press, BUSY_AT_MOST);
  if (take_cash !== undefined) refused = machine.takeCash(take_cash);
  const { operator } = parsed.data;
  if (operator === "end_vendor_application") refused = machine.endVendorApplication();
  else if (operator !== undefined) {
    refused = machine.operate(typeof operator === "string" ? { does: operator } : operator);
  }
  if (take_receipt !== undefined) refused = machine.takeReceipt();
  return refused === null ? null : { status: 409, detail: refused };
}

/** What is wrong with a fault by this name; null when the machine has it. */
function faultProblem(machine: PacedMachine, { id, device }: Broken): string | null {
  if (!machine.faults.includes(id)) {
    return `there is no fault ${id} here; use one of: ${machine.faults.join(", ")}`;
  }
  const ofAny = machine.genericFaults.includes(id);
  if (ofAny && !machine.services.some((name) => name === device)) {
    return `device: ${id} can be any device's; name one of: ${machine.services.join(", ")}`;
  }
  if (ofAny || device === undefined) return null;
  return `device: ${id} is a fault of one device; leave this out`;
}
