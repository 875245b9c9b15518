/** The setting of a run: what is true before its first moment, worked out from the plan alone. */
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { assert } from "../../core/assert.ts";
import { CHINA_OFFSET_MS, daysFromCivil, MS_PER_DAY } from "../../core/calendar.ts";
import { referenceName } from "../../core/session/mod.ts";
import { defaultScene } from "../../devices/camera/mod.ts";
import { ownerOf, type Plan, type Scenario, type Stand } from "../plan/mod.ts";
import { personOf } from "../people/mod.ts";
import { runStream } from "../prng/mod.ts";
import type { FrameStore } from "./frames.ts";
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

/** Who stands at the machine, and what they hold up. */
export function standingOf(plan: Plan): Standing {
  const { scenario, seed } = plan;
  const { at_the_machine: presence } = scenario;
  const stream = runStream(seed, "visitor/standing");
  const visit = stream.integer(2, 9);
  const instrument = SCENARIO_INSTRUMENT + stream.integer(0, 999);
  const kin = "kin" in presence ? presence.kin : "self";
  const person = "person" in presence ? presence.person : ownerOf(scenario).person;
  const attack = "attack" in presence ? { species: presence.attack, instrument } : null;
  return {
    subject: { person, kin, visit },
    attack,
    light: "lobby-day",
    lobby: SCENARIO_LOBBY,
    conditions: scenario.conditions,
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

/** The key the pad and the bank share in this run: different in every run, never in the trace. */
export function pinKeyOf(seed: number): Uint8Array {
  return sha256(utf8ToBytes(`atm-twin/pin-key/${seed}`)).slice(0, 16);
}

/** The key that camera and face engine share in this run, where the machine wants seals. */
export function cameraKeyOf(seed: number): Uint8Array {
  return sha256(utf8ToBytes(`atm-twin/camera-key/${seed}`));
}

/** The key of dispense tokens that the dispenser and the bank share in this run. */
export function tokenKeyOf(seed: number): Uint8Array {
  return sha256(utf8ToBytes(`atm-twin/token-key/${seed}`));
}

/** The key of message authentication that the machine and the bank share in this run. */
export function macKeyOf(seed: number): Uint8Array {
  return sha256(utf8ToBytes(`atm-twin/mac-key/${seed}`)).slice(0, 16);
}

/** Everything about the plan's people that no trace may hold. */
export function secretsOf(plan: Plan): string[] {
  return Object.values(plan.scenario.people).flatMap(({ person }) => {
    const { phone, idNumber, pan, pin } = personOf(person);
    return [phone, idNumber, pan, pin];
  });
}

/** `start` of a scenario (ISO 8601, +08:00) as milliseconds since 1970. */
export function wallStartOf(scenario: Scenario): number {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\+08:00$/.exec(scenario.start);
  assert(parts !== null, "a scenario's start fits its schema");
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(
    Number,
  );
  const days = daysFromCivil({ year, month, day });
  return days * MS_PER_DAY + (hour * 3_600 + minute * 60 + second) * 1_000 - CHINA_OFFSET_MS;
}

/**
 * Makes the references the bank has before anybody comes: a template for the enrolled, the identity
 * photo for the others. Rendered and embedded for real, like everything the camera sees.
 */
export async function prepareReferences(
  plan: Plan,
  face: FaceEngine,
  frames: FrameStore,
  render: RunPorts["render"],
): Promise<void> {
  for (const { person, enrolled } of Object.values(plan.scenario.people)) {
    const visit = enrolled ? VISIT_ENROLMENT : VISIT_ID_PHOTO;
    const kind = enrolled ? "template" : "id_photo";
    const scene = defaultScene({ person, kin: "self", visit });
    // An identity photo is one picture; an enrolment takes three, moving a little.
    const turns = enrolled ? [-4, 0, 4] : [0];
    const shots = turns.map((yaw_deg, noise) =>
      frames.keep(render({ ...scene, head: { ...scene.head, yaw_deg }, noise }))
    );
    await face.enrolFrom(shots, referenceName(kind, personOf(person).pan));
  }
}
