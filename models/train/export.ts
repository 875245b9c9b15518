/**
 * Renders the training pictures: shards of raw bytes with a JSON file of labels each.
 *
 *     deno run -A models/train/export.ts --out DIR [--people 4500] [--shots 12] [--part 0/2]
 *
 * A shard is a function of its name, so any number of processes may share the work (`--part i/n`)
 * and an interrupted export goes on where it stopped: a shard is done when its JSON exists.
 *
 * | shard    | pictures                                  | gives                                |
 * |----------|-------------------------------------------|--------------------------------------|
 * | faces    | a person on six days, ordinary scenes     | aligned faces; some frames and planes |
 * | tilted   | the same people from above, below, aside  | aligned faces                        |
 * | harsh    | the same people in the light that costs    | aligned faces                        |
 * | attacks  | every species of thing held up            | frames, planes                       |
 * | wide     | poses far from ordinary, eyes shut, masks  | aligned faces, frames and planes     |
 * | mishaps  | smeared, through dirt, at the edge; either | planes                               |
 * | nobody   | empty lobbies                             | frames                               |
 *
 * @module
 */
import { type RandomStream, randomStream } from "../../core/numeric/mod.ts";
import {
  ATTACK_SPECIES,
  type AttackSpecies,
  faceOf,
  render,
  type Scene,
  type Subject,
  VISITS_PER_AGE,
} from "../../devices/camera/mod.ts";
import {
  attackSceneOf,
  personOf,
  type Place,
  placeOf,
  sceneOf,
  TRAINING,
} from "../../sim/evaluate/splits.ts";
import { disguised, harshLight, mishap, soiled, tilted, widened } from "./odd_scenes.ts";
import { Shard } from "./shard.ts";

/** Of the shots of a person, every how manieth also trains detector and liveness. */
const SHARED_EVERY = 3;
/** Days on which a person is met, and up to which the days with something changed are looked for. */
const DAYS = 6;
const LAST_DAY = 2 * VISITS_PER_AGE - 1;
const PLACES_IN_SHARD = 8;
const PEOPLE_IN_SHARD = 20;
const SCENES_IN_SHARD = 250;

/** What is held up, in turn: solid masks, which are most like a face, are met most often. */
const HELD_UP: readonly AttackSpecies[] = [
  ...ATTACK_SPECIES,
  ...Array.from({ length: 10 }, () => "silicone-mask" as const),
  ...Array.from({ length: 6 }, () => "resin-mask" as const),
  ...Array.from({ length: 2 }, () => "mannequin-head" as const),
];

/** The places of a shard: few, since a lobby is costly to build and cheap to show again. */
function placesOf(shard: string): readonly Place[] {
  const stream = randomStream(`models/train/${shard}/places`);
  return Array.from({ length: PLACES_IN_SHARD }, () => placeOf(TRAINING, stream));
}

/**
 * The days on which a person is met: that of the identity photo, two without the glasses, two with
 * another haircut or beard, as far as there are any, and then whichever come first.
 */
function daysOf(person: number): readonly number[] {
  const habitsOn = (visit: number) => faceOf({ person, kin: "self", visit }).habits;
  const then = habitsOn(0);
  const later = Array.from({ length: LAST_DAY }, (_, i) => i + 1);
  const bare = later.filter((day) => (habitsOn(day).glasses === null) !== (then.glasses === null));
  const other = later.filter((day) => {
    const { hair, beard } = habitsOn(day);
    return !bare.includes(day) && (hair !== then.hair || beard !== then.beard);
  });
  return [...new Set([0, ...bare.slice(0, 2), ...other.slice(0, 2), ...later])].slice(0, DAYS);
}

/** One picture of somebody who is met again and again. */
interface Sitting {
  /** Which person of the split, and which of the pictures of them. */
  readonly index: number;
  readonly i: number;
  readonly name: string;
  readonly person: number;
  /** As on an ordinary day, on the `n`-th of those on which they are met. */
  on(n: number): Scene;
}

