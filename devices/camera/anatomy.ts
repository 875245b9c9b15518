/**
 * What keeps a drawn face a human one: years, and the limits that parts set each other.
 *
 * Parameters are drawn independently; bodies are not. A wide eye beside a narrow nose root, a brow
 * across a lid or a mouth at the nose would be caricatures, so what does not fit gives way here.
 *
 * @module
 */
import { clamp } from "../../core/numeric/mod.ts";
import type { ParameterName } from "./parameters.ts";

type Numbers = Record<ParameterName, number>;

/** Lids and cheeks sink, lips thin, ears and nose grow: small shifts after forty. */
export function growOld(p: Numbers, age: number): void {
  const old = clamp((age - 38) / 42, 0, 1);
  p.nasolabial += 0.22 * old;
  p.eye_bag += 0.55 * old;
  p.bump_jowl += 0.3 * old;
  p.cheek_fullness -= 0.2 * old;
  p.upper_lip -= 0.09 * old;
  p.lower_lip -= 0.07 * old;
  p.eye_opening -= 0.07 * old;
  p.ear_size += 0.08 * old;
  p.nose_tip_height -= 0.15 * old;
  p.blotch += 0.5 * old;
  p.lip_red -= 0.12 * old;
  p.brow_density -= 0.12 * old;
}

/** Holds every number within what lives, and the parts apart from each other. */
export function fitTogether(p: Numbers): void {
  p.eye_opening = clamp(p.eye_opening, 0.22, 0.86);
  p.lower_lid = clamp(p.lower_lid, 0.16, 0.62);
  // between the inner corners lie 2.1 to 4.4 cm
  p.eye_width = clamp(p.eye_width, p.eye_spacing - 2.2, p.eye_spacing - 1.05);
  p.eye_depth = clamp(p.eye_depth, 0.05, 1.7);
  p.brow_height = Math.max(p.brow_height, p.eye_opening + 0.5);
  p.brow_thickness = clamp(p.brow_thickness, 0.12, 0.66);
  p.brow_density = clamp(p.brow_density, 0.25, 1);
  p.brow_start = Math.max(p.brow_start, 0.4);
  p.brow_length = clamp(p.brow_length, 2.9, 6.4 - p.brow_start);
  p.nose_tip = Math.max(p.nose_tip, 1.1, p.nose_bridge + 0.25);
  p.nose_root = Math.min(p.nose_root, p.nose_bridge + 0.1);
  p.nose_wing = Math.max(p.nose_wing, 0.95, p.nose_tip_width + 0.3);
  p.nose_bridge_width = clamp(p.nose_bridge_width, 0.4, p.nose_tip_width + 0.15);
  const room = p.nose_tip_height - 2 - p.mouth_height;
  if (room < 0) p.mouth_height += room;
  p.upper_lip = clamp(p.upper_lip, 0.14, 0.85);
  p.lower_lip = clamp(p.lower_lip, 0.22, 1);
  p.skin_tone = clamp(p.skin_tone, 0.02, 0.98);
  p.hair_light = clamp(p.hair_light, 0, 1);
  p.iris_light = clamp(p.iris_light, 0, 1);
  p.hairline_recess = clamp(p.hairline_recess, 0, 2);
  // a neck as wide as the jaw above it looks like a column with a face on it
  const jaw = p.face_width * (0.76 + 0.7 * p.jaw_width);
  p.neck_width = Math.max(4.3, Math.min(p.neck_width, jaw));
}
