/**
 * Scenarios and plans.
 *
 * A *scenario* is what a person writes (YAML): who comes, what they do, what breaks, what is expected.
 * A *plan* is a scenario with its seed and its machine profile put in: everything a run depends on
 * except the program and its models. Replay, fork and shrink work on plans, never on a bare seed.
 *
 * @module
 */
import * as z from "zod";
import { civilDate, daysFromCivil } from "../../core/calendar.ts";
import { MTIS } from "../../core/iso8583/mod.ts";
import { ATTACK_SPECIES, FEEDS } from "../../devices/camera/mod.ts";
import { profileSchema } from "../../devices/profiles/mod.ts";
import { conditionsSchema } from "./conditions.ts";
import { deedSchema } from "./deeds.ts";
import { FAULT_S_MAX, RUN_S_MAX } from "./limits.ts";
import { NAMED_FOR_A_SWAP, operatorShape } from "./operator.ts";

const words = z.strictObject({
  en: z.string().min(1),
  zh: z.string().min(1),
  bo: z.string().min(1),
});

const personNumber = z.number().int().min(0).max(99_999);

export const personSchema = z.strictObject({
  person: personNumber.describe("Which synthetic person: everything about them follows from it"),
  enrolled: z.boolean().default(false).describe("Whether a face template of theirs is kept"),
  balance_yuan: z.number().int().min(0).max(10_000_000).default(5_000),
});

export const attackSpecies = z.enum(ATTACK_SPECIES);

export const presenceSchema = z.union([
  z.strictObject({ is: z.string().describe("A name under people") }),
  z.strictObject({ person: personNumber }),
  z.strictObject({
    kin: z.enum(["cousin", "sibling", "twin"]).describe("How the visitor is related to `of`"),
    of: z.string(),
  }),
  z.strictObject({
    attack: attackSpecies.describe("What is held up instead of a face"),
    of: z.string(),
  }),
  z.strictObject({
    injected: z.enum(FEEDS).describe("A stream that somebody put into the camera's cable"),
    of: z.string(),
  }),
], {
  error: "must be { is: NAME }, { person: N }, { kin: cousin | sibling | twin, of: NAME }, " +
    "{ injected: recorded | generated, of: NAME } or " +
    `{ attack: SPECIES, of: NAME } with one of the species ${ATTACK_SPECIES.join(", ")}`,
});

const ENTERED = 'must be id, phone, or up to 18 digits between quotes: "16600000000"';
const PIN = 'must be correct, wrong, or 4 to 12 digits between quotes: "012345"';

export const customerActionSchema = z.union([
  z.literal("leave").describe("Walks away without another word"),
  z.literal("cancel").describe("Touches cancel"),
  z.literal("other_way").describe("Touches the way that needs no face"),
  z.strictObject({ language: z.enum(["bo", "zh", "en"]) }),
  z.literal("show_face").describe("Touches the face key and looks at the camera"),
  z.literal("withdraw_consent").describe("Touches: delete my face, and agrees"),
  z.literal("first_use").describe("Touches: I use my face for the first time"),
  z.strictObject({ consent: z.enum(["agree", "decline"]) }),
  z.strictObject({
    enter: z.union([z.enum(["id", "phone"]), z.string().regex(/^[0-9]{1,18}X?$/, ENTERED)], {
      error: ENTERED,
    }),
  }),
  z.strictObject({
    pin: z.union([z.enum(["correct", "wrong"]), z.string().regex(/^[0-9]{4,12}$/, PIN)], {
      error: PIN,
    }),
  }),
  z.strictObject({ choose: z.enum(["withdraw", "balance"]) }),
  z.strictObject({ amount_yuan: z.number().int().min(1).max(100_000) }),
  z.strictObject({ take: z.enum(["cash", "receipt"]) }),
  z.strictObject({ wait_s: z.number().min(0).max(600) }),
], {
  error:
    "must be show_face, first_use, withdraw_consent, other_way, cancel, leave, or one of { language: … }, " +
    "{ consent: … }, { enter: … }, { pin: … }, { choose: … }, { amount_yuan: … }, { take: … }, " +
    "{ wait_s: … }",
});

const at_s = z.number().min(0).max(RUN_S_MAX);
const nth = z.number().int().min(1).default(1).describe("The how manyeth of them");
const chance = z.number().min(0).max(1).optional().describe(
  "From the nth on, each strikes with this chance (drawn from a stream of this fault's own)",
);

/** The moment of a fault, before what it watches takes effect. */
export const faultTriggerSchema = z.union([
  z.strictObject({ at_s, chance }),
  z.strictObject({
    host_message: z.enum(MTIS),
    nth,
    chance,
  }),
  z.strictObject({
    command: z.string().regex(/^[A-Za-z]+\.[A-Za-z0-9]+$/).describe("Sent by the core"),
    nth,
    chance,
  }),
  z.strictObject({ state: z.string().describe("Entered by the session"), nth, chance }),
  z.strictObject({
    cut_point: z.number().int().min(1).describe(
      "Before the event of this number: an entry of the clock that is due, or a wish of the core's",
    ),
  }),
], {
  error: "must be { at_s: … }, { host_message: … }, { command: … }, { state: … } or " +
    "{ cut_point: … }",
});

