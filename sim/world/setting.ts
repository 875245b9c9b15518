/** The setting of a run: what is true before its first moment, worked out from the plan alone. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { assert } from "../../core/assert.ts";
import { CHINA_OFFSET_MS, daysFromCivil, MS_PER_DAY } from "../../core/calendar.ts";
import { remembered } from "../../core/remembered.ts";
import { isIdNumber, isPhoneNumber, maskPan } from "../../core/money/mod.ts";
import { legacyBlock } from "../../core/pin/mod.ts";
import { yuan } from "../../core/units.ts";
import { toBase64 } from "../../core/xfs4iot/mod.ts";
import { referenceName } from "../../core/session/mod.ts";
import type { FrameSet } from "../../core/face/mod.ts";
import { defaultScene, type Scene, type Shot } from "../../devices/camera/mod.ts";
import type { RandomStream } from "../../core/numeric/mod.ts";
import type { OracleContext } from "../oracles/mod.ts";
import {
  type CustomerAction,
  ownerOf,
  peopleOf,
  type Plan,
  type Presence,
  type Scenario,
  type Stand,
  type Visit,
} from "../plan/mod.ts";
import { personOf } from "../people/mod.ts";
import { runStream } from "../prng/mod.ts";
import type { FaceEngine, RunPorts } from "./ports.ts";
import type { Standing } from "./presence.ts";

/**
 * The branch of the scenarios and the first of the attack instruments used in them: outside the ranges
 * that models are trained (0…999), calibrated (1000…1999) and measured (2000…2999) on.
 */
const SCENARIO_LOBBY = 5000;
const SCENARIO_INSTRUMENT = 5000;

/** Visits: 0 is the identity photo, 1 the day the template was made, later ones come to the machine. */
const VISIT_ID_PHOTO = 0;
const VISIT_ENROLMENT = 1;
const FIRST_VISIT = 2;

/** Visits and instruments where people take a few poses: few, so that their pictures come again. */
const FEW_VISITS = [2, 3] as const;

/** Everybody who comes, in order. */
export function visitsOf({ at_the_machine, customer, visits = [] }: Scenario): readonly Visit[] {
  return [{ after_s: 0, at_the_machine, customer }, ...visits];
}

/** The stream of this name for the visit with this number; the first is 0. */
export function visitStream(seed: number, name: string, visit: number): RandomStream {
  return runStream(seed, visit === 0 ? name : `${name}/${visit + 1}`);
}

/** Who stands at the machine, and what they hold up. */
export function standingOf(plan: Plan, n = 0): Standing {
  const { scenario, seed } = plan;
  const presence = visitsOf(scenario)[n]?.at_the_machine;
  assert(presence !== undefined, "a visit of the plan");
  const stream = visitStream(seed, "visitor/standing", n);
  const owner = ownerOf(scenario, presence).person;
  if (plan.poses === "few") return stream.pick(fewStandings(owner, presence));
  const visit = stream.integer(2, 9);
  const instrument = SCENARIO_INSTRUMENT + stream.integer(0, 999);
  const { conditions } = scenario;
  return { ...standing(owner, presence, visit, instrument), conditions };
}

/** The ways somebody may stand there where poses are few, by the day they come on. */
export function fewStandings(owner: number, presence: Presence): readonly Standing[] {
  return FEW_VISITS.map((visit) => standing(owner, presence, visit, SCENARIO_INSTRUMENT));
}

function standing(
  owner: number,
  presence: Presence,
  visit: number,
  instrument: number,
): Standing {
  const kin = "kin" in presence ? presence.kin : "self";
  const person = "person" in presence ? presence.person : owner;
  const attack = "attack" in presence ? { species: presence.attack, instrument } : null;
  return {
    subject: { person, kin, visit },
    attack,
    light: "lobby-day",
    lobby: SCENARIO_LOBBY,
    feed: "injected" in presence ? presence.injected : undefined,
  };
}

/** The same for somebody told to stand there. */
export function standingFor({ person, kin, attack }: Stand): Standing {
  return {
    subject: { person, kin, visit: FIRST_VISIT },
    attack: attack === null
      ? null
      : { species: attack, instrument: SCENARIO_INSTRUMENT + person % 1000 },
    light: "lobby-day",
    lobby: SCENARIO_LOBBY,
  };
}

