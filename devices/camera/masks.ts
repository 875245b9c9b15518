/**
 * Solid instruments: a resin shell before the face, a silicone mask over the head, a mannequin's head.
 *
 * They have the victim's shape, made from the victim's own figure, so depth alone believes them. A
 * resin shell and a mannequin are rigid, with painted eyes that never blink; silicone follows the
 * wearer's eyes, which lie behind openings with an edge, but hardly the mouth. Its colour is paint on
 * rubber: no blood flushes it, and brows and lips all but vanish in the near infrared.
 *
 * @module
 */
import { randomStream } from "../../core/numeric/mod.ts";
import type { Paint } from "./coat.ts";
import { type Figure, figureOf } from "./figure.ts";
import { addFist, addHand } from "./hand.ts";
import { MATERIAL, type Mesh, MeshBuilder } from "./mesh.ts";
import { plainFigure } from "./props.ts";
import type { Attack, Expression, Subject } from "./scene.ts";
import { skinColour } from "./skin.ts";

/** A solid instrument: what it is, whose hand holds it, how it moves. */
export interface Mask {
  readonly figure: Figure;
  readonly hand: Figure | null;
  readonly paint: Paint;
  /** What the mask does while its wearer does `e`. */
  follows(e: Expression): Expression;
  /** How far behind it its wearer's face is, cm; `null`: nobody wears it. */
  readonly wearerBehind: number | null;
}

/** Eyes that are painted look straight ahead for ever. */
const PAINTED: Expression = { blink: 0, smile: 0, mouth_open: 0, gaze_x: 0, gaze_y: 0 };

/** Builds the mask of a subject. */
export function buildMask(subject: Subject, { species, instrument }: Attack): Mask {
  const figure = figureOf(subject);
  const { face } = figure;
  const s = randomStream(`instrument/${species}/${instrument}`);
  const skin = face === null ? [0.4, 0.3, 0.25] : skinColour(face);
  const cast = 1 + 0.08 * s.normal();
  const tone: Paint["tone"] = [
    (skin[0] ?? 0) * cast * 1.04,
    (skin[1] ?? 0) * cast,
    (skin[2] ?? 0) * cast * (0.96 + 0.05 * s.normal()),
  ];
  switch (species) {
    case "resin-mask": {
      const hairline = face?.hairline ?? 6.5;
      return {
        figure: kept(
          figure,
          (kind, x, y, z) =>
            kind === MATERIAL.face && z > 2.2 && y < hairline + 0.4 - 0.03 * x * x && y > -10.5,
        ),
        hand: handAt(instrument, 12.5, 19),
        paint: { tone, openings: [] },
        follows: () => PAINTED,
        wearerBehind: 1.6,
      };
    }
    case "mannequin-head":
      return {
        figure: kept(
          figure,
          (kind, _x, y) => kind !== MATERIAL.cloth && kind !== MATERIAL.fabric && y > -16.5,
        ),
        hand: fistUnder(instrument),
        paint: { tone, openings: [] },
        follows: () => PAINTED,
        wearerBehind: null,
      };
    default:
      return {
        figure,
        hand: null,
        paint: { tone, openings: figure.landmarks.slice(0, 2) },
        follows: (e) => ({ ...e, smile: 0.15 * e.smile, mouth_open: 0.25 * e.mouth_open }),
        wearerBehind: null,
      };
  }
}

/** The figure without the triangles that are not of the instrument. */
function kept(
  figure: Figure,
  keeps: (kind: number, x: number, y: number, z: number) => boolean,
): Figure {
  const { mesh } = figure;
  const triangles: number[] = [];
  const material: number[] = [];
  for (let t = 0; t < mesh.triangles.length; t += 3) {
    const corners = [0, 1, 2].map((i) => mesh.triangles[t + i] ?? 0);
    const kind = mesh.material[t / 3] ?? 0;
    const middle = (axis: number) =>
      corners.reduce((sum, c) => sum + (mesh.position[3 * c + axis] ?? 0), 0) / 3;
    if (!keeps(kind, middle(0), middle(1), middle(2))) continue;
    triangles.push(...corners);
    material.push(kind);
  }
  const cut: Mesh = {
    ...mesh,
    triangles: Uint16Array.from(triangles),
    material: Uint8Array.from(material),
  };
  return { ...figure, mesh: cut };
}

function handAt(instrument: number, width: number, height: number): Figure {
  const builder = new MeshBuilder();
  addHand(builder, { width, height }, instrument);
  return plainFigure(builder.build(), []);
}

function fistUnder(instrument: number): Figure {
  const builder = new MeshBuilder();
  addFist(builder, instrument, -14.5, -1.6);
  return plainFigure(builder.build(), []);
}
