/**
 * The virtual camera: the face of person N, and pictures of it in colour, near infrared and depth.
 *
 * A {@link Scene} is plain data, {@link render} a pure function of it. The 320 × 240 pinhole sees
 * 67° across; its three channels share one viewpoint. Stands under `devices/`: the XFS4IoT camera
 * hands its shots out, `core/face` judges them, the trace keeps {@link shotHashes}.
 *
 * @module
 */
export { isPictureFault, type PictureFault, shotUnder } from "./faults.ts";
export { type Behaving, Behaviour, type Manner, MANNERS } from "./behaviour.ts";
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
  type Scar,
  VISITS_PER_AGE,
} from "./person.ts";
export { render, RENDERER_VERSION } from "./render.ts";
export {
  type Attack,
  type Companion,
  type Covering,
  COVERINGS,
  defaultScene,
  type Expression,
  type Feed,
  FEEDS,
  type Kin,
  type Lens,
  LENSES,
  type Light,
  LIGHTS,
  type Moment,
  type Optics,
  type Point,
  type Pose,
  randomScene,
  type Readout,
  type Scene,
  type Shot,
  type Subject,
  type Truth,
} from "./scene.ts";
export { ATTACK_SPECIES, type AttackSpecies, SPECIES, type SpeciesTraits } from "./species.ts";
