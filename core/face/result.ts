/**
 * What the session asks of the face, and what it is told: plain data, no picture, no template.
 *
 * Verification is 1:1 and only 1:1: a capture is compared with the reference of the one person whose
 * number was entered. There is no request that takes a face and a list of people.
 *
 * @module
 */

/** The sensors a camera can have: colour, which triggers the others, near infrared, depth. */
export const CHANNELS = ["rgb", "nir", "depth"] as const;
export type Channel = (typeof CHANNELS)[number];

/**
 * Names of one synchronous exposure, by content (`sha256:` + hex): of every sensor that the machine
 * has, colour at least.
 */
export interface FrameSet {
  readonly rgb: string;
  readonly nir?: string;
  readonly depth?: string;
  /** What the camera was given to seal the exposure with, where the machine wants seals. */
  readonly nonce?: string;
}

export type FaceRequest =
  /** Is there one live face in these frames, good enough to compare? Keeps the probe under `capture`. */
  | { readonly op: "assess"; readonly capture: string; readonly frames: readonly FrameSet[] }
  /** Is the capture the person of this one reference? */
  | { readonly op: "verify"; readonly capture: string; readonly reference: string }
  /** Keep the capture as this person's reference (after consent, face, number and PIN). */
  | { readonly op: "enrol"; readonly capture: string; readonly reference: string }
  /** Delete this person's reference: consent is withdrawn, and its key is destroyed. */
  | { readonly op: "delete"; readonly reference: string }
  /** Forget the capture: every session ends with it. */
  | { readonly op: "forget"; readonly capture: string };

/** Why a frame cannot be used; each is an instruction to the customer. */
export type QualityProblem =
  | "no_face"
  | "several_faces"
  | "too_far"
  | "too_close"
  | "off_centre"
  | "turned_away"
  | "too_dark"
  | "too_bright"
  | "blurred"
  | "eyes_closed"
  | "covered";

/** What was seen in one frame set. Pixels of the 320×240 picture; degrees; 0…1 scores. */
export interface FrameFinding {
  readonly box: readonly [x: number, y: number, w: number, h: number] | null;
  /** Image order: left eye, right eye, nose tip, left and right mouth corner. */
  readonly landmarks: readonly (readonly [x: number, y: number])[];
  readonly detection: number;
  readonly problem: QualityProblem | null;
  /** Probability of a live face in front of the lens; null where there is no face to judge. */
  readonly liveness: number | null;
}

export type FaceResult =
  | {
    readonly op: "assess";
    readonly capture: string;
    readonly verdict: "live" | "presentation_attack" | "unusable" | "injected";
    /** The instruction to give when the verdict is `unusable`. */
    readonly problem: QualityProblem | null;
    /** Mean over usable frames, and the value it must reach. */
    readonly liveness: number | null;
    readonly liveness_threshold: number;
    readonly frames: readonly FrameFinding[];
  }
  | {
    readonly op: "verify";
    readonly capture: string;
    readonly verdict: "match" | "no_match" | "no_reference";
    /** Cosine similarity, −1…1; null without a reference. */
    readonly score: number | null;
    readonly threshold: number;
    readonly model: string;
  }
  | { readonly op: "enrol"; readonly capture: string; readonly verdict: "enrolled" | "not_kept" }
  | { readonly op: "delete"; readonly verdict: "deleted" | "no_reference" }
  | { readonly op: "forget"; readonly capture: string; readonly verdict: "forgotten" };
