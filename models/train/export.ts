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
import {
  ALIGNED_TEMPLATE,
  fitSimilarity,
  livenessPlanes,
  transform,
  warp,
} from "../../core/face/mod.ts";
import { type RandomStream, randomStream } from "../../core/numeric/mod.ts";
import {
  ATTACK_SPECIES,
  type AttackSpecies,
  faceOf,
  render,
  type Scene,
  type Shot,
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

/** Side of an aligned training face: the template with 8 pixels more on every side, for jitter. */
const CANVAS = 128;
const CANVAS_TEMPLATE = ALIGNED_TEMPLATE.map(([x, y]) => [x + 8, y + 8] as const);
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

/** What a shard collects. */
class Shard {
  readonly faces: Uint8Array[] = [];
  readonly frames: Uint8Array[] = [];
  readonly planes: Uint8Array[] = [];
  readonly labels: {
    person: number[];
    boxes: (readonly number[] | null)[];
    landmarks: (readonly number[] | null)[];
    live: number[];
    /** What each of the planes shows, and where the landmarks lie on each of the faces. */
    species: (string | null)[];
    marks: (readonly number[])[];
    /** Of each face, whether its eyes are closed and whether it is covered: 1, 0, or −1 for neither. */
    closed: number[];
    covered: number[];
  } = {
    person: [],
    boxes: [],
    landmarks: [],
    live: [],
    species: [],
    marks: [],
    closed: [],
    covered: [],
  };

  addFace(shot: Shot, person: number, scene: Scene): void {
    if (shot.truth === null) return;
    const to = fitSimilarity(shot.truth.landmarks, CANVAS_TEMPLATE);
    this.faces.push(warp(shot.rgb, shot.width, shot.height, to, CANVAS));
    this.labels.person.push(person);
    this.labels.marks.push(shot.truth.landmarks.flatMap((point) => transform(to, point)));
    const { blink } = scene.expression;
    this.labels.closed.push(blink > 0.8 ? 1 : blink < 0.4 ? 0 : -1);
    this.labels.covered.push(scene.worn?.some((worn) => worn !== "fur-hat") ? 1 : 0);
  }

  addFrame(shot: Shot): void {
    this.frames.push(halfGrey(shot));
    this.labels.boxes.push(shot.truth?.box ?? null);
    this.labels.landmarks.push(shot.truth?.landmarks.flat() ?? null);
  }

  /** Planes as the detector's own box would cut them: a few per cent beside the true one. */
  addPlanes(shot: Shot, name: string): void {
    if (shot.truth === null) return;
    const stream = randomStream(`models/train/${name}/box`);
    const [x, y, w, h] = shot.truth.box;
    const grown = 1 + 0.06 * stream.normal();
    const dx = 0.04 * w * stream.normal();
    const dy = 0.04 * h * stream.normal();
    const box = [
      x + dx - (grown - 1) * w / 2,
      y + dy - (grown - 1) * h / 2,
      w * grown,
      h * grown,
    ] as const;
    this.planes.push(livenessPlanes(shot, box));
    this.labels.live.push(shot.truth.attack === null ? 1 : 0);
    this.labels.species.push(shot.truth.attack);
  }
}

/** The picture at 160 × 120 in grey: the same mean and weights as the exported graph's. */
function halfGrey(shot: Shot): Uint8Array {
  const out = new Uint8Array(160 * 120);
  for (let y = 0; y < 120; y++) {
    for (let x = 0; x < 160; x++) {
      let sum = 0;
      for (const at of [640 * y + 2 * x, 640 * y + 2 * x + 320]) {
        for (const i of [3 * at, 3 * at + 3]) {
          sum += 0.299 * (shot.rgb[i] ?? 0) + 0.587 * (shot.rgb[i + 1] ?? 0) +
            0.114 * (shot.rgb[i + 2] ?? 0);
        }
      }
      out[160 * y + x] = Math.round(sum / 4);
    }
  }
  return out;
}

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

function facesShard(first: number, shots: number): Shard {
  const shard = new Shard();
  const places = placesOf(`faces/${first}`);
  for (let index = first; index < first + PEOPLE_IN_SHARD; index++) {
    const person = personOf(TRAINING, index);
    const days = daysOf(person);
    for (let i = 0; i < shots; i++) {
      const name = `person/${person}/shot/${i}`;
      const stream = randomStream(`models/train/${name}`);
      const visit = days[Math.floor((i * DAYS) / shots)] ?? 0;
      const scene = sceneOf({ person, kin: "self", visit }, stream.pick(places), stream);
      const shot = render(scene);
      shard.addFace(shot, person, scene);
      if (i % SHARED_EVERY !== index % SHARED_EVERY) continue;
      shard.addFrame(shot);
      shard.addPlanes(shot, name);
    }
  }
  return shard;
}

/** The people of `faces` as whoever stands or sits too low, too high or aside is seen. */
function tiltedShard(first: number, shots: number): Shard {
  const shard = new Shard();
  const places = placesOf(`tilted/${first}`);
  for (let index = first; index < first + PEOPLE_IN_SHARD; index++) {
    const person = personOf(TRAINING, index);
    const days = daysOf(person);
    for (let i = 0; i < shots; i++) {
      const name = `person/${person}/tilted/${i}`;
      const stream = randomStream(`models/train/${name}`);
      const visit = days[(index + 2 * i) % DAYS] ?? 0;
      const upright = sceneOf({ person, kin: "self", visit }, stream.pick(places), stream);
      const scene = tilted(upright, name);
      shard.addFace(render(scene), person, scene);
    }
  }
  return shard;
}

/** The people of `faces` in harsh light; those a model finds harder to tell are met more often. */
function harshShard(first: number, shots: number): Shard {
  const shard = new Shard();
  const places = placesOf(`harsh/${first}`).map((place, i) => ({ ...place, light: harshLight(i) }));
  for (let index = first; index < first + PEOPLE_IN_SHARD; index++) {
    const person = personOf(TRAINING, index);
    const days = daysOf(person);
    const { skin_tone, habits } = faceOf({ person, kin: "self", visit: 0 });
    const often = 1 + Number(skin_tone > 0.5) + Number(habits.glasses !== null);
    for (let i = 0; i < shots * often; i++) {
      const name = `person/${person}/harsh/${i}`;
      const stream = randomStream(`models/train/${name}`);
      const visit = days[(index + i) % DAYS] ?? 0;
      const upright = sceneOf({ person, kin: "self", visit }, stream.pick(places), stream);
      const scene = soiled(upright, name);
      shard.addFace(render(scene), person, scene);
    }
  }
  return shard;
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