/** Keys of runs side by side are asked for by devices, bank and oracles alike; nobody writes into one. */
const KEYS_MAX = 256;
const keyOf = remembered(KEYS_MAX, (name: string) => sha256(utf8ToBytes(`atm-twin/${name}`)));
const shortKeyOf = remembered(KEYS_MAX, (name: string) => keyOf(name).slice(0, 16));

/** The key the pad and the bank share in this run: different in every run, never in the trace. */
export function pinKeyOf(seed: number): Uint8Array {
  return shortKeyOf(`pin-key/${seed}`);
}

/** The key that camera and face engine share in this run, where the machine wants seals. */
export function cameraKeyOf(seed: number): Uint8Array {
  return keyOf(`camera-key/${seed}`);
}

/** The key of dispense tokens that the dispenser and the bank share in this run. */
export function tokenKeyOf(seed: number): Uint8Array {
  return keyOf(`token-key/${seed}`);
}

/** The key of message authentication that the machine and the bank share in this run. */
export function macKeyOf(seed: number): Uint8Array {
  return shortKeyOf(`mac-key/${seed}`);
}

/** What the oracles have to know of a plan. */
export function oracleContextOf(plan: Plan, elsewhere = false): OracleContext {
  const { scenario, profile: { limits } } = plan;
  const { face_lock_h = Infinity } = limits;
  const { faults, heals_at_s, customer, deeds } = scenario;
  const errs = visitsOf(scenario).some((visit) => visit.customer.some(isSlow));
  return {
    secrets: secretsOf(plan),
    ledger: !elsewhere,
    never_on_wire: [...neverOnWire(plan), ...(elsewhere ? legacyNeverOnWire(plan) : [])],
    // Whose hands are slow, or whose plan was bent, is not timed.
    fault_free: faults.length === 0 && customer.length > 0 && deeds === undefined && !errs,
    // What hands break, nobody promised to mend.
    settles: deeds === undefined && !elsewhere && closesUp(scenario) &&
      (heals_at_s !== undefined || faults.every(({ for_s }) => for_s !== undefined)),
    attacks: visitsOf(scenario).map(({ at_the_machine }) => "attack" in at_the_machine),
    withdrawn_elsewhere: withdrawnAtBank(scenario),
    limits: {
      pin_tries: limits.pin_tries,
      face_tries: limits.face_tries,
      number_tries: limits.number_tries,
      per_withdrawal_fen: yuan(limits.per_withdrawal_yuan),
      per_day_fen: yuan(limits.per_day_yuan),
      per_day_count: limits.per_day_count,
      face_refusals: face_lock_h < RUN_H_MAX ? null : limits.face_refusals ?? null,
    },
  };
}

/** Whether an operator goes as they should: who leaves the door open lets nobody be served. */
function closesUp({ operator = [] }: Scenario): boolean {
  const deeds = operator.map(({ does }) => does);
  const opens = deeds.lastIndexOf("open_door");
  const closes = deeds.lastIndexOf("close_door");
  const ends = deeds.lastIndexOf("back_in_service");
  return opens < 0 || (opens < closes && closes < ends);
}

/** No run lasts so long: a lock that does is for good. */
const RUN_H_MAX = 1;

/** Whose consent is withdrawn at the bank in this run, in the order in which it happens. */
function withdrawnAtBank({ people, at_the_bank = [] }: Scenario): string[] {
  return at_the_bank.toSorted((a, b) => a.at_s - b.at_s).map(({ withdraw_consent }) => {
    // Whom the plan does not know the run stumbles over when it gets there.
    const { person } = people[withdraw_consent] ?? {};
    return person === undefined ? "" : maskPan(personOf(person).pan);
  });
}

/** Waits, types a wrong PIN, or goes away from cash that the machine then waits for: not timed. */
function isSlow(action: CustomerAction): boolean {
  if (typeof action === "string") return action === "leave";
  return "wait_s" in action || ("pin" in action && action.pin !== "correct");
}

/** Everything that no trace may hold: what is known of the plan's people, and other numbers typed in it. */
function secretsOf({ scenario }: Plan): string[] {
  const known = peopleOf(scenario).flatMap(([, { person }]) => {
    const { phone, idNumber, pan, pin } = personOf(person);
    // Without its check digit an account is told to a pad that makes legacy blocks, and to nobody else.
    return [phone, idNumber, pan.slice(0, -1), pin];
  });
  const typed = visitsOf(scenario).flatMap(({ customer }) =>
    customer.flatMap((action) =>
      typeof action === "object" && "enter" in action ? [action.enter] : []
    )
  );
  return [...known, ...typed.filter((text) => isPhoneNumber(text) || isIdNumber(text))];
}