export const faultSchema = z.strictObject({
  id: z.string().regex(/^[A-Z][0-9]{1,2}$/),
  device: z.string().optional().describe("Which device, for a fault that every device can have"),
  when: faultTriggerSchema,
  for_s: z.number().min(0).max(FAULT_S_MAX).optional().describe(
    "How long it lasts; absent: until it is cleared",
  ),
  until: faultTriggerSchema.optional().describe("When an operator clears it; absent: nobody does"),
});

export const expectationSchema = z.strictObject({
  outcome: z.enum(["served", "refused", "cancelled", "timed_out", "failed"]).optional(),
  reason: z.string().optional(),
  cash_taken_yuan: z.number().int().min(0).optional(),
  balance_yuan: z.number().int().optional().describe("Of the customer, when all is settled"),
  session_under_s: z.number().min(0).optional(),
  reversal: z.enum(["none", "acknowledged", "pending"]).optional(),
  journal: z.string().optional().describe("A journal line that must have been written"),
  stopped_by: z.enum(["liveness", "face", "pin", "bank", "nobody"]).optional()
    .describe("What stopped the visitor"),
}).meta({ minProperties: 1 });

/** Somebody who comes after the visitor before them has gone. */
export const visitSchema = z.strictObject({
  after_s: z.number().min(0).max(RUN_S_MAX).describe(
    "From the last one's leaving to this one's coming",
  ),
  at_the_machine: presenceSchema,
  customer: z.array(customerActionSchema).min(1).max(100),
});

/** Whether this day is in the calendar and this time on the clock. */
function isMoment(start: string): boolean {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] =
    start.match(/\d+/g)?.map(Number) ?? [];
  const date = civilDate(daysFromCivil({ year, month, day }));
  return date.month === month && date.day === day && hour < 24 && minute < 60 && second < 60;
}

/** A bank has each person once. */
function eachOnce(
  people: Readonly<Record<string, { readonly person: number }>>,
  context: z.RefinementCtx,
): void {
  const names = new Map<number, string>();
  for (const [name, { person }] of Object.entries(people)) {
    const first = names.get(person);
    const message = `${person} is ${first} already; use another number`;
    if (first !== undefined) context.addIssue({ code: "custom", path: [name, "person"], message });
    else names.set(person, name);
  }
}

export const scenarioSchema = z.strictObject({
  /** Traces and bundles are called like it, and a file's name ends somewhere. */
  id: z.string().max(100).regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: words,
  story: words.describe("What a trainer says"),
  machine: z.string().describe("A profile under devices/profiles/"),
  start: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/)
    .refine(isMoment, "there is no such day or hour; write 2017-12-29T10:30:00+08:00")
    .describe("Wall clock of the bank when the run begins"),
  people: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), personSchema).superRefine(eachOnce),
  at_the_machine: presenceSchema,
  conditions: conditionsSchema.optional()
    .describe("Light, distance, what is worn; absent: an ordinary day"),
  customer: z.array(customerActionSchema).max(100),
  at_the_bank: z.array(z.strictObject({
    at_s,
    withdraw_consent: z.string().describe("A name under people: they do it by phone or in the app"),
  })).max(20).optional().describe("What happens elsewhere while somebody stands here"),
  faults: z.array(faultSchema).max(50).default([]),
  operator: z.array(z.strictObject({ at_s, ...operatorShape }).refine(...NAMED_FOR_A_SWAP)).max(50)
    .exactOptional().describe("What an operator does at the machine, each thing at its time"),
  deeds: z.array(deedSchema).max(5_000).exactOptional()
    .describe("What hands do at stated moments, beside what the customer's script says"),
  visits: z.array(visitSchema).max(20).exactOptional()
    .describe("Who comes afterwards, one after another; absent: nobody"),
  machine_clock_ahead_s: z.number().int().min(-86_400).max(86_400).exactOptional()
    .describe("How far the machine's clock is ahead of the bank's; absent: they agree"),
  heals_at_s: z.number().min(0).max(600).exactOptional()
    .describe("From then on nothing is broken and nothing breaks any more; absent: never"),
  expect: z.array(expectationSchema),
}).superRefine(({ customer, expect, deeds }, context) => {
  if (deeds !== undefined) return;
  for (const [name, list] of [["customer", customer], ["expect", expect]] as const) {
    if (list.length > 0) continue;
    context.addIssue({ code: "custom", path: [name], message: "must have at least one entry" });
  }
});
export type Scenario = z.infer<typeof scenarioSchema>;
export type CustomerAction = z.infer<typeof customerActionSchema>;
export type Fault = z.infer<typeof faultSchema>;
export type Expectation = z.infer<typeof expectationSchema>;
export type Visit = z.infer<typeof visitSchema>;
export type Presence = z.infer<typeof presenceSchema>;

export const planSchema = z.strictObject({
  schema: z.literal(1),
  seed: z.number().int().min(0).max(0xffff_ffff),
  scenario: scenarioSchema,
  profile: profileSchema,
  poses: z.literal("few").exactOptional().describe(
    "People take one of a few fixed poses, so that a campaign sees the same pictures again; " +
      "absent: they move as people do",
  ),
}).superRefine(({ scenario, profile }, context) => {
  const units = profile.cassettes.map(({ unit }) => unit);
  for (const [i, { unit }] of (scenario.operator ?? []).entries()) {
    if (unit === undefined || units.includes(unit)) continue;
    const message = `${profile.id} has no cassette ${unit}; use one of: ${units.join(", ")}`;
    context.addIssue({ code: "custom", path: ["scenario", "operator", i, "unit"], message });
  }
});
export type Plan = z.infer<typeof planSchema>;
