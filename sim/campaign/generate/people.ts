/**
 * Who comes: a small town, so that its pictures come again.
 *
 * Nobody in it was trained, calibrated or measured on (people 0 to 2,999).
 */
import type { RandomStream } from "../../../core/numeric/mod.ts";
import type { Presence, Scenario } from "../../plan/mod.ts";

/** The people of the town, by number. */
export const TOWN: readonly number[] = [5000, 5001, 5002, 5003, 5004, 5005, 5006, 5007];

/** Whom a stranger with this person's number is: the next in town. */
export function strangerTo(person: number): number {
  return TOWN[(TOWN.indexOf(person) + 1) % TOWN.length] ?? person;
}

const BALANCES_YUAN = [0, 90, 400, 1_000, 5_000, 8_600, 50_000, 200_000] as const;

export type People = Scenario["people"];

/** In the order in which a run takes them. */
const NAMES = ["customer", "neighbour"] as const;

/** One or two customers of the bank. */
export function drawPeople(stream: RandomStream, count: number, town = TOWN): People {
  const first = stream.integer(0, town.length - 1);
  return Object.fromEntries(
    NAMES.slice(0, count).map((name, i) => [name, {
      person: town[(first + i) % town.length] ?? 0,
      enrolled: stream.uniform() < 0.75,
      balance_yuan: stream.uniform() < 0.6 ? 8_600 : stream.pick(BALANCES_YUAN),
    }]),
  );
}

/** Who stands there with the number of somebody in `people`: mostly that person. */
export function drawPresence(stream: RandomStream, people: People): Presence {
  const of = stream.pick(Object.keys(people));
  const dice = stream.uniform();
  if (dice < 0.76) return { is: of };
  if (dice < 0.82) return { attack: "printed-photo", of };
  if (dice < 0.88) return { attack: "phone-replay", of };
  if (dice < 0.97) return { kin: stream.pick(["twin", "sibling", "cousin"] as const), of };
  const [first] = Object.values(people);
  return { person: strangerTo(first?.person ?? 0) };
}
