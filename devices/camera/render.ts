/**
 * The camera: a scene in, three pictures and the truth out.
 *
 * `render` is a pure function of the scene: same scene, same bytes, in every process. It works in
 * the shared buffers of {@link frame}; what it returns is freshly allocated.
 *
 * @module
 */
import { pow } from "../../core/numeric/mod.ts";
import { drawAttack, type Drawn, type Prop, propOf } from "./attack.ts";
import { draw, HEAD_PIVOT_CM, headBox } from "./draw.ts";
import { type Figure, figureOf } from "./figure.ts";
import * as frame from "./frame.ts";
import { drawGlasses } from "./glasses.ts";
import { applyOptics } from "./lens.ts";
import { type Rig, RIGS } from "./lights.ts";
import { backdropOf } from "./lobby.ts";
import { FRONT_PLANE_CM, landmarkAt, placementOf } from "./project.ts";
import { readOut } from "./readout.ts";
import type { Point, Scene, Shot, Truth } from "./scene.ts";
import { exposeColour, exposeDepth, exposeNir } from "./sensor.ts";
import { drawWorn, under } from "./worn.ts";

/** Changes whenever a pixel may change: pictures are cached and audited under it. */
export const RENDERER_VERSION = "6";

/** Renders a scene: colour, near infrared, depth, and what is really there. */
export function render(scene: Scene): Shot {
  const { readout, ...intact } = scene;
  if (readout === undefined) return expose(scene);
  const { earlier } = readout;
  return readOut(
    readout,
    expose(intact),
    earlier === undefined ? null : expose({ ...intact, ...earlier }),
  );
}

/** One exposure, read out intact. */
function expose(scene: Scene): Shot {
  const prop = propOf(scene, render);
  const rig = RIGS[scene.light];
  const { optics, noise } = scene;
  const backdrop = backdropOf(scene.lobby, scene.light);
  frame.red.set(backdrop.red);
  frame.green.set(backdrop.green);
  frame.blue.set(backdrop.blue);
  frame.nir.set(backdrop.nir);
  frame.nearness.fill(0);
  frame.unread.fill(0);
  const truth = drawScene(scene, prop, rig);
  if (optics !== undefined) applyOptics(optics, scene.lobby);
  const off = optics?.exposure_stops === undefined ? 1 : pow(2, optics.exposure_stops);
  return {
    width: frame.WIDTH,
    height: frame.HEIGHT,
    rgb: exposeColour(rig, noise, off, truth?.box ?? null),
    nir: exposeNir(noise, off),
    depth: exposeDepth(backdrop.depth, noise, rig.drowned),
    truth,
  };
}

function drawScene(scene: Scene, prop: Prop | null, rig: Rig): Truth | null {
  const { subject, attack, companion, worn = [] } = scene;
  const other = companion === undefined
    ? null
    : drawPerson({ ...STILL, head: companion.head }, figureOf(companion.subject), rig);
  if (subject === null) return null;
  const drawn = attack === null || prop === null
    ? drawPerson(scene, under(worn, subject, figureOf(subject)), rig)
    : drawAttack(scene, attack, prop, rig);
  if (attack === null && worn.length > 0) {
    const at = placementOf(scene.head, FRONT_PLANE_CM, HEAD_PIVOT_CM);
    drawWorn(worn, subject, figureOf(subject), at, rig);
  }
  const truth = truthOf(scene, drawn);
  if (other === null) return truth;
  const { box, landmarks } = truthOf(scene, other);
  return { ...truth, companion: { box, landmarks } };
}

/** Somebody in the background stands as people stand who look on. */
const STILL = {
  expression: { blink: 0, smile: 0, mouth_open: 0, gaze_x: 0, gaze_y: 0 },
} as const;

function drawPerson(
  scene: Pick<Scene, "head" | "expression" | "worn">,
  figure: Figure,
  rig: Rig,
): Drawn {
  const { head, expression, worn } = scene;
  const at = placementOf(head, FRONT_PLANE_CM, HEAD_PIVOT_CM);
  draw(figure, at, expression, rig);
  const box = headBox(figure);
  // Nobody puts sunglasses on over glasses.
  if (!worn?.includes("sunglasses")) drawGlasses(figure, at, rig, head.distance_mm / 10);
  const landmarks = figure.landmarks.map((mark) => landmarkAt(figure, mark, expression, at));
  return { box, landmarks };
}

function truthOf(scene: Scene, { box, landmarks }: Drawn): Truth {
  const [a = [0, 0], b = [0, 0], c = [0, 0], d = [0, 0], e = [0, 0]] = landmarks as Point[];
  return {
    box,
    landmarks: [a, b, c, d, e],
    yaw_deg: scene.head.yaw_deg,
    pitch_deg: scene.head.pitch_deg,
    roll_deg: scene.head.roll_deg,
    distance_mm: scene.head.distance_mm,
    attack: scene.attack?.species ?? null,
    light: scene.light,
  };
}
