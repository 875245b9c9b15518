/**
 * Triangle meshes made of grids, and the builder that collects the parts of one figure.
 *
 * All lengths are centimetres in face coordinates (x right of the picture, y up, z out of the
 * face). Every vertex carries its own reflectance in red, green, blue and near infrared (linear,
 * 0…1), an ambient occlusion, and `bind`: 1 moves with the head, 0 with the body.
 *
 * @module
 */

/** How a pixel of a triangle gets its reflectance. */
export const MATERIAL = {
  face: 0,
  plain: 1,
  hair: 2,
  cloth: 3,
  fabric: 4,
  picture: 5,
  screen: 6,
} as const;
export type Material = (typeof MATERIAL)[keyof typeof MATERIAL];

/** A finished figure; flat arrays for the rasteriser. */
export interface Mesh {
  readonly count: number;
  readonly position: Float32Array;
  readonly normal: Float32Array;
  readonly uv: Float32Array;
  readonly albedo: Float32Array;
  readonly occlusion: Float32Array;
  readonly bind: Float32Array;
  readonly triangles: Uint16Array;
  readonly material: Uint8Array;
}

/** What a grid's maker fills in for one vertex; reused, so read it before the next. */
export interface Vertex {
  x: number;
  y: number;
  z: number;
  u: number;
  v: number;
  red: number;
  green: number;
  blue: number;
  nir: number;
  occlusion: number;
  bind: number;
}

/** A grid of columns × rows vertices; columns run anticlockwise seen from outside, rows go up. */
export interface Grid {
  columns: number;
  rows: number;
  /** Whether the last column joins the first. */
  closed: boolean;
  material: Material;
  /** Fills `vertex` for column i, row j. */
  at(i: number, j: number, vertex: Vertex): void;
}

/** Collects grids into one {@link Mesh}. */
export class MeshBuilder {
  readonly #position: number[] = [];
  readonly #uv: number[] = [];
  readonly #albedo: number[] = [];
  readonly #occlusion: number[] = [];
  readonly #bind: number[] = [];
  readonly #triangles: number[] = [];
  readonly #material: number[] = [];

  /** Adds a grid. Counter-clockwise triangles (seen from outside) face the viewer. */
  add(grid: Grid): void {
    const first = this.#position.length / 3;
    const v: Vertex = {
      x: 0,
      y: 0,
      z: 0,
      u: 0,
      v: 0,
      red: 0.5,
      green: 0.5,
      blue: 0.5,
      nir: 0.5,
      occlusion: 1,
      bind: 1,
    };
    for (let j = 0; j < grid.rows; j++) {
      for (let i = 0; i < grid.columns; i++) {
        v.u = i / (grid.columns - 1);
        v.v = j / (grid.rows - 1);
        grid.at(i, j, v);
        this.#position.push(v.x, v.y, v.z);
        this.#uv.push(v.u, v.v);
        this.#albedo.push(v.red, v.green, v.blue, v.nir);
        this.#occlusion.push(v.occlusion);
        this.#bind.push(v.bind);
      }
    }
    const spans = grid.closed ? grid.columns : grid.columns - 1;
    for (let j = 0; j + 1 < grid.rows; j++) {
      for (let i = 0; i < spans; i++) {
        const next = (i + 1) % grid.columns;
        const a = first + j * grid.columns + i;
        const b = first + j * grid.columns + next;
        const c = a + grid.columns;
        const d = b + grid.columns;
        this.#triangles.push(a, b, d, a, d, c);
        this.#material.push(grid.material, grid.material);
      }
    }
  }

  /** The mesh of everything added. */
  build(): Mesh {
    const position = Float32Array.from(this.#position);
    const triangles = Uint16Array.from(this.#triangles);
    const count = position.length / 3;
    if (count > 0xffff) throw new RangeError(`Cannot index ${count} vertices with 16 bits`);
    return {
      count,
      position,
      normal: normalsOf(position, triangles),
      uv: Float32Array.from(this.#uv),
      albedo: Float32Array.from(this.#albedo),
      occlusion: Float32Array.from(this.#occlusion),
      bind: Float32Array.from(this.#bind),
      triangles,
      material: Uint8Array.from(this.#material),
    };
  }
}

/** Unit normals, each the area-weighted mean of its triangles. */
export function normalsOf(position: Float32Array, triangles: Uint16Array): Float32Array {
  const normal = new Float32Array(position.length);
  const at = (i: number) => position[i] as number;
  for (let t = 0; t < triangles.length; t += 3) {
    const a = 3 * (triangles[t] ?? 0);
    const b = 3 * (triangles[t + 1] ?? 0);
    const c = 3 * (triangles[t + 2] ?? 0);
    const ux = at(b) - at(a);
    const uy = at(b + 1) - at(a + 1);
    const uz = at(b + 2) - at(a + 2);
    const vx = at(c) - at(a);
    const vy = at(c + 1) - at(a + 1);
    const vz = at(c + 2) - at(a + 2);
    const nx = uy * vz - uz * vy;
    const ny = uz * vx - ux * vz;
    const nz = ux * vy - uy * vx;
    for (let corner = 0; corner < 3; corner++) {
      const i = corner === 0 ? a : corner === 1 ? b : c;
      normal[i] = (normal[i] as number) + nx;
      normal[i + 1] = (normal[i + 1] as number) + ny;
      normal[i + 2] = (normal[i + 2] as number) + nz;
    }
  }
  for (let i = 0; i < normal.length; i += 3) {
    const x = normal[i] ?? 0;
    const y = normal[i + 1] ?? 0;
    const z = normal[i + 2] ?? 0;
    const inverse = 1 / (Math.sqrt(x * x + y * y + z * z) + 1e-9);
    normal[i] = x * inverse;
    normal[i + 1] = y * inverse;
    normal[i + 2] = z * inverse;
  }
  return normal;
}
