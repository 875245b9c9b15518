/**
 * What a person chooses rather than inherits: haircut, beard, glasses, make-up, clothes.
 *
 * The usual choice belongs to the person; a visit changes it a little: another haircut, a shave,
 * glasses left at home, other clothes. Visit 0 is the day of the ID photo.
 *
 * @module
 */
import { type RandomStream, randomStream } from "../../core/numeric/mod.ts";

/** Haircuts; `bald` keeps a rim of hair, `shaved` none. */
export type HairStyle =
  | "shaved"
  | "bald"
  | "crop"
  | "side-part"
  | "swept-back"
  | "fringe"
  | "curly"
  | "bob"
  | "long"
  | "tied-back"
  | "bun"
  | "braids";

/** Facial hair. */
export type BeardStyle = "none" | "moustache" | "goatee" | "full";

/** Frame of the glasses. */
export interface Glasses {
  shape: "round" | "rectangle" | "oval";
  /** Half width and half height of a lens, cm. */
  width: number;
  height: number;
  /** Thickness of the rim, cm. */
  rim: number;
  /** Linear colour of the frame. */
  colour: readonly [number, number, number];
}

/** The choices of one visit. */
export interface Habits {
  hair: HairStyle;
  /** Where the hair parts: −1 picture left … 1 right. */
  parting: number;
  /** Length of what falls down, cm below the eyes. */
  length: number;
  beard: BeardStyle;
  /** Length of the beard's darkness, 0…1. */
  beard_full: number;
  glasses: Glasses | null;
  makeup: number;
  earrings: boolean;
  /** Linear colour of the cloth, of what shows at the neck, and the kind of both. */
  cloth: readonly [number, number, number];
  lining: readonly [number, number, number];
  collar: "round" | "shirt" | "robe";
  pattern: "plain" | "stripes" | "checks";
  /** Seeds what no other field names. */
  seed: number;
}

const MEN: readonly HairStyle[] = [
  "crop",
  "crop",
  "side-part",
  "side-part",
  "swept-back",
  "fringe",
  "fringe",
  "curly",
  "shaved",
  "tied-back",
];
const WOMEN: readonly HairStyle[] = [
  "long",
  "long",
  "bob",
  "bob",
  "tied-back",
  "tied-back",
  "bun",
  "braids",
  "fringe",
  "curly",
  "side-part",
];
const FRAMES: readonly (readonly [number, number, number])[] = [
  [0.01, 0.01, 0.012],
  [0.012, 0.01, 0.01],
  [0.08, 0.03, 0.015],
  [0.25, 0.25, 0.27],
  [0.3, 0.21, 0.09],
  [0.05, 0.012, 0.015],
];
const CLOTHS: readonly (readonly [number, number, number])[] = [
  [0.02, 0.025, 0.035],
  [0.03, 0.045, 0.11],
  [0.16, 0.02, 0.025],
  [0.1, 0.07, 0.045],
  [0.3, 0.3, 0.31],
  [0.55, 0.54, 0.5],
  [0.05, 0.1, 0.08],
  [0.3, 0.14, 0.16],
  [0.12, 0.13, 0.15],
  [0.08, 0.16, 0.28],
  [0.33, 0.2, 0.05],
  [0.14, 0.05, 0.14],
];

/** The choices of the person with this lineage ("person/7", "person/7/twin") on a visit. */
export function drawHabits(
  lineage: string,
  visit: number,
  age: number,
  sex: "female" | "male",
): Habits {
  const usual = randomStream(`${lineage}/habits`);
  const today = randomStream(`${lineage}/visit/${visit}/habits`);
  const wears = usual.uniform() < 0.18 + age / 260;
  const glasses = drawGlasses(usual);
  const hair = drawHair(usual, age, sex);
  const beard = drawBeard(usual, sex);
  const parting = usual.uniform() < 0.5 ? -1 : 1;
  const makeup = sex === "female" ? usual.uniform() * usual.uniform() : 0;
  const shaved = visit > 0 && today.uniform() < 0.12;
  const other = visit > 0 && today.uniform() < 0.22;
  return {
    hair: other ? anotherCut(hair, today) : hair,
    parting: parting * (0.25 + 0.4 * usual.uniform()),
    length: 5 + 12 * usual.uniform() + 2 * today.normal(),
    beard: shaved ? "none" : beard,
    beard_full: 0.55 + 0.45 * today.uniform(),
    glasses: wears && !(visit > 0 && today.uniform() < 0.15) ? glasses : null,
    makeup: visit === 0 ? makeup : makeup * today.uniform() * 1.3,
    earrings: sex === "female" && usual.uniform() < 0.5,
    cloth: today.pick(CLOTHS),
    lining: today.pick(CLOTHS),
    collar: today.pick(["round", "shirt", "shirt", "robe"]),
    pattern: today.pick(["plain", "plain", "plain", "stripes", "checks"]),
    seed: today.integer(0, 0x7fffffff),
  };
}

function drawGlasses(s: RandomStream): Glasses {
  const shape = s.pick(["round", "rectangle", "rectangle", "oval"] as const);
  const width = 2.25 + 0.35 * s.uniform();
  const height = shape === "round" ? width * 0.93 : 1.5 + 0.45 * s.uniform();
  return { shape, width, height, rim: 0.09 + 0.16 * s.uniform(), colour: s.pick(FRAMES) };
}

function drawHair(s: RandomStream, age: number, sex: "female" | "male"): HairStyle {
  const cut = s.pick(sex === "male" ? MEN : WOMEN);
  const thin = s.uniform() < (age - 35) / 90;
  if (sex === "male" && thin) return "bald";
  return sex === "female" && age > 60 && cut === "long" ? "tied-back" : cut;
}

function drawBeard(s: RandomStream, sex: "female" | "male"): BeardStyle {
  const x = s.uniform();
  if (sex === "female" || x < 0.66) return "none";
  return x < 0.8 ? "moustache" : x < 0.89 ? "goatee" : "full";
}

function anotherCut(hair: HairStyle, s: RandomStream): HairStyle {
  const near: Record<HairStyle, readonly HairStyle[]> = {
    shaved: ["shaved", "crop"],
    bald: ["bald", "shaved"],
    crop: ["shaved", "side-part", "fringe"],
    "side-part": ["crop", "swept-back", "fringe"],
    "swept-back": ["side-part", "crop"],
    fringe: ["side-part", "crop"],
    curly: ["crop", "curly"],
    bob: ["long", "tied-back", "fringe"],
    long: ["tied-back", "bun", "braids", "bob"],
    "tied-back": ["long", "bun"],
    bun: ["tied-back", "long"],
    braids: ["long", "tied-back"],
  };
  return s.pick(near[hair]);
}
