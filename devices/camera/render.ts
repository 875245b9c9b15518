/**
 * The camera: a scene in, three pictures and the truth out.
 *
 * `render` is a pure function of the scene: same scene, same bytes, in every process. It works in
 * the shared buffers of {@link frame}; what it returns is freshly allocated.
 *
 * @module
 */
import { Recent } from "./fast_math.ts";
import { type Figure, figureOf } from "./figure.ts";
import * as frame from "./frame.ts";
import { drawGlasses } from "./glasses.ts";
import { HEAD_COLUMNS, HEAD_ROWS } from "./head.ts";
import { type Rig, RIGS } from "./lights.ts";
import { backdropOf } from "./lobby.ts";
import {
  FRONT_PLANE_CM,
  landmarkAt,
  placed,
  type Placement,
  placementOf,
  projected,
  projectFigure,
} from "./project.ts";
import { buildInstrument, type Instrument, picturedScene } from "./props.ts";
import { rasterise } from "./raster.ts";
import type { Expression, Point, Scene, Shot, Subject, Truth } from "./scene.ts";
import { exposeColour, exposeDepth, exposeNir } from "./sensor.ts";
import { shadeFigure } from "./shade.ts";

/** Changes whenever a pixel may change: pictures are cached and audited under it. */
export const RENDERER_VERSION = "1";

/** Height about which the head turns, cm: the top of the neck. */
const HEAD_PIVOT_CM = -3;

const STILL: Expression = { blink: 0, smile: 0, mouth_open: 0, gaze_x: 0, gaze_y: 0 };

/** Renders a scene: colour, near infrared, depth, and what is really there. */
export function render(scene: Scene): Shot {
  const { subject, attack } = scene;
  const instrument = subject !== null && attack !== null
    ? instrumentOf(subject, attack.species, attack.instrument)
    : null;
  const rig = RIGS[scene.light];
  const backdrop = backdropOf(scene.lobby, scene.light);
  frame.red.set(backdrop.red);
  frame.green.set(backdrop.green);
  frame.blue.set(backdrop.blue);
  frame.nir.set(backdrop.nir);
  frame.nearness.fill(0);
  frame.unread.fill(0);
  const truth = subject === null
    ? null
    : instrument === null
    ? drawPerson(scene, figureOf(subject), rig)
    : drawAttack(scene, instrument, rig);
  return {
    width: frame.WIDTH,
    height: frame.HEIGHT,
    rgb: exposeColour(rig, scene.noise),
    nir: exposeNir(scene.noise),
    depth: exposeDepth(backdrop.depth, scene.noise),
    truth,
  };
}

function draw(figure: Figure, at: Placement, e: Expression, rig: Rig): void {
  projectFigure(figure, at, e, rig);
  rasterise(figure.mesh);
  shadeFigure(figure, e);
}

function drawPerson(scene: Scene, figure: Figure, rig: Rig): Truth {
  const { head, expression } = scene;
  const at = placementOf(head, FRONT_PLANE_CM, HEAD_PIVOT_CM);
  draw(figure, at, expression, rig);
  const box = headBox(figure);
  drawGlasses(figure, at, rig, head.distance_mm / 10);
  const [a, b, c, d, e] = figure.landmarks.map((mark) => landmarkAt(figure, mark, expression, at));
  return truthOf(scene, box, [a, b, c, d, e]);
}

function truthOf(
  scene: Scene,
  box: Truth["box"],
  points: readonly (Point | undefined)[],
): Truth {
  const [a = [0, 0], b = [0, 0], c = [0, 0], d = [0, 0], e = [0, 0]] = points as Point[];
  return {
    box,
    landmarks: [a, b, c, d, e],
    yaw_deg: scene.head.yaw_deg,
    pitch_deg: scene.head.pitch_deg,
    roll_deg: scene.head.roll_deg,
    distance_mm: scene.head.distance_mm,
    attack: scene.attack?.species ?? null,
  };
}

/** The box of the face as detectors learn it: forehead to chin, cheek to cheek. */
function headBox(figure: Figure): Truth["box"] {
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

const INSTRUMENTS = new Recent<Instrument>(4);

function instrumentOf(
  subject: Subject,
  species: NonNullable<Scene["attack"]>["species"],
  instrument: number,
): Instrument {
  const { person, kin, visit } = subject;
  return INSTRUMENTS.get(
    `${person}/${kin}/${visit}/${species}/${instrument}`,
    () => buildInstrument(species, instrument, render(picturedScene(subject, instrument))),
  );
}

/** The holder stands behind what is held, too tall for the picture: only a torso shows. */
function drawAttack(scene: Scene, instrument: Instrument, rig: Rig): Truth {
  const { head } = scene;
  const behind = placementOf(
    {
      yaw_deg: 0,
      pitch_deg: 0,
      roll_deg: 0,
      x_mm: head.x_mm * 0.5,
      y_mm: 500 + head.distance_mm * 0.25,
      distance_mm: head.distance_mm + 260,
    },
    FRONT_PLANE_CM,
    0,
  );
  draw(instrument.holder, behind, STILL, rig);
  const at = placementOf(head, 0, 0);
  draw(instrument.figure, at, STILL, rig);
  const show = (x: number, y: number) => projected(...placed(at, ...instrument.place(x, y)));
  const [bx = 0, by = 0, bw = 0, bh = 0] = instrument.pictured.box;
  const corners = [[bx, by], [bx + bw, by], [bx, by + bh], [bx + bw, by + bh]] as const;
  const ends = corners.map(([x, y]) => show(x, y));
  const xs = ends.map(([x]) => x);
  const ys = ends.map(([, y]) => y);
  const [x0, y0] = [Math.min(...xs), Math.min(...ys)];
  const box: Truth["box"] = [x0, y0, Math.max(...xs) - x0, Math.max(...ys) - y0];
  return truthOf(scene, box, instrument.pictured.landmarks.map(([x, y]) => show(x, y)));
}
