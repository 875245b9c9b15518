/**
 * Drawing one figure, and the box of the face that was drawn last.
 *
 * @module
 */
import type { Figure } from "./figure.ts";
import * as frame from "./frame.ts";
import { HEAD_COLUMNS, HEAD_ROWS } from "./head.ts";
import type { Rig } from "./lights.ts";
import { type Placement, projectFigure } from "./project.ts";
import { rasterise } from "./raster.ts";
import type { Expression, Truth } from "./scene.ts";
import { shadeFigure } from "./shade.ts";

/** Height about which the head turns, cm: the top of the neck. */
export const HEAD_PIVOT_CM = -3;

/** Poses, rasterises and shades a figure over what is in the frame. */
export function draw(figure: Figure, at: Placement, e: Expression, rig: Rig): void {
  projectFigure(figure, at, e, rig);
  rasterise(figure.mesh);
  shadeFigure(figure, e);
}

/** The box of the face as detectors learn it: forehead to chin, cheek to cheek. */
export function headBox(figure: Figure): Truth["box"] {
  const top = (figure.face?.hairline ?? 6.5) - 0.8;
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  const { position } = figure.mesh;
  for (let v = 0; v < HEAD_COLUMNS * HEAD_ROWS; v++) {
    if ((position[3 * v + 2] as number) < 1.5 || (position[3 * v + 1] as number) > top) continue;
    const x = frame.screenX[v] as number;
    const y = frame.screenY[v] as number;
    if (x < x0) x0 = x;
    if (x > x1) x1 = x;
    if (y < y0) y0 = y;
    if (y > y1) y1 = y;
  }
  return [x0, y0, x1 - x0, y1 - y0];
}