/** PINs, PIN blocks in the clear, and keys in hexadecimal and base64. */
function neverOnWire({ seed, scenario }: Plan): string[] {
  const keys = [pinKeyOf(seed), tokenKeyOf(seed), macKeyOf(seed)];
  const pins = peopleOf(scenario).flatMap(([, { person }]) => {
    const { pin } = personOf(person);
    const clear = `4${pin.length}${pin}`;
    return [pin, clear, clear.padEnd(16, "a"), clear.padEnd(16, "A")];
  });
  const hex = keys.map((key) => bytesToHex(key));
  return [...pins, ...hex, ...hex.map((key) => key.toUpperCase()), ...keys.map(toBase64)];
}

/** The machine's own clock when the run begins, which may not agree with the bank's. */
export function machineStartOf(scenario: Scenario): number {
  return wallStartOf(scenario) + (scenario.machine_clock_ahead_s ?? 0) * 1_000;
}

/**
 * Blocks of formats 0 and 3 in the clear, which only a bank elsewhere may have asked for: the PIN field, with
 * the account and without; of format 3, whose fill is chance, its beginning without.
 */
function legacyNeverOnWire({ scenario }: Plan): string[] {
  return peopleOf(scenario).flatMap(([, { person }]) => {
    const { pin, pan } = personOf(person);
    const block = legacyBlock({ format: "iso0", pin, pan });
    const field = `0${pin.length}${pin}`.padEnd(16, "F");
    const hex = [block, field].flatMap((text) => [text, text.toLowerCase()]);
    return [
      ...hex,
      ...[block, field].map((text) => toBase64(hexToBytes(text))),
      `3${pin.length}${pin}`,
    ];
  });
}

/** `start` of a scenario (ISO 8601, +08:00) as milliseconds since 1970: the bank's clock. */
export function wallStartOf(scenario: Scenario): number {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\+08:00$/.exec(scenario.start);
  assert(parts !== null, "a scenario's start fits its schema");
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(
    Number,
  );
  const days = daysFromCivil({ year, month, day });
  return days * MS_PER_DAY + (hour * 3_600 + minute * 60 + second) * 1_000 - CHINA_OFFSET_MS;
}

/** The scenes of a reference the bank has before anybody comes, and the name it is kept under. */
export function referenceScenes({ person, enrolled }: Scenario["people"][string]): Reference {
  return enrolled ? templateOf(person) : idPhotoOf(person);
}

interface Reference {
  readonly name: string;
  readonly scenes: readonly Scene[];
}

/** Of so many people: the same scenes again are known by identity. */
const REFERENCES_MAX = 128;
const templateOf = remembered(REFERENCES_MAX, (person: number) => referenceOf(person, true));
const idPhotoOf = remembered(REFERENCES_MAX, (person: number) => referenceOf(person, false));

function referenceOf(person: number, enrolled: boolean): Reference {
  const visit = enrolled ? VISIT_ENROLMENT : VISIT_ID_PHOTO;
  const kind = enrolled ? "template" : "id_photo";
  const scene = defaultScene({ person, kin: "self", visit });
  // An identity photo is one picture; an enrolment takes three, moving a little.
  const turns = enrolled ? [-4, 0, 4] : [0];
  const scenes = turns.map((yaw_deg, noise) => ({
    ...scene,
    head: { ...scene.head, yaw_deg },
    noise,
  }));
  return { name: referenceName(kind, personOf(person).pan), scenes };
}

/**
 * Makes the references: a template for the enrolled, the identity photo for the others. Rendered and
 * embedded for real, like everything the camera sees.
 */
export async function prepareReferences(
  plan: Plan,
  face: FaceEngine,
  keep: (shot: Shot) => FrameSet,
  render: RunPorts["render"],
): Promise<void> {
  for (const [, person] of peopleOf(plan.scenario)) {
    const { name, scenes } = referenceScenes(person);
    const done = face.enrolFrom(scenes.map((scene) => keep(render(scene))), name);
    if (done !== undefined) await done;
  }
}
