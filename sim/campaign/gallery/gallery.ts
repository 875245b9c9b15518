/**
 * The gallery: pictures and judgements of faces, rendered and inferred for real once and then remembered
 * by content.
 *
 *   scene ─► hashes of its three pictures      frame ─► what the models found      frames, frames ─► score
 *
 * Nothing in it is a decision: the core still decides on what it is told. What is not in it yet is worked
 * out when it is first asked for, by the same renderer and the same models as in any other run, and no
 * template is ever kept: a comparison is remembered as the score it gave.
 *
 * @module
 */
import type {
  Assessment,
  FaceResult,
  FrameSource,
  JudgedFrame,
  Picture,
} from "../../../core/face/mod.ts";
import { canonicalJson } from "../../../core/json.ts";
import {
  type PictureFault,
  type Scene,
  type Shot,
  shotHashes,
  shotUnder,
} from "../../../devices/camera/mod.ts";
import type { RunPorts } from "../../world/mod.ts";
import { RememberedFace } from "./face.ts";
import { RememberedShot } from "./shot.ts";

export type Comparison = Omit<Extract<FaceResult, { op: "verify" }>, "capture">;
type Hashes = ReturnType<typeof shotHashes>;

/** What a gallery holds, as data: it travels to workers and into a file. */
export interface GalleryPages {
  readonly pictures: Readonly<Record<string, Hashes>>;
  /** What a camera's faults made of a picture, by {@linkcode spoiltKey}. */
  readonly spoilt?: Readonly<Record<string, Hashes>>;
  /** What the models found in a frame. */
  readonly findings: Readonly<Record<string, JudgedFrame>>;
  readonly comparisons: Readonly<Record<string, Comparison>>;
  /** Whose pictures are all here. */
  readonly people?: readonly number[];
}

export const EMPTY_PAGES: GalleryPages = { pictures: {}, findings: {}, comparisons: {} };

/** The real renderer and the real models. */
export type GallerySources = Pick<RunPorts, "face" | "render">;

/** Shots whose pixels are kept for a while after they were needed. */
const RENDERED_MAX = 32;

export class Gallery {
  readonly #sources: GallerySources;
  readonly #shots = new Map<string, RememberedShot>();
  /** The same by identity: people in few poses show the same scene objects again. */
  readonly #shotOf = new WeakMap<Scene, RememberedShot>();
  readonly #byFrame = new Map<string, { shot: RememberedShot; channel: "rgb" | "nir" | "depth" }>();
  readonly #hashes = new WeakMap<Shot, Hashes>();
  /** What a camera's faults made of a shot: hashes that were worked out once. */
  readonly #spoilt = new WeakMap<Shot, Map<string, RememberedShot>>();
  readonly #spoiltHashes = new Map<string, Hashes>();
  readonly #rendered = new Map<RememberedShot, Shot>();
  readonly #findings = new Map<string, JudgedFrame>();
  /** Looks of several frames, put together from findings: the same look is the same object. */
  readonly #assessments = new Map<string, Assessment>();
  readonly #comparisons = new Map<string, Comparison>();
  /** What was not there and had to be worked out. */
  #learnt = nothingLearnt();

  constructor(sources: GallerySources, pages: GalleryPages = EMPTY_PAGES) {
    this.#sources = sources;
    this.add(pages);
  }

