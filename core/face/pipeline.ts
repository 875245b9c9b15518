/**
 * The pipeline: its models and the steps between them, without memory of anybody.
 *
 *     exposure ─► detect ─► closer ─► quality ─► liveness ─► (all frames judged) ─► align ─► embed
 *
 * A face is embedded only after its frames were judged live, so no template of a picture exists.
 *
 * @module
 */
import { assert } from "../assert.ts";
import type { Detection } from "./detect.ts";
import type { LandmarksEntry, LivenessChannels, Manifest, ModelEntry, Role } from "./manifest.ts";
import { Memo } from "./memo.ts";
import { Model } from "./model.ts";
import type { Exposure, FrameSource } from "./picture.ts";
import { blanked } from "./planes.ts";
import { judgeQuality } from "./quality.ts";
import type { FrameFinding } from "./result.ts";
import type { OrtRuntime } from "./runtime.ts";
import type { RandomBytes } from "./references.ts";
import { FaceService } from "./service.ts";
import {
  alignedFace,
  detectFaces,
  embedFace,
  judgeLiveness,
  livenessPicture,
  refineBest,
} from "./stages.ts";
import type { Template } from "./verify.ts";

/** The bytes of every model that {@linkcode filesOf} the manifest names. */
export type ModelBytes = Readonly<Record<Role, Uint8Array>> & {
  readonly landmarks?: Uint8Array;
};

export interface FacePipelineOptions {
  readonly models: ModelBytes;
  readonly manifest: Manifest;
  /** The namespace of `onnxruntime-web`: Deno's or the browser's build. */
  readonly runtime: OrtRuntime;
  /** Results remembered by content for each model; 0 switches the memory off. */
  readonly memo?: number;
}

/** Results kept by default: some hundred sessions' worth, below 2 MB. */
const MEMO_LIMIT = 1024;

/** The models of a pipeline, opened. */
interface OpenModels extends Readonly<Record<Role, Model>> {
  readonly landmarks: Model | null;
}

/** Checks and opens the models. Heavy (about 0.4 s): open once, serve many worlds. */
export async function createFacePipeline(options: FacePipelineOptions): Promise<FacePipeline> {
  const { models, manifest, runtime } = options;
  const opened: Model[] = [];
  async function open(entry: LandmarksEntry | ModelEntry, bytes: Uint8Array): Promise<Model> {
    const model = await Model.open(runtime, entry, bytes);
    opened.push(model);
    return model;
  }
  try {
    const closer = manifest.detector.landmarks;
    assert((closer === undefined) === (models.landmarks === undefined), "every model has bytes");
    const all = {
      detector: await open(manifest.detector, models.detector),
      landmarks: closer === undefined || models.landmarks === undefined
        ? null
        : await open(closer, models.landmarks),
      liveness: await open(manifest.liveness, models.liveness),
      embedder: await open(manifest.embedder, models.embedder),
    };
    return new FacePipeline(all, manifest, options.memo ?? MEMO_LIMIT);
  } catch (error) {
    for (const model of opened) await model.release();
    throw error;
  }
}

/** The models and the steps between them; see {@linkcode createFacePipeline}. */
export class FacePipeline {
  readonly manifest: Manifest;
  readonly #models: OpenModels;
  readonly #faces: Memo<readonly Detection[]>;
  readonly #live: Memo<number>;
  readonly #templates: Memo<Template>;

  constructor(
    models: OpenModels,
    manifest: Manifest,
    memo: number,
  ) {
    this.manifest = manifest;
    this.#models = models;
    this.#faces = new Memo(memo);
    this.#live = new Memo(memo);
    this.#templates = new Memo(memo);
  }

  /** What a session's biometric service does with these models, frames and chance. */
  serve(frames: FrameSource, random: RandomBytes): FaceService {
    return new FaceService(this, frames, random);
  }

  /** Every face the detector finds, best first; the best one's landmarks looked at closely. */
  detect(exposure: Exposure): Promise<readonly Detection[]> {
    const { detector, landmarks } = this.#models;
    const entry = this.manifest.detector;
    return this.#faces.through(
      landmarks === null ? detector.sha256 : `${detector.sha256}+${landmarks.sha256}`,
      exposure.rgb,
      async () => {
        const faces = await detectFaces(detector, entry, exposure);
        if (landmarks === null || entry.landmarks === undefined) return faces;
        return await refineBest(landmarks, entry.landmarks, exposure, faces);
      },
    );
  }

  /** Faces, usability and liveness of one exposure; liveness wherever there is one face to judge. */
  async look(exposure: Exposure): Promise<FrameFinding> {
    const faces = await this.detect(exposure);
    const problem = judgeQuality(exposure, faces, this.manifest.detector.landmarks);
    const face = faces[0];
    if (face === undefined) {
      return { box: null, landmarks: [], detection: 0, problem, liveness: null };
    }
    const { box, landmarks, score } = face;
    const liveness = problem === "several_faces" ? null : await this.liveness(exposure, box);
    return { box, landmarks, detection: score, problem, liveness };
  }

  /** The template of the face with these landmarks. */
  embed(exposure: Exposure, landmarks: FrameFinding["landmarks"]): Promise<Template> {
    const { embedder } = this.#models;
    const entry = this.manifest.embedder;
    const face = alignedFace(entry, exposure, landmarks);
    return this.#templates.through(embedder.sha256, face, () => embedFace(embedder, entry, face));
  }

  /** How often each stage's result was remembered and how often computed. */
  get memoCounts(): Record<"detector" | "liveness" | "embedder", { hits: number; misses: number }> {
    return {
      detector: { ...this.#faces.counts },
      liveness: { ...this.#live.counts },
      embedder: { ...this.#templates.counts },
    };
  }

  /** Gives the runtime's memory back. */
  async release(): Promise<void> {
    const { detector, landmarks, liveness, embedder } = this.#models;
    for (const model of [detector, landmarks, liveness, embedder]) await model?.release();
  }

  /**
   * How likely the face in this box lives, 0…1. What there is no sensor for the model is shown as a
   * grey that says nothing, as it was in training; fewer channels still where that is asked.
   */
  liveness(
    exposure: Exposure,
    box: readonly [x: number, y: number, w: number, h: number],
    channels: LivenessChannels = exposure.channels ?? "rgb+nir+depth",
  ): Promise<number> {
    const { liveness } = this.#models;
    const entry = this.manifest.liveness;
    const whole = livenessPicture(entry, exposure, box);
    const picture = entry.input.channels === "rgb+nir+depth" ? blanked(whole, channels) : whole;
    return this.#live.through(
      liveness.sha256,
      picture,
      () => judgeLiveness(liveness, entry, picture),
    );
  }
}
