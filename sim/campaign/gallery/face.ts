/**
 * A run's face engine over the gallery: what was judged before is remembered, what was not is judged by
 * the real service now.
 *
 * A capture and a reference stand here for the frames they were made of, so that a comparison is known by
 * the two lists of frames. Templates are only in the real service, which ends with the run.
 */
import { assert } from "../../../core/assert.ts";
import {
  assessed,
  type Assessment,
  type FaceRequest,
  FaceRequestError,
  type FaceResult,
  type FrameSet,
  type FrameSource,
  type JudgedFrame,
} from "../../../core/face/mod.ts";
import type { FaceEngine, RunPorts } from "../../world/mod.ts";
import type { Gallery } from "./gallery.ts";

export class RememberedFace implements FaceEngine {
  readonly #gallery: Gallery;
  readonly #open: () => FaceEngine;
  #opened: FaceEngine | null = null;
  /** What the real service was shown as a capture, and what as a reference. */
  readonly #shown = new Set<string>();
  readonly #kept = new Set<string>();
  readonly #captures = new Map<string, readonly FrameSet[]>();
  readonly #references = new Map<string, readonly FrameSet[]>();

  constructor(
    gallery: Gallery,
    engine: RunPorts["face"],
    frames: FrameSource,
  ) {
    this.#gallery = gallery;
    this.#open = () => engine((name) => gallery.frame(name, frames));
  }

  get #real(): FaceEngine {
    return this.#opened ??= this.#open();
  }

  handle(request: FaceRequest): FaceResult | Promise<FaceResult> {
    switch (request.op) {
      case "assess":
        return this.#assess(request.capture, request.frames);
      case "verify":
        return this.#verify(request.capture, request.reference);
      case "enrol": {
        const { capture, reference } = request;
        this.#references.set(reference, this.#probe(capture));
        return { op: "enrol", capture, verdict: "enrolled" };
      }
      case "delete": {
        const verdict = this.#references.delete(request.reference) ? "deleted" : "no_reference";
        return { op: "delete", verdict };
      }
      case "forget":
        this.#captures.delete(request.capture);
        return { op: "forget", capture: request.capture, verdict: "forgotten" };
    }
  }

  /** Whether its face can be used is found out when it is first compared. */
  enrolFrom(frames: readonly FrameSet[], reference: string): void {
    this.#references.set(reference, frames);
  }

  #assess(capture: string, frames: readonly FrameSet[]): FaceResult | Promise<FaceResult> {
    this.#captures.delete(capture);
    const known = this.#gallery.assessment(keyOf(frames));
    return known === undefined
      ? this.#assessNow(capture, frames)
      : this.#told(capture, frames, known);
  }

  /** Puts a look together, and asks the real service about each frame that nobody has asked about. */
  async #assessNow(capture: string, frames: readonly FrameSet[]): Promise<FaceResult> {
    const judged: JudgedFrame[] = [];
    for (const frame of frames) {
      judged.push(this.#gallery.finding(keyOf([frame])) ?? await this.#judgeNow(frame));
    }
    const [first] = judged;
    assert(first !== undefined, "a look is of one frame at least");
    const found = assessed(judged, first.threshold);
    this.#gallery.rememberAssessment(keyOf(frames), found);
    return this.#told(capture, frames, found);
  }

  async #judgeNow(frame: FrameSet): Promise<JudgedFrame> {
    const key = keyOf([frame]);
    const found = await this.#real.handle({ op: "assess", capture: key, frames: [frame] });
    const [finding] = found.op === "assess" ? found.frames : [];
    assert(found.op === "assess" && finding !== undefined, "a frame that is shown is judged");
    const judged = { finding, threshold: found.liveness_threshold };
    this.#gallery.rememberFinding(key, judged);
    return judged;
  }

  #told(capture: string, frames: readonly FrameSet[], found: Assessment): FaceResult {
    if (found.verdict === "live") this.#captures.set(capture, frames);
    return { op: "assess", capture, ...found };
  }

  #verify(capture: string, reference: string): FaceResult | Promise<FaceResult> {
    const probe = this.#probe(capture);
    const kept = this.#references.get(reference);
    const known = this.#gallery.comparison(`${keyOf(probe)} ${referenceOf(kept)}`);
    if (known !== undefined) return { ...known, capture };
    return this.#verifyNow(capture, probe, kept);
  }

  async #verifyNow(
    capture: string,
    probe: readonly FrameSet[],
    kept: readonly FrameSet[] | undefined,
  ): Promise<FaceResult> {
    const [shown, reference] = [keyOf(probe), referenceOf(kept)];
    if (!this.#shown.has(shown)) {
      await this.#real.handle({ op: "assess", capture: shown, frames: probe });
      this.#shown.add(shown);
    }
    if (kept !== undefined && !this.#kept.has(reference)) {
      await this.#real.enrolFrom(kept, reference);
      this.#kept.add(reference);
    }
    const found = await this.#real.handle({ op: "verify", capture: shown, reference });
    if (found.op !== "verify") return found;
    const { capture: _, ...comparison } = found;
    this.#gallery.rememberComparison(`${shown} ${reference}`, comparison);
    return { ...found, capture };
  }

  #probe(capture: string): readonly FrameSet[] {
    const probe = this.#captures.get(capture);
    if (probe !== undefined) return probe;
    throw new FaceRequestError(`Cannot use capture ${capture}: it was not judged live`);
  }
}

/** A list of frames, named by their colour pictures and what else was exposed with them. */
function keyOf(frames: readonly FrameSet[]): string {
  let key = "";
  for (const { rgb, nir, depth } of frames) key += short(rgb) + short(nir) + short(depth);
  return key;
}

/** A reference by the frames it was made of; one that is not there has a name too. */
function referenceOf(kept: readonly FrameSet[] | undefined): string {
  return kept === undefined ? "nothing" : keyOf(kept);
}

/** The first 80 bits of a SHA-256, nothing for a sensor that is not there: enough for some thousands. */
function short(name = ""): string {
  return name.slice(7, 27);
}
