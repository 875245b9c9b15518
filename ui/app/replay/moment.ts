/**
 * Everything visible at one moment of a run, folded from the trace's lines up to it.
 *
 * @module
 */
import type { FaceResult, FrameFinding } from "../../../core/face/mod.ts";
import type { Control, Screen } from "../../../core/session/mod.ts";
import type { Micros } from "../../../core/units.ts";

type Of<Op extends FaceResult["op"]> = Extract<FaceResult, { readonly op: Op }>;

/** One exposure of the three sensors. */
export interface Look {
  /** Line number of the trace. */
  readonly n: number;
  readonly t: Micros;
  /** Names of the pictures by content. */
  readonly rgb: string;
  readonly nir: string;
  readonly depth: string;
  /** Faults that changed the pixels after the scene was rendered, in order. */
  readonly faults: readonly string[];
  /** What it is rendered from. */
  readonly scene: Readonly<Record<string, unknown>>;
}

/** Where the customer's notes are. */
export type Cash = "none" | "stacked" | "presented" | "taken" | "retracted";

export interface Moment {
  /** Lines folded; the last one's number. */
  readonly n: number;
  readonly t: Micros;
  readonly screen: Screen | null;
  readonly touched: { readonly control: Control; readonly t: Micros } | null;
  readonly key: { readonly name: string; readonly t: Micros } | null;
  /** What the keypad takes now. */
  readonly keypad: "data" | "pin" | null;
  readonly visitor: "absent" | "present" | "looking";
  /** State of the session, and those it has been in, in order. */
  readonly state: string | null;
  readonly visited: readonly string[];
  readonly look: Look | null;
  /** Every exposure since the customer came. */
  readonly looks: readonly Look[];
  /** Names of the colour pictures of the frames being judged, in order. */
  readonly judging: readonly string[];
  /** What was found in a frame, by the name of its colour picture. */
  readonly findings: Readonly<Record<string, FrameFinding>>;
  readonly assessed: Of<"assess"> | null;
  readonly verified: Of<"verify"> | null;
  readonly cash: Cash;
  /** The receipt in the slot: text, or the `data:` URL of a picture. */
  readonly receipt: { readonly text: string; readonly taken: boolean } | null;
  /** Commands that devices are working on, by `device requestId`. */
  readonly working: Readonly<Record<string, { readonly device: string; readonly name: string }>>;
  /** The visible inside of each device. */
  readonly devices: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Numbers of the lines with host messages, ledger entries and oracles' findings. */
  readonly messages: readonly number[];
  readonly ledger: readonly number[];
  readonly broken: readonly number[];
  /** Faults active now, by id. */
  readonly faults: readonly string[];
  readonly outcome: { readonly outcome: string; readonly reason: string } | null;
  /** A moment whose wall clock is known: the rest follows from it. */
  readonly wall: { readonly t: Micros; readonly wall_ms: number } | null;
}

/** Before the first line. */
export const BEGINNING: Moment = {
  n: 0,
  t: 0 as Micros,
  screen: null,
  touched: null,
  key: null,
  keypad: null,
  visitor: "absent",
  state: null,
  visited: [],
  look: null,
  looks: [],
  judging: [],
  findings: {},
  assessed: null,
  verified: null,
  cash: "none",
  receipt: null,
  working: {},
  devices: {},
  messages: [],
  ledger: [],
  broken: [],
  faults: [],
  outcome: null,
  wall: null,
};
