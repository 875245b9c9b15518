/**
 * Quality: can this frame be compared, and if not, what should the customer do?
 *
 * In the spirit of ISO/IEC 29794-5, each measure has one cause and one instruction. The limits are
 * wide: they refuse what the later stages cannot judge, not what they merely find harder. They are
 * design values, checked on the people of calibration, and never adjusted to a test.
 *
 * @module
 */
import type { Point } from "./align.ts";
import type { Detection } from "./detect.ts";
import type { Exposure } from "./picture.ts";
import { medianDepth } from "./planes.ts";
import type { QualityProblem } from "./result.ts";

/** What a frame must keep within; what is in pixels, in a picture that is 320 wide. */
export const QUALITY_LIMITS = {
  /** Eyes nearer to each other than this, pixels, show too little even of a picture held up. A
   * person is refused by depth long before. */
  eye_distance_px_min: 10,
  /** Eyes further apart than this, and the face no longer fits the picture. */
  eye_distance_px_max: 100,
  /** A face whose depth is beyond this, mm, stands behind the place of the customer. */
  distance_mm_max: 850,
  /** Every landmark keeps this far from the picture's edge, pixels. */
  edge_px: 6,
  /** Part of the box that may lie outside the picture. What the edge cuts off the landmarks are
   * drawn into the picture for, and a closer look takes it for a covering: of frames of calibration
   * with somebody high or low in them 8 of 645 are not known again to here, and 45 of 127 beyond. */
  box_outside_max: 0.05,
  /** Nose tip's way from the middle of the eyes, along the line of the eyes, in eye distances: up to
   * 0.35 within 20 degrees of yaw, some 0.5 at 40 (160 frames of calibration). */
  nose_aside_max: 0.42,
  /** Nose tip's place between eyes (0) and mouth (1), pitch: 0.17 to 1.07 within 15 degrees (the
   * same frames: noses differ in length). */
  nose_height_min: 0.02,
  nose_height_max: 1.22,
  /** Slope of the line of the eyes: 0.47 is a roll of 25 degrees. */
  eye_slope_max: 0.47,
  /** Mean brightness of the face, 0…255 (ISO/IEC 29794-5: illumination mean). */
  brightness_min: 18,
  brightness_max: 232,
  /** Mean absolute second difference over mean brightness: sharpness. Measured between the eyes and
   * the mouth, where every face has edges; in focus 0.094 and more (745 frames of calibration), 0.072
   * and more on 22 photographs. Below, brows and lips are too soft to tell skin from a mask: of 388
   * frames through a dirty lens 105 lie there, 90 of which liveness would call an attack. */
  sharpness_min: 0.07,
  /** The same down the picture alone. Brows, eyes and lips lie across: a face has more edges down the
   * picture than along it, and where it has fewer, and few, it was smeared up or down. Nobody of 330
   * ordinary frames of calibration, 90 of 110 smeared downwards by 6 pixels. */
  sharpness_down_min: 0.12,
  /** A second face counts when its box is at least this part of the first one's area. */
  second_face_area_min: 0.3,
} as const;

/** From which probability on a closer look counts; without one nothing does. */
export interface StateThresholds {
  readonly closed_threshold?: number | undefined;
  readonly covered_threshold?: number | undefined;
}

/** The first thing wrong with a frame, in the order a customer should hear it; null when usable. */
export function judgeQuality(
  exposure: Exposure,
  faces: readonly Detection[],
  thresholds: StateThresholds = {},
): QualityProblem | null {
  const face = faces[0];
  if (face === undefined) return "no_face";
  if (hasSecondFace(faces, face)) return "several_faces";
  return judgePlace(exposure, face) ?? judgeStates(face, thresholds) ??
    judgePose(face.landmarks) ?? judgePixels(exposure, face);
}

/** What hides a face is told before its pose: under a mask nobody sees where a mouth points. */
function judgeStates(
  { states }: Detection,
  { closed_threshold = Infinity, covered_threshold = Infinity }: StateThresholds,
): QualityProblem | null {
  if (states === undefined) return null;
  if (states.covered >= covered_threshold) return "covered";
  return states.closed >= closed_threshold ? "eyes_closed" : null;
}

function area(face: Detection): number {
  return face.box[2] * face.box[3];
}

function hasSecondFace(faces: readonly Detection[], face: Detection): boolean {
  const enough = QUALITY_LIMITS.second_face_area_min * area(face);
  return faces.some((other) =>
    other !== face && area(other) >= enough && !liesIn(other.box, face.box)
  );
}

/** Whether half of a box or more lies in another: a face too near is seen in parts. */
function liesIn([ax, ay, aw, ah]: Detection["box"], [bx, by, bw, bh]: Detection["box"]): boolean {
  const width = Math.min(ax + aw, bx + bw) - Math.max(ax, bx);
  const height = Math.min(ay + ah, by + bh) - Math.max(ay, by);
  return width > 0 && height > 0 && 2 * width * height >= aw * ah;
}

