/**
 * The name of person N: a small picture from nature, which nobody is called.
 *
 * ```
 *   White Crane of the High Lake · 高湖的白鹤 · མཚོ་མཐོན་པོའི་ཁྲུང་ཁྲུང་དཀར་པོ
 * ```
 *
 * 16 qualities × 32 things × 10 qualities of a place × 20 places = 102,400 names, each used once.
 */
import { PLACE_QUALITIES, PLACES, QUALITIES, THINGS, type Word } from "./words.ts";
import { assert } from "../../core/assert.ts";

/** A name in the three languages of the machine. */
export interface Name {
  readonly en: string;
  readonly zh: string;
  readonly bo: string;
}

const NAMES = QUALITIES.length * THINGS.length * PLACE_QUALITIES.length * PLACES.length;

/** Neither 2 nor 5 divides it, and 102,400 = 2¹² · 5²: so N ↦ N · STEP mod NAMES is a bijection. */
const STEP = 61_803;

const KIN: Readonly<Record<"twin" | "sibling" | "cousin", Word>> = {
  twin: ["twin", "孪生手足", "མཚེ་མ"],
  sibling: ["sibling", "手足", "སྤུན་མཆེད"],
  cousin: ["cousin", "表亲", "གཉེན་ཉེ"],
};

/** The name of person N; no two of the 100,000 are the same in any language. */
export function nameOf(person: number): Name {
  let rest = (person * STEP) % NAMES;
  const pick = (words: readonly Word[]): Word => {
    const word = words[rest % words.length];
    assert(word !== undefined, "a remainder is an index of the list it was divided by");
    rest = Math.floor(rest / words.length);
    return word;
  };
  const [quality, thing] = [pick(QUALITIES), pick(THINGS)];
  const [placeQuality, place] = [pick(PLACE_QUALITIES), pick(PLACES)];
  return {
    en: `${quality[0]} ${thing[0]} of the ${placeQuality[0]} ${place[0]}`,
    zh: `${placeQuality[1]}${place[1]}的${quality[1]}${thing[1]}`,
    bo: `${place[2]}་${placeQuality[2]}འི་${thing[2]}་${quality[2]}`,
  };
}

/** "Sibling of …": relatives have no name of their own, only whose they are. */
export function kinNameOf(person: number, kin: "twin" | "sibling" | "cousin"): Name {
  const [en, zh, bo] = KIN[kin];
  const name = nameOf(person);
  return {
    en: `${en} of ${name.en}`,
    zh: `${name.zh}的${zh}`,
    bo: `${name.bo}འི་${bo}`,
  };
}
