/** Scenes of training that are not ordinary: each made of an ordinary one, by a stream of its name. */
import { randomStream } from "../../core/numeric/mod.ts";
import { COVERINGS, type Light, type Scene } from "../../devices/camera/mod.ts";

/** Anywhere in the picture, nearer and further, turned further than is ordinary. */
export function widened(scene: Scene, name: string): Scene {
  const stream = randomStream(`models/train/${name}/wide`);
  const within = (limit: number) => limit * (2 * stream.uniform() - 1);
  const base = scene.head.distance_mm;
  const distance_mm = Math.round(base * (0.85 + 0.75 * stream.uniform()));
  const head = {
    yaw_deg: within(40),
    pitch_deg: within(25),
    roll_deg: within(25),
    x_mm: within(0.38 * distance_mm),
    y_mm: within(0.25 * distance_mm),
    distance_mm,
  };
  return { ...scene, head };
}

/** Anywhere in the picture, and turned a little further than is ordinary. */
export function tilted(scene: Scene, name: string): Scene {
  const stream = randomStream(`models/train/${name}/pose`);
  const within = (limit: number) => limit * (2 * stream.uniform() - 1);
  const { head } = scene;
  return {
    ...scene,
    head: {
      ...head,
      yaw_deg: head.yaw_deg + within(8),
      pitch_deg: head.pitch_deg + within(12),
      x_mm: within(0.3 * head.distance_mm),
      y_mm: within(0.42 * head.distance_mm),
    },
  };
}

const HARSH: readonly Light[] = [
  "backlight",
  "side-sun",
  "direct-sun",
  "altitude-backlight",
  "dead-lamp",
];

/** The `n`-th of the lights in which a face is seen worst. */
export function harshLight(n: number): Light {
  return HARSH[n % HARSH.length] ?? "backlight";
}

/** Of four pictures one is taken through a dirty lens. */
export function soiled(scene: Scene, name: string): Scene {
  const stream = randomStream(`models/train/${name}/soiled`);
  return stream.uniform() < 0.25 ? { ...scene, optics: { lens: "dirty" } } : scene;
}

/** Some close their eyes, some wear what hides a part of the face. */
export function disguised(scene: Scene, name: string): Scene {
  const stream = randomStream(`models/train/${name}/disguised`);
  const closed = stream.uniform() < 0.3;
  const worn = stream.uniform() < 0.35 ? { worn: [stream.pick(COVERINGS)] } : {};
  const blink = closed ? 1 - 0.15 * stream.uniform() : scene.expression.blink;
  return { ...scene, ...worn, expression: { ...scene.expression, blink } };
}

/** Of ten pictures five are smeared, three taken through a dirty lens, four far from the middle. */
export function mishap(scene: Scene, name: string): Scene {
  const stream = randomStream(`models/train/${name}/mishap`);
  const within = (limit: number) => limit * (2 * stream.uniform() - 1);
  const chance = stream.uniform();
  const motion_px = [within(8), within(8)] as const;
  const dirty = stream.uniform() < 0.6;
  const { distance_mm } = scene.head;
  const isAside = stream.uniform() < 0.4;
  const aside = { x_mm: within(0.38 * distance_mm), y_mm: within(0.3 * distance_mm) };
  return {
    ...scene,
    ...(chance < 0.5 ? { optics: { motion_px } } : dirty ? { optics: { lens: "dirty" } } : {}),
    ...(isAside ? { head: { ...scene.head, ...aside } } : {}),
  };
}
