/**
 * A presentation attack in the scene: the instrument, the hand that holds it, whoever is behind it.
 *
 * @module
 */
import { applyCoat, COATS } from "./coat.ts";
import { draw, HEAD_PIVOT_CM, headBox } from "./draw.ts";
import { Recent } from "./fast_math.ts";
import { figureOf } from "./figure.ts";
import { holderSubject } from "./hand.ts";
import type { Rig } from "./lights.ts";
import { buildMask, type Mask } from "./masks.ts";
import { FRONT_PLANE_CM, landmarkAt, placed, placementOf, projected } from "./project.ts";
import { buildInstrument, type Instrument, picturedScene } from "./props.ts";
import type { Attack, Expression, Point, Scene, Shot, Subject, Truth } from "./scene.ts";
import { SPECIES } from "./species.ts";

/** An instrument ready to be drawn. */
export type Prop = { readonly sheet: Instrument } | { readonly mask: Mask };

/** Where the pictured or modelled face is in the picture. */
export interface Drawn {
  readonly box: Truth["box"];
  readonly landmarks: readonly Point[];
}

const STILL: Expression = { blink: 0, smile: 0, mouth_open: 0, gaze_x: 0, gaze_y: 0 };

const PROPS = new Recent<Prop>(4);

/**
 * The instrument of a scene; made before the frame is begun, since making it may take a picture. `null`
 * where nothing is held up.
 */
export function propOf(scene: Scene, render: (scene: Scene) => Shot): Prop | null {
  const { subject, attack } = scene;
  if (subject === null || attack === null) return null;
  const { person, kin, visit } = subject;
  const playing = SPECIES[attack.species].plays
    ? JSON.stringify([attack.shown ?? null, scene.expression])
    : "";
  return PROPS.get(
    `${person}/${kin}/${visit}/${attack.species}/${attack.instrument}/${playing}`,
    () => makeProp(subject, attack, scene.expression, render),
  );
}

function makeProp(
  subject: Subject,
  attack: Attack,
  expression: Expression,
  render: (scene: Scene) => Shot,
): Prop {
  if (SPECIES[attack.species].body === "mask") return { mask: buildMask(subject, attack) };
  return { sheet: buildInstrument(attack, render(picturedScene(subject, attack, expression))) };
}

/** Draws what is held up, and who holds it. */
export function drawAttack(scene: Scene, attack: Attack, prop: Prop, rig: Rig): Drawn {
  return "mask" in prop
    ? drawMask(scene, attack, prop.mask, rig)
    : drawSheet(scene, attack, prop.sheet, rig);
}

/** The holder stands behind what is held, too tall for the picture: only a torso shows. */
function drawHolder(scene: Scene, instrument: Instrument, rig: Rig): void {
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
}

/** Between a sheet and the eyes behind its holes there is room for a nose, mm. */
const BEHIND_SHEET_MM = 34;

function drawSheet(scene: Scene, attack: Attack, instrument: Instrument, rig: Rig): Drawn {
  const { head } = scene;
  const at = placementOf(head, 0, 0);
  const { pictured, figure } = instrument;
  if (SPECIES[attack.species].eyeHoles) {
    const [[lx, ly] = [0, 0], [rx, ry] = [0, 0]] = pictured.landmarks.slice(0, 2);
    const [ex, ey, ez] = instrument.place((lx + rx) / 2, (ly + ry) / 2);
    const wearer = figureOf(holderSubject(attack.instrument));
    const eyes = wearer.landmarks[0]?.y ?? 0;
    const [wx, wy] = placed(at, ex, ey - eyes, ez);
    const behind = {
      ...head,
      x_mm: 10 * wx,
      y_mm: 10 * wy,
      distance_mm: head.distance_mm + BEHIND_SHEET_MM,
    };
    draw(wearer, placementOf(behind, FRONT_PLANE_CM, 0), scene.expression, rig);
  } else {
    drawHolder(scene, instrument, rig);
  }
  draw(figure, at, STILL, rig);
  const coat = COATS[attack.species];
  if (coat !== null) applyCoat(coat, figure, at, rig, null, scene.noise);
  const show = (x: number, y: number) => projected(...placed(at, ...instrument.place(x, y)));
  const [bx = 0, by = 0, bw = 0, bh = 0] = pictured.box;
  const corners = [[bx, by], [bx + bw, by], [bx, by + bh], [bx + bw, by + bh]] as const;
  const ends = corners.map(([x, y]) => show(x, y));
  const xs = ends.map(([x]) => x);
  const ys = ends.map(([, y]) => y);
  const [x0, y0] = [Math.min(...xs), Math.min(...ys)];
  return {
    box: [x0, y0, Math.max(...xs) - x0, Math.max(...ys) - y0],
    landmarks: pictured.landmarks.map(([x, y]) => show(x, y)),
  };
}

function drawMask(scene: Scene, attack: Attack, mask: Mask, rig: Rig): Drawn {
  const { head } = scene;
  const at = placementOf(head, FRONT_PLANE_CM, HEAD_PIVOT_CM);
  if (mask.wearerBehind !== null) {
    const behind = { ...head, distance_mm: head.distance_mm + 10 * mask.wearerBehind };
    const wearer = placementOf(behind, FRONT_PLANE_CM, HEAD_PIVOT_CM);
    draw(figureOf(holderSubject(attack.instrument)), wearer, scene.expression, rig);
  }
  const expression = mask.follows(scene.expression);
  draw(mask.figure, at, expression, rig);
  const coat = COATS[attack.species];
  if (coat !== null) applyCoat(coat, mask.figure, at, rig, mask.paint, scene.noise);
  const box = headBox(mask.figure);
  const landmarks = mask.figure.landmarks.map((mark) =>
    landmarkAt(mask.figure, mark, expression, at)
  );
  if (mask.hand !== null) draw(mask.hand, at, STILL, rig);
  return { box, landmarks };
}
