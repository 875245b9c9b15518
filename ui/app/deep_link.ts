/**
 * What the address says after `#`: which run, which moment, how fast, in which language. Pasting it shows
 * the same again.
 *
 * ```
 *   #lang=bo                                         the shelf of scenarios
 *   #page=audit&lang=zh                              another page, by its name
 *   #run=18124e67cc895ea7&scenario=first-use&seed=1&t=12345&n=97&speed=2&lang=bo
 *                                                    a moment, in ms, and the line chosen there
 *   #run=18124e67cc895ea7&with=5f0e1d2c3b4a5968       two runs side by side
 * ```
 *
 * @module
 */
import type { Language } from "../../core/session/mod.ts";
import { LANGUAGES } from "../../core/locale/mod.ts";

/** Pages beside the shelf and the stage; some are about a run or a scenario. */
export const PAGES = ["teach", "handout", "audit", "play", "edit", "campaign"] as const;
export type PageName = (typeof PAGES)[number];

export interface DeepLink {
  readonly lang: Language | null;
  /** A page of its own; absent: the shelf, or the run. */
  readonly page: PageName | null;
  readonly run: string | null;
  /** The run beside it. */
  readonly with: string | null;
  /** What the run is of: a server that does not have it can make it again, and gets the same id. */
  readonly scenario: string | null;
  readonly seed: number | null;
  /** Milliseconds of virtual time. */
  readonly t: number | null;
  /** Line of the trace: tells lines of the same time apart. */
  readonly n: number | null;
  readonly speed: number | null;
  /** What Tibetan counts with: ༠–༩ or 0–9. */
  readonly digits: "tibt" | "latn" | null;
}

/** In the order they are written. */
const NAMES = [
  "page",
  "run",
  "with",
  "scenario",
  "seed",
  "t",
  "n",
  "speed",
  "lang",
  "digits",
] as const;

const SEED_MAX = 0xffff_ffff;

/** Reads an address's hash; whatever is not understood is as if it were absent. */
export function parseDeepLink(hash: string): DeepLink {
  const params = new URLSearchParams(hash.replace(/^#/, ""));
  const number = (name: string) => {
    const text = params.get(name) ?? "";
    return /^\d+(\.\d+)?$/.test(text) ? Number(text) : null;
  };
  const seed = (name: string) => {
    const value = number(name);
    return value !== null && Number.isInteger(value) && value <= SEED_MAX ? value : null;
  };
  const run = (name: string) => /^[0-9a-f]{1,64}$/.exec(params.get(name) ?? "")?.[0] ?? null;
  const word = (name: string) => /^[a-z0-9-]{1,100}$/.exec(params.get(name) ?? "")?.[0] ?? null;
  return {
    lang: LANGUAGES.find((language) => language === params.get("lang")) ?? null,
    page: PAGES.find((page) => page === params.get("page")) ?? null,
    run: run("run"),
    with: run("with"),
    scenario: word("scenario"),
    seed: seed("seed"),
    t: number("t"),
    n: number("n"),
    speed: number("speed"),
    digits: (["tibt", "latn"] as const).find((one) => one === params.get("digits")) ?? null,
  };
}

/** Writes the hash; absent values stay out. */
export function formatDeepLink(link: Partial<DeepLink>): string {
  const params = new URLSearchParams();
  for (const name of NAMES) {
    const value = link[name];
    if (value !== null && value !== undefined) params.set(name, String(value));
  }
  return `#${params}`;
}