/** A shard of people, each in `shots` pictures: `take` renders one, and keeps what it gives. */
function peopleShard(
  { first, one, places, shots }: {
    readonly first: number;
    readonly one: string;
    readonly places: readonly Place[];
    readonly shots: (person: number) => number;
  },
  take: (sitting: Sitting, shard: Shard) => void,
): Shard {
  const shard = new Shard();
  for (let index = first; index < first + PEOPLE_IN_SHARD; index++) {
    const person = personOf(TRAINING, index);
    const days = daysOf(person);
    for (let i = 0; i < shots(person); i++) {
      const name = `person/${person}/${one}/${i}`;
      const stream = randomStream(`models/train/${name}`);
      const on = (n: number) =>
        sceneOf({ person, kin: "self", visit: days[n] ?? 0 }, stream.pick(places), stream);
      take({ index, i, name, person, on }, shard);
    }
  }
  return shard;
}

function facesShard(first: number, shots: number): Shard {
  const places = placesOf(`faces/${first}`);
  return peopleShard({ first, one: "shot", places, shots: () => shots }, (met, shard) => {
    const { index, i, name, person } = met;
    const scene = met.on(Math.floor((i * DAYS) / shots));
    const shot = render(scene);
    shard.addFace(shot, person, scene);
    if (i % SHARED_EVERY !== index % SHARED_EVERY) return;
    shard.addFrame(shot);
    shard.addPlanes(shot, name);
  });
}

/** The people of `faces` as whoever stands or sits too low, too high or aside is seen. */
function tiltedShard(first: number, shots: number): Shard {
  const places = placesOf(`tilted/${first}`);
  return peopleShard({ first, one: "tilted", places, shots: () => shots }, (met, shard) => {
    const scene = tilted(met.on((met.index + 2 * met.i) % DAYS), met.name);
    shard.addFace(render(scene), met.person, scene);
  });
}

/** The people of `faces` in harsh light; those a model finds harder to tell are met more often. */
function harshShard(first: number, least: number): Shard {
  const places = placesOf(`harsh/${first}`).map((place, i) => ({ ...place, light: harshLight(i) }));
  const shots = (person: number) => {
    const { skin_tone, habits } = faceOf({ person, kin: "self", visit: 0 });
    return least * (1 + Number(skin_tone > 0.5) + Number(habits.glasses !== null));
  };
  return peopleShard({ first, one: "harsh", places, shots }, (met, shard) => {
    const scene = soiled(met.on((met.index + met.i) % DAYS), met.name);
    shard.addFace(render(scene), met.person, scene);
  });
}

/** A person met several times in a shard: the figure is costly to build and cheap to show again. */
function passerBy(kind: string, index: number): Subject {
  const stream = randomStream(`models/train/${kind}/passer-by/${Math.floor(index / 5)}`);
  const person = personOf(TRAINING, stream.integer(0, 99_999));
  return { person, kin: "self", visit: stream.integer(0, 3) };
}

/** What one picture of a shard of scenes is made of. */
interface Meeting {
  readonly i: number;
  readonly name: string;
  readonly subject: Subject;
  readonly place: Place;
  readonly stream: RandomStream;
}

/** A shard of scenes that stand each for itself: `take` renders one, and keeps what it gives. */
function scenesShard(
  [kind, one]: readonly [kind: string, one: string],
  first: number,
  take: (meeting: Meeting, shard: Shard) => void,
): Shard {
  const shard = new Shard();
  const places = placesOf(`${kind}/${first}`);
  for (let i = first; i < first + SCENES_IN_SHARD; i++) {
    const name = `${one}/${i}`;
    const stream = randomStream(`models/train/${name}`);
    const place = stream.pick(places);
    take({ i, name, subject: passerBy(one, i), place, stream }, shard);
  }
  return shard;
}

function attacksShard(first: number): Shard {
  return scenesShard(["attacks", "attack"], first, (met, shard) => {
    const { i, name } = met;
    const scene = heldUp(i, met);
    const shot = render(i % 3 > 0 ? scene : widened(scene, name));
    shard.addFrame(shot);
    shard.addPlanes(shot, name);
  });
}

/** The `n`-th of what is held up, by whoever is met. */
function heldUp(n: number, { subject, place, stream }: Meeting): Scene {
  const species = HELD_UP[n % HELD_UP.length] ?? ATTACK_SPECIES[0];
  return attackSceneOf(TRAINING, subject, species, place, stream);
}

