/**
 * How the face moves: two baked displacements a vertex, scaled by smile and mouth opening.
 *
 * @module
 */
import { clamp } from "../../core/numeric/mod.ts";
import { bell2, step } from "./fast_math.ts";
import { mouthHeight } from "./head.ts";
import { normalsOf } from "./mesh.ts";
import type { FaceParameters } from "./person.ts";

/** Displacements at full expression of the first vertices of a figure (the head). */
export interface Morph {
  readonly position: Float32Array;
  readonly normal: Float32Array;
}

/** Largest opening between the lips, cm. */
const JAW_DROP_CM = 2;

/** Displacement of a full smile at the rest point (x, y). */
function smile(p: FaceParameters, x: number, y: number, out: Float32Array, k: number): void {
  const side = x < 0 ? -1 : 1;
  const a = Math.abs(x);
  const m = mouthHeight(p);
  const corner = bell2(a - p.mouth_width, y - m, 1.1, 0.8);
  const cheek = bell2(a - 3.9, y - m - 2.5, 1.5, 1.3);
  out[k] = side * (0.5 * corner + 0.15 * cheek);
  out[k + 1] = 0.48 * corner + 0.3 * cheek;
  out[k + 2] = -0.35 * corner + 0.38 * cheek - 0.12 * bell2(x, y - m, 1.5, 0.7);
}

/** Displacement of the fully open mouth: everything below the lip line goes down. */
function open(p: FaceParameters, x: number, y: number, out: Float32Array, k: number): void {
  const m = mouthHeight(p);
  const t = x / p.mouth_width;
  const lips = clamp(1 - t * t, 0, 1);
  const jaw = step(8, 3, Math.abs(x)) * step(m + 2.2, m - 2, y);
  const near = step(m - 2.4, m - 0.2, y);
  const under = y < m ? 1 : 0;
  const drop = under * (lips * near + jaw * (1 - near) * 0.85);
  out[k] = -0.12 * x * bell2(x, y - m, 3, 1) * 0.6;
  out[k + 1] = -JAW_DROP_CM * drop + (1 - under) * 0.12 * lips * bell2(x, y - m, 2, 0.6);
  out[k + 2] = -0.35 * drop;
}

/** Bakes both morphs of a head whose vertices are the first of `position`. */
export function bakeMorphs(
  p: FaceParameters,
  position: Float32Array,
  normal: Float32Array,
  triangles: Uint16Array,
  headVertices: number,
): { smile: Morph; open: Morph } {
  const bake = (move: typeof smile): Morph => {
    const delta = new Float32Array(3 * headVertices);
    const moved = position.slice();
    for (let v = 0; v < headVertices; v++) {
      const z = position[3 * v + 2] ?? 0;
      const front = step(-2, 1.5, z);
      if (front === 0) continue;
      move(p, position[3 * v] ?? 0, position[3 * v + 1] ?? 0, delta, 3 * v);
      for (let axis = 0; axis < 3; axis++) {
        const by = (delta[3 * v + axis] ?? 0) * front;
        delta[3 * v + axis] = by;
        moved[3 * v + axis] = (position[3 * v + axis] ?? 0) + by;
      }
    }
    const bent = normalsOf(moved, triangles);
    const turn = new Float32Array(3 * headVertices);
    for (let k = 0; k < turn.length; k++) turn[k] = (bent[k] ?? 0) - (normal[k] ?? 0);
    return { position: delta, normal: turn };
  };
  return { smile: bake(smile), open: bake(open) };
}
