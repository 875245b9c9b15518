/**
 * From a number to a plan: who comes, what they mean to do, what goes wrong, and when all of it heals.
 *
 *   (seed, profile, index) ─► plan        the same three give the same plan, in any order, on any worker
 *
 * @module
 */
import { type RandomStream, randomStream } from "../../../core/numeric/mod.ts";
import type { Profile } from "../../../devices/mod.ts";
import type { Plan, Presence, Scenario, Visit } from "../../plan/mod.ts";
import { drawAim } from "./aims.ts";
import { drawFaults } from "./faults.ts";
import { drawVisit, guessingVisit, inOrderOf, ordinaryVisit, withdrawal } from "./intents.ts";
import { drawMachine } from "./machine.ts";
import { drawOperator } from "./operator.ts";
import { drawPeople, drawPresence, TOWN } from "./people.ts";

export { classOf } from "./faults.ts";
export { strangerTo, TOWN } from "./people.ts";

export const CAMPAIGN_PROFILES = ["lite", "swarm", "perf"] as const;
/** lite: one visit, one fault at most. swarm: anything. perf: ordinary withdrawals, nothing breaks. */
export type CampaignProfile = typeof CAMPAIGN_PROFILES[number];

export interface Generator {
  readonly seed: number;
  readonly profile: CampaignProfile;
  /** The machine that is drawn from. */
  readonly machine: Profile;
  /** Whose faces there are; absent: the whole town. */
  readonly town?: readonly number[];
}

const words = { en: "campaign", zh: "campaign", bo: "campaign" };

/** Run number `index` of a campaign. */
export function planAt(generator: Generator, index: number): Plan {
  const { seed, profile } = generator;
  const stream = randomStream(`campaign/${profile}/${seed}/${index}`);
  const drawn = profile === "perf" ? ordinary(stream, generator) : anything(stream, generator);
  const scenario: Scenario = {
    id: `${profile}-${seed}-${index}`,
    title: words,
    story: words,
    machine: generator.machine.id,
    expect: [{}],
    ...drawn.scenario,
  };
  return {
    schema: 1,
    seed: stream.integer(0, 0xffff_ffff),
    scenario,
    profile: drawn.machine,
    poses: "few",
  };
}

type Told = "id" | "title" | "story" | "machine" | "expect";
interface Drawn {
  readonly scenario: Omit<Scenario, Told>;
  readonly machine: Profile;
}

function ordinary(stream: RandomStream, { machine, town = TOWN }: Generator): Drawn {
  const person = town[stream.integer(0, town.length - 1)] ?? 0;
  return {
    machine,
    scenario: {
      start: drawStart(stream),
      people: { customer: { person, enrolled: true, balance_yuan: 8_600 } },
      at_the_machine: { is: "customer" },
      customer: ordinaryVisit(stream),
      faults: [],
    },
  };
}

function anything(stream: RandomStream, generator: Generator): Drawn {
  const { profile, machine, town = TOWN } = generator;
  const lite = profile === "lite";
  const people = drawPeople(stream, lite ? 1 : stream.integer(1, Math.min(2, town.length)), town);
  if (!lite && stream.uniform() < 0.25) return around(stream, generator, people);
  const about_money = !lite && stream.uniform() < 0.35;
  const faults = drawFaults(stream, lite ? 1 : 4, about_money);
  const drawn = lite ? machine : drawMachine(stream, machine);
  const visits = drawVisits(stream, people, lite ? "one" : about_money ? "money" : "any");
  const heals = faults.length === 0 ? {} : { heals_at_s: stream.integer(40, 150) };
  return {
    machine: drawn,
    scenario: {
      ...circumstances(stream, people, drawn, lite),
      ...visiting(visits, drawn),
      people,
      faults,
      ...heals,
    },
  };
}

/** An aim at a rare state, and whatever else happens to break. */
function around(stream: RandomStream, { machine }: Generator, people: Scenario["people"]): Drawn {
  const { faults, visits, heals_at_s, machine: change, operated = false } = drawAim(stream);
  const more = stream.uniform() < 0.3 ? drawFaults(stream, 2, false) : [];
  const other = stream.uniform() < 0.3 ? drawMachine(stream, machine) : machine;
  const drawn = change?.(other) ?? other;
  const is = enrolledOne(people);
  const coming = visits.map((visit): Visit => ({ ...visit, at_the_machine: { is } }));
  return {
    machine: drawn,
    scenario: {
      ...circumstances(stream, people, drawn, false, operated),
      ...visiting(coming, drawn),
      people: {
        ...people,
        [is]: { person: 0, enrolled: true, ...people[is], balance_yuan: 8_600 },
      },
      faults: [...faults, ...more],
      heals_at_s,
    },
  };
}

