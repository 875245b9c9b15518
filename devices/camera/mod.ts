/**
 * The virtual camera: the face of person N, and pictures of it in colour, near infrared and depth.
 *
 * A {@link Scene} is plain data, {@link render} a pure function of it. The 320 × 240 pinhole sees
 * 67° across; its three channels share one viewpoint. Stands under `devices/`: the XFS4IoT camera
 * hands its shots out, `core/face` judges them, the trace keeps {@link shotHashes}.
 *
 * @module
 */
export { shotHashes } from "./hashes.ts";
export type { BeardStyle, Glasses, Habits, HairStyle } from "./habits.ts";
export { LATENT_LIMIT, PARAMETER_NAMES, type ParameterName, PARAMETERS } from "./parameters.ts";
export {
  ageAndSexOf,
  faceDistance,
  faceOf,
  type FaceParameters,
  KIN_DISTANCE,
  latentsOf,
  type Mark,
} from "./person.ts";
export { render, RENDERER_VERSION } from "./render.ts";
export {
  type Attack,
  defaultScene,
  type Expression,
  type Kin,
  type Light,
  LIGHTS,
  type Point,
  type Pose,
  randomScene,
  type Scene,
  type Shot,
  type Subject,
  type Truth,
} from "./scene.ts";
export { ATTACK_SPECIES, type AttackSpecies, SPECIES, type SpeciesTraits } from "./species.ts";
