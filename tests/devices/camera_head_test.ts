import assert from "node:assert/strict";
import { defaultScene, faceOf, render, type Shot } from "../../devices/camera/mod.ts";
import {
  HEAD_COLUMNS,
  HEAD_ROWS,
  headGrid,
  mouthHeight,
  noseTip,
} from "../../devices/camera/head.ts";
import { mean, overFace } from "./camera_measures.ts";

const PEOPLE = Array.from({ length: 60 }, (_, i) => 500 + i);
const subjectOf = (person: number) => ({ person, kin: "self", visit: 0 } as const);

/** How far forward the middle of the face lies at a height, cm. */
function profileOf(person: number): (y: number) => number {
  const { position } = headGrid(faceOf(subjectOf(person)));
  const middle = Array.from(
    { length: HEAD_ROWS },
    (_, j) => 3 * (j * HEAD_COLUMNS + HEAD_COLUMNS / 2),
  );
  return (y) => {
    const nearest = middle.reduce((a, b) =>
      Math.abs(position[a + 1]! - y) < Math.abs(position[b + 1]! - y) ? a : b
    );
    return position[nearest + 2]!;
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

Deno.test("a head from the side: forehead, brows, lips and chin are upright, the nose is before them", () => {
  const before = PEOPLE.map((person) => {
    const p = faceOf(subjectOf(person));
    const at = profileOf(person);
    const brows = at(p.eye_height + 1.4);
    return {
      forehead: at(5.5) - brows,
      nose: at(noseTip(p)) - brows,
      lips: at(mouthHeight(p) + 0.3) - brows,
      chin: at(mouthHeight(p) - 3) - brows,
    };
  });
  const usual = (part: keyof typeof before[number]) => median(before.map((each) => each[part]));
  // soft-tissue means: nose 2.4, lips 1, chin 0.4 cm before the glabella; Asian chins a little behind
  for (
    const [part, least, most] of [
      ["forehead", -0.9, 0.3],
      ["nose", 1.6, 2.6],
      ["lips", 0.4, 1.3],
      ["chin", -0.6, 0.6],
    ] as const
  ) {
    const cm = usual(part);
    assert.ok(cm > least && cm < most, `${part} ${cm.toFixed(2)} cm before the brows`);
  }
});

/** Mean brightness of the face's middle in green. */
function brightness(shot: Shot): number {
  const green = Uint8Array.from({ length: shot.nir.length }, (_, k) => shot.rgb[3 * k + 1]!);
  return mean(overFace(shot, green));
}

Deno.test("the exposure is that of the face: dark skin before a white window is not left in the dark", () => {
  const dark = PEOPLE.filter((person) => faceOf(subjectOf(person)).skin_tone > 0.6).slice(0, 8);
  assert.ok(dark.length === 8);
  for (const light of ["lobby-day", "backlight", "altitude-backlight"] as const) {
    const seen = dark.map((person) =>
      brightness(render({ ...defaultScene(subjectOf(person)), light }))
    );
    assert.ok(median(seen) > 75, `${light}: ${seen.map(Math.round)}`);
  }
});