/** Who comes, as a scenario says it; each does things in the order in which this machine asks. */
function visiting(visits: readonly Visit[], { flow }: Profile) {
  const [first, ...rest] = visits.map((visit) => ({
    ...visit,
    customer: inOrderOf(flow, visit.customer),
  }));
  return {
    at_the_machine: first?.at_the_machine ?? { is: "customer" },
    customer: first?.customer ?? ["leave" as const],
    ...(rest.length === 0 ? {} : { visits: rest }),
  };
}

/** What does not depend on who comes and what breaks: the clocks, the bank, the operator. */
function circumstances(
  stream: RandomStream,
  people: Scenario["people"],
  machine: Profile,
  lite: boolean,
  surely_operated = false,
) {
  const withdrawn = !lite && stream.uniform() < 0.06;
  const skewed = stream.uniform() < 0.25;
  const operated = surely_operated || (!lite && stream.uniform() < 0.12);
  return {
    start: drawStart(stream),
    ...(skewed ? { machine_clock_ahead_s: stream.integer(-7_200, 7_200) } : {}),
    ...(withdrawn ? { at_the_bank: [drawWithdrawal(stream, people)] } : {}),
    ...(operated ? { operator: drawOperator(stream, machine) } : {}),
  };
}

/** A customer calls the bank while somebody stands at the machine. */
function drawWithdrawal(stream: RandomStream, people: Scenario["people"]) {
  return { at_s: stream.integer(1, 40), withdraw_consent: stream.pick(Object.keys(people)) };
}

/** Who comes, one after another: anybody, or the same person again and again. */
function drawVisits(
  stream: RandomStream,
  people: Scenario["people"],
  kind: "one" | "money" | "any",
): readonly Visit[] {
  const dice = kind === "one" ? 1 : stream.uniform();
  if (kind === "money" && dice < 0.7) return again(stream, people, 1, withdrawal);
  if (dice < 0.08) return again(stream, people, stream.integer(2, 4), ordinaryVisit);
  if (dice < 0.16) {
    const guesses = again(stream, people, stream.integer(2, 3), guessingVisit);
    return [...guesses, ...again(stream, people, 1, ordinaryVisit)];
  }
  const visits = kind === "one" ? 1 : 1 + Math.floor(2.2 * stream.uniform() * stream.uniform());
  return Array.from({ length: visits }, () => drawOne(stream, people));
}

/** The same customer, so many times; one with a template, if there is one. */
function again(
  stream: RandomStream,
  people: Scenario["people"],
  times: number,
  draw: (stream: RandomStream) => Visit["customer"],
): readonly Visit[] {
  const is = enrolledOne(people);
  return Array.from({ length: times }, () => ({
    after_s: stream.integer(0, 20) / 2,
    at_the_machine: { is },
    customer: draw(stream),
  }));
}

function enrolledOne(people: Scenario["people"]): string {
  const names = Object.keys(people);
  return names.find((name) => people[name]?.enrolled) ?? names[0] ?? "customer";
}

function drawOne(stream: RandomStream, people: Scenario["people"]): Visit {
  const at_the_machine = drawPresence(stream, people);
  const themselves = "is" in at_the_machine;
  const knows = themselves || stream.uniform() < 0.5 ? "pin" : "number";
  return {
    after_s: stream.integer(0, 20) / 2,
    at_the_machine,
    customer: drawVisit(stream, knows, isEnrolled(people, at_the_machine)),
  };
}

/** Whether the bank keeps a template of whose number is used. */
function isEnrolled(people: Scenario["people"], presence: Presence): boolean {
  const [first] = Object.keys(people);
  const owner = "is" in presence ? presence.is : "of" in presence ? presence.of : first ?? "";
  return people[owner]?.enrolled ?? false;
}

/** Any second of a day; now and then the last of one. */
function drawStart(stream: RandomStream): string {
  if (stream.uniform() < 0.05) return "2017-12-31T23:59:40+08:00";
  const second = stream.integer(0, 86_399);
  const two = (value: number) => String(value).padStart(2, "0");
  const [h, m, s] = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60];
  return `2017-12-29T${two(h)}:${two(m)}:${two(s)}+08:00`;
}
