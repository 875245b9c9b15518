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
  /** Never visible: lies under another part. Cells whose corners are all hidden are left out. */
  hidden: boolean;
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

/** The flat arrays of one grid's vertices. */
interface Vertices {
  readonly position: Float32Array;
  readonly uv: Float32Array;
  readonly albedo: Float32Array;
  readonly occlusion: Float32Array;
  readonly bind: Float32Array;
  readonly hidden: Uint8Array;
}

interface Part extends Vertices {
  readonly triangles: Uint16Array;
  readonly material: Uint8Array;
}

/** Collects grids into one {@link Mesh}. */
export class MeshBuilder {
  readonly #parts: Part[] = [];
  #count = 0;

  /** Adds a grid. Counter-clockwise triangles (seen from outside) face the viewer. */
  add(grid: Grid): void {
    const { columns, rows } = grid;
    const count = columns * rows;
    const vertices: Vertices = {
      position: new Float32Array(3 * count),
      uv: new Float32Array(2 * count),
      albedo: new Float32Array(4 * count),
      occlusion: new Float32Array(count),
      bind: new Float32Array(count),
      hidden: new Uint8Array(count),
    };
    fillVertices(grid, vertices);
    const triangles = trianglesOf(grid, this.#count, vertices.hidden);
    const material = new Uint8Array(triangles.length / 3).fill(grid.material);
    this.#parts.push({ ...vertices, triangles, material });
    this.#count += count;
  }

  /** The mesh of everything added. */
  build(): Mesh {
    const parts = this.#parts;
    const count = this.#count;
    if (count > 0xffff) throw new RangeError(`Cannot index ${count} vertices with 16 bits`);
    const cells = parts.reduce((sum, part) => sum + part.material.length, 0);
    const material = new Uint8Array(cells);
    const triangles = new Uint16Array(3 * cells);
    let at = 0;
    for (const part of parts) {
      material.set(part.material, at);
      triangles.set(part.triangles, 3 * at);
      at += part.material.length;
    }
    const floats = (of: (part: Part) => Float32Array, width: number) => {
      const all = new Float32Array(width * count);
      let to = 0;
      for (const part of parts) {
        all.set(of(part), to);
        to += of(part).length;
      }
      return all;
    };
    const position = floats((part) => part.position, 3);
    return {
      count,
      position,
      normal: normalsOf(position, triangles),
      uv: floats((part) => part.uv, 2),
      albedo: floats((part) => part.albedo, 4),
      occlusion: floats((part) => part.occlusion, 1),
      bind: floats((part) => part.bind, 1),
      triangles,
      material,
    };
  }
}

function fillVertices(grid: Grid, part: Vertices): void {
  const { columns, rows } = grid;
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
    hidden: false,
  };
  for (let j = 0, k = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++, k++) {
      v.u = i / (columns - 1);
      v.v = j / (rows - 1);
      grid.at(i, j, v);
      part.position[3 * k] = v.x;
      part.position[3 * k + 1] = v.y;
      part.position[3 * k + 2] = v.z;
      part.uv[2 * k] = v.u;
      part.uv[2 * k + 1] = v.v;
      part.albedo[4 * k] = v.red;
      part.albedo[4 * k + 1] = v.green;
      part.albedo[4 * k + 2] = v.blue;
      part.albedo[4 * k + 3] = v.nir;
      part.occlusion[k] = v.occlusion;
      part.bind[k] = v.bind;
      part.hidden[k] = v.hidden ? 1 : 0;
    }
  }
}

/** Two triangles a cell of the grid that can be seen; its vertices begin at `first`. */
function trianglesOf(
  { columns, rows, closed }: Grid,
  first: number,
  hidden: Uint8Array,
): Uint16Array {
  const spans = closed ? columns : columns - 1;
  const triangles = new Uint16Array(6 * spans * (rows - 1));
  let to = 0;
  for (let j = 0; j + 1 < rows; j++) {
    for (let i = 0; i < spans; i++) {
      const a = j * columns + i;
      const b = j * columns + (i + 1 < columns ? i + 1 : 0);
      const c = a + columns;
      const d = b + columns;
      if (hidden[a] === 1 && hidden[b] === 1 && hidden[c] === 1 && hidden[d] === 1) continue;
      triangles[to] = first + a;
      triangles[to + 1] = first + b;
      triangles[to + 2] = first + d;
      triangles[to + 3] = first + a;
      triangles[to + 4] = first + d;
      triangles[to + 5] = first + c;
      to += 6;
    }
  }
  return triangles.slice(0, to);
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
