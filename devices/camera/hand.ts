/**
 * The hand that holds an instrument up, and the one whose hand it is.
 *
 * @module
 */
import { cos, PI, randomStream, sin } from "../../core/numeric/mod.ts";
import { bell } from "./fast_math.ts";
import type { Reflectance } from "./hair.ts";
import { MATERIAL, type MeshBuilder } from "./mesh.ts";
import { faceOf, type FaceParameters } from "./person.ts";
import type { Subject } from "./scene.ts";
import { skinColour } from "./skin.ts";

/** Who holds the instrument of this number: nobody of the population. */
export function holderSubject(instrument: number): Subject {
  return { person: 0x40000000 + (instrument % 0x10000000), kin: "self", visit: 0 };
}

export function holderFace(instrument: number): FaceParameters {
  return faceOf(holderSubject(instrument));
}

/** A crude hand: a thumb in front of the lower edge, fingers and a fist behind it. */
export function addHand(
  builder: MeshBuilder,
  size: { readonly width: number; readonly height: number },
  instrument: number,
): void {
  const s = randomStream(`instrument/hand/${instrument}`);
  const skin = skinColour(holderFace(instrument));
  const x = size.width * (0.5 - 0.15 * s.uniform()) * (s.uniform() < 0.5 ? -1 : 1);
  const y = -size.height / 2;
  addLobe(builder, skin, [x, y + 0.9, 0.75], [0.95, 2.4, 0.75]);
  addLobe(builder, skin, [x * 0.95, y - 3, -2.2], [3.6, 4.3, 2.6]);
  addLobe(builder, skin, [x, y - 16, -4.5], [3.4, 13, 3.2]);
}

/** A fist under something that stands on it, and its forearm. */
export function addFist(builder: MeshBuilder, instrument: number, y: number, z: number): void {
  const skin = skinColour(holderFace(instrument));
  addLobe(builder, skin, [0, y - 2.4, z], [4.2, 3.4, 3.6]);
  for (let finger = 0; finger < 4; finger++) {
    addLobe(builder, skin, [-2.7 + 1.8 * finger, y - 2.2, z + 3.2], [0.95, 2.2, 1]);
  }
  addLobe(builder, skin, [0.8, y - 17, z - 2], [3.6, 13, 3.4]);
}

function addLobe(
  builder: MeshBuilder,
  skin: Reflectance,
  [cx, cy, cz]: readonly [number, number, number],
  [rx, ry, rz]: readonly [number, number, number],
): void {
  builder.add({
    columns: 16,
    rows: 10,
    closed: true,
    material: MATERIAL.plain,
    at(i, j, v) {
      const a = (2 * PI * i) / 16;
      const b = PI * (j / 9 - 0.5);
      v.x = cx + rx * cos(b) * sin(a);
      v.y = cy + ry * sin(b);
      v.z = cz + rz * cos(b) * cos(a);
      v.red = skin[0];
      v.green = skin[1];
      v.blue = skin[2];
      v.nir = skin[3];
      v.occlusion = 0.75 + 0.25 * bell(b - 0.6, 0.9);
    },
  });
}