function wideShard(first: number): Shard {
  return scenesShard(["wide", "wide"], first, ({ name, subject, place, stream }, shard) => {
    const scene = disguised(widened(sceneOf(subject, place, stream), name), name);
    const shot = render(scene);
    shard.addFace(shot, subject.person, scene);
    shard.addFrame(shot);
    shard.addPlanes(shot, name);
  });
}

/** In turn somebody in the flesh and something held up, in pictures that did not come out well. */
function mishapsShard(first: number): Shard {
  return scenesShard(["mishaps", "mishap"], first, (met, shard) => {
    const { i, name, subject, place, stream } = met;
    const scene = i % 2 === 0 ? sceneOf(subject, place, stream) : heldUp(i >> 1, met);
    shard.addPlanes(render(mishap(scene, name)), name);
  });
}

function nobodyShard(first: number): Shard {
  const shard = new Shard();
  for (let i = first; i < first + SCENES_IN_SHARD; i++) {
    const stream = randomStream(`models/train/nobody/${i}`);
    shard.addFrame(render(sceneOf(null, placeOf(TRAINING, stream), stream)));
  }
  return shard;
}

interface Options {
  out: string;
  people: number;
  shots: number;
  tilted: number;
  harsh: number;
  attacks: number;
  wide: number;
  mishaps: number;
  nobody: number;
  part: [number, number];
}

function optionsOf(args: readonly string[]): Options {
  const named = new Map<string, string>();
  for (let i = 0; i + 1 < args.length; i += 2) named.set(args[i] ?? "", args[i + 1] ?? "");
  const number = (name: string, otherwise: number) => Number(named.get(name) ?? otherwise);
  const [part = 0, of = 1] = (named.get("--part") ?? "0/1").split("/").map(Number);
  return {
    out: named.get("--out") ?? "/tmp/atm-twin-training",
    people: number("--people", 4500),
    shots: number("--shots", 12),
    tilted: number("--tilted", 3),
    harsh: number("--harsh", 2),
    attacks: number("--attacks", 9600),
    wide: number("--wide", 1500),
    mishaps: number("--mishaps", 9000),
    nobody: number("--nobody", 750),
    part: [part, of],
  };
}

/** Every shard there is, by name; what takes longest to learn from comes first. */
function shardsOf(options: Options): Map<string, () => Shard> {
  const shards = new Map<string, () => Shard>();
  const scenes = (name: string, count: number, make: (first: number) => Shard) => {
    for (let first = 0; first < count; first += SCENES_IN_SHARD) {
      shards.set(`${name}-${String(first).padStart(6, "0")}`, () => make(first));
    }
  };
  const people = (name: string, make: (first: number) => Shard) => {
    for (let first = 0; first < options.people; first += PEOPLE_IN_SHARD) {
      shards.set(`${name}-${String(first).padStart(6, "0")}`, () => make(first));
    }
  };
  people("faces", (first) => facesShard(first, options.shots));
  people("tilted", (first) => tiltedShard(first, options.tilted));
  people("harsh", (first) => harshShard(first, options.harsh));
  scenes("attacks", options.attacks, attacksShard);
  scenes("wide", options.wide, wideShard);
  scenes("mishaps", options.mishaps, mishapsShard);
  scenes("nobody", options.nobody, nobodyShard);
  return shards;
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function main(): Promise<void> {
  const options = optionsOf(Deno.args);
  await Deno.mkdir(options.out, { recursive: true });
  const [part, of] = options.part;
  const mine = [...shardsOf(options)].filter((_, index) => index % of === part);
  for (const [done, [name, make]] of mine.entries()) {
    const path = `${options.out}/${name}`;
    if (await exists(`${path}.json`)) continue;
    const shard = make();
    for (const kind of ["faces", "frames", "planes"] as const) {
      const file = await Deno.create(`${path}.${kind}`);
      const writer = file.writable.getWriter();
      for (const item of shard[kind]) await writer.write(item);
      await writer.close();
    }
    await Deno.writeTextFile(`${path}.json.part`, JSON.stringify(shard.labels));
    await Deno.rename(`${path}.json.part`, `${path}.json`);
    console.error(`part ${part}/${of}: ${done + 1} of ${mine.length} shards, ${name}`);
  }
}

if (import.meta.main) await main();