  /** Takes in what another gallery learnt. */
  add({ pictures, spoilt = {}, findings, comparisons }: GalleryPages): void {
    for (const [scene, hashes] of Object.entries(pictures)) {
      if (this.#shots.has(scene)) continue;
      this.#add(scene, new RememberedShot(JSON.parse(scene), (shot) => this.#pixels(shot)), hashes);
    }
    for (const [key, hashes] of Object.entries(spoilt)) this.#spoiltHashes.set(key, hashes);
    for (const [key, found] of Object.entries(findings)) this.#findings.set(key, found);
    for (const [key, found] of Object.entries(comparisons)) this.#comparisons.set(key, found);
  }

  /** What a run takes instead of the renderer and the models. */
  ports(): Pick<RunPorts, "face" | "render" | "spoilt" | "hashes"> {
    return {
      render: (scene) => this.#shot(scene),
      spoilt: (faults, shot) => this.#shotUnder(faults, shot),
      hashes: (shot) => this.#hashesOf(shot),
      face: (frames) => new RememberedFace(this, this.#sources.face, frames),
    };
  }

  /** The pixels of a frame that was rendered here, or of the run's own. */
  frame(name: string, own: FrameSource): Picture | Promise<Picture> {
    const known = this.#byFrame.get(name);
    if (known === undefined) return own(name);
    const { width, height } = known.shot;
    return { width, height, pixels: this.#pixels(known.shot)[known.channel] };
  }

  assessment(key: string): Assessment | undefined {
    return this.#assessments.get(key);
  }

  rememberAssessment(key: string, found: Assessment): void {
    this.#assessments.set(key, found);
  }

  finding(key: string): JudgedFrame | undefined {
    return this.#findings.get(key);
  }

  comparison(key: string): Comparison | undefined {
    return this.#comparisons.get(key);
  }

  rememberFinding(key: string, found: JudgedFrame): void {
    this.#findings.set(key, found);
    this.#learnt.findings[key] = found;
  }

  rememberComparison(key: string, found: Comparison): void {
    this.#comparisons.set(key, found);
    this.#learnt.comparisons[key] = found;
  }

  /** Hands over what was learnt since the last time. */
  takeLearnt(): GalleryPages {
    const learnt = this.#learnt;
    this.#learnt = nothingLearnt();
    return learnt;
  }

  #shot(scene: Scene): Shot {
    const known = this.#shotOf.get(scene);
    if (known !== undefined) return known;
    const key = canonicalJson(scene);
    let shot = this.#shots.get(key);
    if (shot === undefined) {
      shot = new RememberedShot(scene, (asked) => this.#pixels(asked));
      const hashes = shotHashes(this.#pixels(shot));
      this.#add(key, shot, hashes);
      this.#learnt.pictures[key] = hashes;
    }
    this.#shotOf.set(scene, shot);
    return shot;
  }

  #shotUnder(faults: readonly PictureFault[], shot: Shot): Shot {
    if (!(shot instanceof RememberedShot)) return shotUnder(faults, shot);
    const of = this.#spoilt.get(shot) ?? new Map<string, RememberedShot>();
    this.#spoilt.set(shot, of);
    const known = of.get(faults.join());
    if (known !== undefined) return known;
    const spoilt = new RememberedShot(
      shot.scene,
      (asked) => this.#pixels(asked, () => shotUnder(faults, shot)),
    );
    of.set(faults.join(), spoilt);
    const key = spoiltKey(faults, shot.scene);
    let hashes = this.#spoiltHashes.get(key);
    if (hashes === undefined) {
      hashes = shotHashes(spoilt);
      this.#spoiltHashes.set(key, hashes);
      this.#learnt.spoilt[key] = hashes;
    }
    this.#hashes.set(spoilt, hashes);
    return spoilt;
  }

  #add(key: string, shot: RememberedShot, hashes: Hashes): void {
    this.#shots.set(key, shot);
    this.#hashes.set(shot, hashes);
    for (const channel of ["rgb", "nir", "depth"] as const) {
      this.#byFrame.set(`sha256:${hashes[channel]}`, { shot, channel });
    }
  }

  #hashesOf(shot: Shot): Hashes {
    const known = this.#hashes.get(shot);
    if (known !== undefined) return known;
    const hashes = shotHashes(shot);
    this.#hashes.set(shot, hashes);
    return hashes;
  }

  #pixels(shot: RememberedShot, make = () => this.#sources.render(shot.scene)): Shot {
    const known = this.#rendered.get(shot);
    if (known !== undefined) return known;
    const rendered = make();
    this.#rendered.set(shot, rendered);
    const [oldest] = this.#rendered.keys();
    if (this.#rendered.size > RENDERED_MAX && oldest !== undefined) this.#rendered.delete(oldest);
    return rendered;
  }
}

function nothingLearnt() {
  return {
    pictures: {} as Record<string, Hashes>,
    spoilt: {} as Record<string, Hashes>,
    findings: {} as Record<string, JudgedFrame>,
    comparisons: {} as Record<string, Comparison>,
  };
}

/** What happened to a picture, in order, and which it was. */
function spoiltKey(faults: readonly PictureFault[], scene: Scene): string {
  return `${faults.join()} ${canonicalJson(scene)}`;
}

/** How much stands on these pages. */
export function entriesOn(pages: GalleryPages): number {
  return Object.values(pages).reduce<number>((sum, kind) => sum + Object.keys(kind).length, 0);
}

/** Several galleries' pages as one; they agree where they overlap. */
export function mergedPages(parts: readonly GalleryPages[]): GalleryPages {
  return {
    pictures: Object.assign({}, ...parts.map(({ pictures }) => pictures)),
    spoilt: Object.assign({}, ...parts.map(({ spoilt }) => spoilt)),
    findings: Object.assign({}, ...parts.map(({ findings }) => findings)),
    comparisons: Object.assign({}, ...parts.map(({ comparisons }) => comparisons)),
    people: [...new Set(parts.flatMap(({ people = [] }) => people))].sort(),
  };
}