function eyeDistance(landmarks: readonly Point[]): number {
  const [[lx, ly] = [0, 0], [rx, ry] = [0, 0]] = landmarks;
  return Math.sqrt((rx - lx) * (rx - lx) + (ry - ly) * (ry - ly));
}

function judgePlace(exposure: Exposure, face: Detection): QualityProblem | null {
  const limits = QUALITY_LIMITS;
  const { width, height } = exposure;
  // Limits in pixels are those of a picture 320 wide.
  const scale = width / 320;
  const eyes = eyeDistance(face.landmarks) / scale;
  const distance_mm = medianDepth(exposure, face.box);
  if (eyes < limits.eye_distance_px_min) return "too_far";
  if (distance_mm !== null && distance_mm > limits.distance_mm_max) return "too_far";
  if (eyes > limits.eye_distance_px_max) return "too_close";
  const edge = limits.edge_px * scale;
  const inside = face.landmarks.every(([x, y]) =>
    x >= edge && y >= edge && x < width - edge && y < height - edge
  );
  if (!inside) return "off_centre";
  const [x, y, w, h] = face.box;
  const seen = Math.max(0, Math.min(x + w, width) - Math.max(x, 0)) *
    Math.max(0, Math.min(y + h, height) - Math.max(y, 0));
  return seen < (1 - limits.box_outside_max) * w * h ? "off_centre" : null;
}

function judgePose(landmarks: readonly Point[]): QualityProblem | null {
  const limits = QUALITY_LIMITS;
  const [left = [0, 0], right = [0, 0], nose = [0, 0], mouthLeft = [0, 0], mouthRight = [0, 0]] =
    landmarks;
  const eyes = eyeDistance(landmarks);
  // The unit vector along the eyes and the one across, downwards: roll is taken out by them.
  const ax = (right[0] - left[0]) / eyes;
  const ay = (right[1] - left[1]) / eyes;
  if (ax <= 0 || Math.abs(ay) > limits.eye_slope_max * ax) return "turned_away";
  const middleX = (left[0] + right[0]) / 2;
  const middleY = (left[1] + right[1]) / 2;
  const noseX = nose[0] - middleX;
  const noseY = nose[1] - middleY;
  const mouthX = (mouthLeft[0] + mouthRight[0]) / 2 - middleX;
  const mouthY = (mouthLeft[1] + mouthRight[1]) / 2 - middleY;
  const aside = (noseX * ax + noseY * ay) / eyes;
  const down = mouthY * ax - mouthX * ay;
  if (Math.abs(aside) > limits.nose_aside_max || down <= 0) return "turned_away";
  const height = (noseY * ax - noseX * ay) / down;
  const level = height >= limits.nose_height_min && height <= limits.nose_height_max;
  return level ? null : "turned_away";
}

function judgePixels(exposure: Exposure, face: Detection): QualityProblem | null {
  const limits = QUALITY_LIMITS;
  const { brightness, sharpness, along, down } = measurePixels(exposure, face.landmarks);
  if (brightness < limits.brightness_min) return "too_dark";
  if (brightness > limits.brightness_max) return "too_bright";
  const smeared = down < limits.sharpness_down_min && down < along;
  return smeared || sharpness < limits.sharpness_min ? "blurred" : null;
}

/**
 * Mean brightness (0…255, Rec. 601 weights) of the rectangle the landmarks span, and its sharpness:
 * the mean absolute second difference at a distance of an eighth of the eyes', over brightness, along
 * the rows, down the columns, and the mean of both.
 */
export function measurePixels(
  exposure: Exposure,
  landmarks: readonly Point[],
): { brightness: number; sharpness: number; along: number; down: number } {
  const { width, height, rgb } = exposure;
  const reach = Math.max(1, Math.round(eyeDistance(landmarks) / 16));
  const xs = landmarks.map(([x]) => x);
  const ys = landmarks.map(([, y]) => y);
  const x0 = Math.max(reach, Math.floor(Math.min(...xs) - reach));
  const x1 = Math.min(width - reach, Math.ceil(Math.max(...xs) + reach));
  const y0 = Math.max(reach, Math.floor(Math.min(...ys) - 2 * reach));
  const y1 = Math.min(height - reach, Math.ceil(Math.max(...ys) + reach));
  const grey = (x: number, y: number) => {
    const i = 3 * (y * width + x);
    return (299 * (rgb[i] ?? 0) + 587 * (rgb[i + 1] ?? 0) + 114 * (rgb[i + 2] ?? 0)) / 1000;
  };
  let [sum, bendsAlong, bendsDown, count] = [0, 0, 0, 0];
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) {
      const twice = 2 * grey(x, y);
      sum += twice / 2;
      bendsAlong += Math.abs(twice - grey(x - reach, y) - grey(x + reach, y));
      bendsDown += Math.abs(twice - grey(x, y - reach) - grey(x, y + reach));
      count++;
    }
  }
  if (count === 0 || sum === 0) return { brightness: 0, sharpness: 0, along: 0, down: 0 };
  const along = bendsAlong / sum;
  const down = bendsDown / sum;
  return { brightness: sum / count, sharpness: (along + down) / 2, along, down };
}
