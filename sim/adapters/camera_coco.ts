/** The ground truth of a dataset in the form that detectors are trained and scored with: COCO keypoints. */
import {
  type Covering,
  type Lens,
  type Point,
  RENDERER_VERSION,
  type Truth,
} from "../../devices/camera/mod.ts";

/** One shot as `shots.json` lists it. */
export interface ListedShot {
  readonly rgb: string;
  readonly nir: string;
  readonly depth: string;
  readonly person: number;
  readonly attack: string | null;
  readonly light: string;
  readonly worn: readonly Covering[];
  readonly lens: Lens;
  readonly box: Truth["box"] | null;
  readonly landmarks: Truth["landmarks"] | null;
  readonly companion: Pick<Truth, "box" | "landmarks"> | null;
  readonly [more: string]: unknown;
}

/** How a document of ours describes itself. */
export const COCO_INFO = "atm-twin virtual camera";

const WIDTH = 320;
const HEIGHT = 240;

/** In image order, as the truth has them. */
const KEYPOINTS = [
  "image_left_eye",
  "image_right_eye",
  "nose_tip",
  "image_left_mouth_corner",
  "image_right_mouth_corner",
] as const;

/** What hides which of them from the eye. */
const HIDES: Readonly<Record<Covering, readonly number[]>> = {
  sunglasses: [0, 1],
  "surgical-mask": [2, 3, 4],
  scarf: [3, 4],
  "fur-hat": [],
};

/** Where the whole lens is covered nothing is seen; of one half covered nobody says which half. */
function hiddenOf(worn: readonly Covering[], lens: Lens): readonly number[] {
  return lens === "covered"
    ? KEYPOINTS.map((_, i) => i)
    : worn.flatMap((covering) => HIDES[covering]);
}

/** The whole document. Boxes are cut off at the picture's edges, as the format wants them. */
export function cocoOf(shots: readonly ListedShot[]): object {
  const annotations = shots.flatMap((shot, image) => {
    const faces = [
      { box: shot.box, landmarks: shot.landmarks, worn: shot.worn },
      { ...shot.companion, worn: [] },
    ];
    return faces.flatMap(({ box, landmarks, worn }) =>
      box && landmarks ? [annotationOf(image + 1, box, landmarks, hiddenOf(worn, shot.lens))] : []
    );
  });
  return {
    info: { description: COCO_INFO, version: RENDERER_VERSION },
    licenses: [],
    categories: [{
      id: 1,
      name: "face",
      supercategory: "person",
      keypoints: KEYPOINTS,
      skeleton: [[1, 3], [2, 3], [3, 4], [3, 5]],
    }],
    images: shots.map((shot, i) => ({
      id: i + 1,
      file_name: shot.rgb,
      nir_file_name: shot.nir,
      depth_file_name: shot.depth,
      width: WIDTH,
      height: HEIGHT,
      attack: shot.attack,
      light: shot.light,
    })),
    annotations: annotations.map((annotation, i) => ({ id: i + 1, ...annotation })),
  };
}

function annotationOf(
  image_id: number,
  [x, y, w, h]: Truth["box"],
  landmarks: readonly Point[],
  hidden: readonly number[],
): object {
  const left = Math.max(0, x), top = Math.max(0, y);
  const width = Math.max(0, Math.min(WIDTH, x + w) - left);
  const height = Math.max(0, Math.min(HEIGHT, y + h) - top);
  const keypoints = landmarks.flatMap(([px, py], i) => {
    const inside = px >= 0 && px < WIDTH && py >= 0 && py < HEIGHT;
    return inside ? [tenth(px), tenth(py), hidden.includes(i) ? 1 : 2] : [0, 0, 0];
  });
  return {
    image_id,
    category_id: 1,
    bbox: [left, top, width, height].map(tenth),
    area: tenth(width * height),
    iscrowd: 0,
    keypoints,
    num_keypoints: keypoints.filter((value, i) => i % 3 === 2 && value > 0).length,
  };
}

function tenth(value: number): number {
  return Math.round(10 * value) / 10;
}
