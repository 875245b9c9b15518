/**
 * The biometric service of one machine: what the session asks, answered from frames.
 *
 * It keeps the captures of sessions under way, and the references of enrolled people sealed, by name
 * only. Templates do not leave it.
 *
 * How several frames become one verdict:
 * - a frame is usable when its quality shows no problem; at least two must be (one, where only one
 *   was taken), else `unusable` with the commonest problem, the earliest first where two tie;
 * - the mean liveness of the usable frames must reach the threshold for the sensors that took them
 *   (the highest, where one failed half way), else `presentation_attack`;
 * - the probe is the mean of the usable frames' templates.
 *
 * @module
 */
import { unreachable } from "../assert.ts";
import { livenessThreshold } from "./manifest.ts";
import type { FacePipeline } from "./pipeline.ts";
import { type Exposure, exposureOf, type FrameSource } from "./picture.ts";
import { type RandomBytes, ReferenceStore } from "./references.ts";
import type { FaceRequest, FaceResult, FrameFinding, FrameSet, QualityProblem } from "./result.ts";
import { meanTemplate, similarity, type Template } from "./verify.ts";

/** A request that no session may make, e.g. comparing a capture that was never judged live. */
export class FaceRequestError extends Error {
  override name = "FaceRequestError";
}

/** Usable frames a verdict needs. */
const USABLE_MIN = 2;

/** Whether so many usable frames of those that were taken make a verdict. */
export function isEnough(usable: number, taken: number): boolean {
  return usable >= Math.max(1, Math.min(USABLE_MIN, taken));
}

interface Looked {
  readonly exposure: Exposure;
  readonly finding: FrameFinding;
}

export class FaceService {
  readonly #pipeline: FacePipeline;
  readonly #source: FrameSource;
  readonly #captures = new Map<string, Template>();
  readonly #references: ReferenceStore;

  /** `random`: of the keys under which references lie at rest. */
  constructor(pipeline: FacePipeline, source: FrameSource, random: RandomBytes) {
    this.#pipeline = pipeline;
    this.#source = source;
    this.#references = new ReferenceStore(pipeline.manifest.embedder.sha256, random);
  }

  /** Answers one request; a request out of order throws {@linkcode FaceRequestError}. */
  async handle(request: FaceRequest): Promise<FaceResult> {
    switch (request.op) {
      case "assess":
        return await this.#assess(request.capture, request.frames);
      case "verify":
        return this.#verify(request.capture, request.reference);
      case "enrol": {
        this.#references.set(request.reference, this.#probe(request.capture));
        return { op: "enrol", capture: request.capture, verdict: "enrolled" };
      }
      case "delete": {
        const verdict = this.#references.delete(request.reference) ? "deleted" : "no_reference";
        return { op: "delete", verdict };
      }
      case "forget": {
        this.#captures.delete(request.capture);
        return { op: "forget", capture: request.capture, verdict: "forgotten" };
      }
      default:
        return unreachable(request);
    }
  }

  /**
   * Keeps a reference made elsewhere — an earlier visit, an identity document — from its frames,
   * which must be usable. Liveness is not asked: the bank or the police took the picture.
   */
  async enrolFrom(frames: readonly FrameSet[], reference: string): Promise<void> {
    const looked = await this.#look(frames);
    const template = await this.#template(looked);
    if (template === null) {
      const problem = commonestProblem(looked.map(({ finding }) => finding));
      throw new FaceRequestError(`Cannot enrol ${reference}: no frame is usable (${problem})`);
    }
    this.#references.set(reference, template);
  }

  /** Deletes a reference; whether there was one. */
  deleteReference(reference: string): boolean {
    return this.#references.delete(reference);
  }

  async #assess(capture: string, frames: readonly FrameSet[]): Promise<FaceResult> {
    this.#captures.delete(capture);
    const looked = await this.#look(frames);
    const found = assessed(
      looked.map(({ exposure, finding }) => ({
        finding,
        threshold: livenessThreshold(this.#pipeline.manifest.liveness, exposure.channels),
      })),
      this.#pipeline.manifest.liveness.threshold,
    );
    if (found.verdict === "live") {
      const template = await this.#template(looked);
      if (template !== null) this.#captures.set(capture, template);
    }
    return { op: "assess", capture, ...found };
  }

  #verify(capture: string, reference: string): FaceResult {
    const { threshold, sha256 } = this.#pipeline.manifest.embedder;
    const probe = this.#probe(capture);
    const template = this.#references.get(reference);
    const told = { op: "verify", capture, threshold, model: sha256 } as const;
    if (template === undefined) return { ...told, verdict: "no_reference", score: null };
    const score = similarity(probe, template);
    return { ...told, verdict: score >= threshold ? "match" : "no_match", score };
  }

  #probe(capture: string): Template {
    const probe = this.#captures.get(capture);
    if (probe !== undefined) return probe;
    throw new FaceRequestError(`Cannot use capture ${capture}: it was not judged live`);
  }

  async #look(frames: readonly FrameSet[]): Promise<readonly Looked[]> {
    const looked: Looked[] = [];
    for (const frame of frames) {
      const exposure = exposureOf(
        await this.#source(frame.rgb),
        frame.nir === undefined ? undefined : await this.#source(frame.nir),
        frame.depth === undefined ? undefined : await this.#source(frame.depth),
      );
      looked.push({ exposure, finding: await this.#pipeline.look(exposure) });
    }
    return looked;
  }

  async #template(looked: readonly Looked[]): Promise<Template | null> {
    const templates: Template[] = [];
    for (const { exposure, finding } of looked) {
      if (finding.problem !== null) continue;
      templates.push(await this.#pipeline.embed(exposure, finding.landmarks));
    }
    return templates.length === 0 ? null : meanTemplate(templates);
  }
}

/** One frame's finding, and the liveness that the sensors which took it ask for. */
export interface JudgedFrame {
  readonly finding: FrameFinding;
  readonly threshold: number;
}

/** What `assess` finds, whichever capture it is. */
export type Assessment = Omit<Extract<FaceResult, { op: "assess" }>, "op" | "capture">;

/** One verdict of several frames; `otherwise` is the threshold where there is no frame. */
export function assessed(frames: readonly JudgedFrame[], otherwise: number): Assessment {
  const findings = frames.map(({ finding }) => finding);
  const thresholds = frames.map(({ threshold }) => threshold);
  const threshold = thresholds.length === 0 ? otherwise : Math.max(...thresholds);
  const told = { liveness_threshold: threshold, frames: findings } as const;
  const usable = findings.filter(({ problem }) => problem === null);
  if (!isEnough(usable.length, frames.length)) {
    return {
      ...told,
      verdict: "unusable",
      problem: commonestProblem(findings),
      liveness: null,
    };
  }
  const sum = usable.reduce((total, { liveness }) => total + (liveness ?? 0), 0);
  const liveness = Math.round((sum / usable.length) * 1e6) / 1e6;
  // Asked this way round, what is no number is no living face.
  const verdict = liveness >= threshold ? "live" : "presentation_attack";
  return { ...told, verdict, problem: null, liveness };
}

/** The problem most frames have, the earliest first where two tie; `no_face` without frames. */
export function commonestProblem(findings: readonly FrameFinding[]): QualityProblem {
  const counts = new Map<QualityProblem, number>();
  for (const { problem } of findings) {
    if (problem !== null) counts.set(problem, (counts.get(problem) ?? 0) + 1);
  }
  let commonest: QualityProblem = "no_face";
  let most = 0;
  for (const [problem, count] of counts) {
    if (count > most) [commonest, most] = [problem, count];
  }
  return commonest;
}
