/** What the page and its rendering worker say to each other. @module */

/** Render this scene; the answer carries the same `id`. */
export interface RenderRequest {
  readonly id: number;
  readonly scene: Readonly<Record<string, unknown>>;
  /** Ids of the faults that the sensors work under, in the order they work. */
  readonly faults: readonly string[];
}

/** RGBA pixels of the three pictures, ready for a canvas, and the SHA-256 of what was rendered. */
export interface RenderedShot {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8ClampedArray<ArrayBuffer>;
  readonly nir: Uint8ClampedArray<ArrayBuffer>;
  readonly depth: Uint8ClampedArray<ArrayBuffer>;
  readonly hashes: { readonly rgb: string; readonly nir: string; readonly depth: string };
}

export type RenderAnswer =
  | { readonly id: number; readonly ok: true; readonly shot: RenderedShot }
  | { readonly id: number; readonly ok: false; readonly message: string };
