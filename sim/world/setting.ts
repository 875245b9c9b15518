/** The setting of a run: what is true before its first moment, worked out from the plan alone. */
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { assert } from "../../core/assert.ts";
import { referenceName } from "../../core/session/mod.ts";
import { defaultScene } from "../../devices/camera/mod.ts";
import { ownerOf, type Plan, type Scenario } from "../plan/mod.ts";
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
  return { subject: { person, kin, visit }, attack, light: "lobby-day", lobby: SCENARIO_LOBBY };
}

/** The key the pad and the bank share in this run: different in every run, never in the trace. */
export function pinKeyOf(seed: number): Uint8Array {
  return sha256(utf8ToBytes(`atm-twin/pin-key/${seed}`)).slice(0, 16);
}

/** Everything about the plan's people that no trace may hold. */
export function secretsOf(plan: Plan): string[] {
  return Object.values(plan.scenario.people).flatMap(({ person }) => {
    const { phone, idNumber, pan, pin } = personOf(person);
    return [phone, idNumber, pan, pin];
  });
}

/** `start` of a scenario (ISO 8601, +08:00) as milliseconds since 1970, by integer arithmetic. */
export function wallStartOf(scenario: Scenario): number {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\+08:00$/.exec(scenario.start);
  assert(parts !== null, "a scenario's start fits its schema");
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(
    Number,
  );
  // Days from civil date, after Howard Hinnant: the inverse of core/session/wall_time.ts.
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) +
    dayOfYear;
  const days = era * 146_097 + dayOfEra - 719_468;
  return (days * 86_400 + (hour - 8) * 3_600 + minute * 60 + second) * 1_000;
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
