/**
 * The numbers a face is made of: name, mean, spread, what being a woman adds, and meaning.
 *
 * Face coordinates are centimetres with the origin in the middle of the head: x to the right of
 * the picture, y up, z out of the face. Means follow adult anthropometry (inter-pupillary distance
 * 6.3 cm, bizygomatic breadth 13.7 cm, menton–sellion 12 cm); spreads are wider than a census,
 * because identity must survive 320 × 240 pixels: most of it lies in the shapes of eyes, brows, nose,
 * mouth and jaw, which carry what face recognisers see. Where features lie and how far they stand out
 * differs less: five landmarks cannot lay a face upright whose parts are nowhere near their places,
 * and what stands out looks another with every nod.
 *
 * @module
 */
type Row = readonly [mean: number, spread: number, female: number, meaning: string];

/** Every normally distributed parameter. The order is part of the population: append only. */
export const PARAMETERS = {
  face_width: [7.15, 0.34, -0.22, "cm, half breadth of the head at the cheekbones"],
  skull_height: [11.2, 0.45, -0.1, "cm, eye line to crown, roughly"],
  head_depth: [9.1, 0.18, -0.15, "cm, half length of the head"],
  face_length: [0, 0.35, -0.2, "cm, longer distance from nose to chin"],
  jaw_width: [0.02, 0.15, -0.05, "share, wider at the jaw angle"],
  jaw_taper: [0.16, 0.09, 0.04, "share, narrowing towards the chin"],
  chin_width: [1.75, 0.36, -0.2, "cm, breadth of the chin's bulge"],
  chin_length: [0, 0.4, -0.15, "cm, longer chin"],
  chin_protrusion: [0.9, 0.16, -0.15, "cm, chin forward"],
  chin_cleft: [0.04, 0.06, -0.03, "cm, dimple in the chin"],
  cheekbone: [0.55, 0.3, 0.05, "cm, cheekbone forward"],
  cheekbone_height: [-1.3, 0.61, 0.1, "cm, height of the cheekbone"],
  cheek_fullness: [0.1, 0.6, 0.1, "cm, fullness of the lower cheek"],
  forehead_slope: [0, 0.5, 0.25, "cm, forehead forward"],
  forehead_width: [0, 0.1, 0, "share, wider temples"],
  face_flatness: [0.72, 0.08, 0, "exponent of the horizontal section: small is flat"],
  eye_spacing: [3.15, 0.27, -0.04, "cm, half distance between the pupils"],
  eye_height: [0.85, 0.23, 0, "cm, height of the eyes"],
  eye_width: [1.5, 0.3, 0.03, "cm, half width of the eye opening"],
  eye_opening: [0.52, 0.27, 0.05, "cm, upper lid above the pupil"],
  lower_lid: [0.36, 0.13, 0.01, "cm, lower lid below the pupil"],
  eye_slant: [0.1, 0.23, 0.04, "cm, outer corner above the inner"],
  lid_peak: [0, 0.5, 0, "share, where the upper lid is highest: inner − … outer +"],
  lid_fold: [0.26, 0.41, 0.03, "cm, crease above the lid; below 0.06 there is none"],
  lid_shadow: [0.3, 0.36, 0.1, "share, darkness of the upper lid"],
  epicanthus: [0.4, 0.35, 0, "share, fold over the inner corner"],
  eye_depth: [0.68, 0.4, -0.15, "cm, depth of the socket"],
  eye_bulge: [0.45, 0.2, 0, "cm, roundness of the eyeball under the lids"],
  eye_bag: [0.22, 0.22, 0, "share, fold under the eye"],
  iris_radius: [0.61, 0.035, 0, "cm"],
  iris_light: [0.14, 0.17, 0, "share, dark brown to pale"],
  lash: [0.4, 0.2, 0.25, "share, darkness of the lash line"],
  brow_height: [1.6, 0.57, 0.12, "cm above the eye"],
  brow_thickness: [0.38, 0.26, -0.09, "cm, half height"],
  brow_start: [1.15, 0.65, 0.05, "cm, inner end from the middle"],
  brow_length: [3.9, 0.57, -0.1, "cm"],
  brow_arch: [0.3, 0.55, 0.1, "cm, rise in the middle"],
  brow_slant: [0.05, 0.58, 0, "cm, outer end above the inner"],
  brow_density: [0.8, 0.25, -0.05, "share, darkness"],
  brow_taper: [0.55, 0.25, 0.1, "share, thinner outwards"],
  brow_ridge: [0.36, 0.46, -0.3, "cm, bone under the brow"],
  nose_tip_height: [-2.9, 0.34, 0.1, "cm, height of the tip"],
  nose_root: [0.42, 0.54, -0.05, "cm, forward at the root"],
  nose_bridge: [1.25, 0.25, -0.12, "cm, forward half way"],
  nose_tip: [2.2, 0.16, -0.15, "cm, forward at the tip"],
  nose_bridge_width: [0.72, 0.2, -0.06, "cm"],
  nose_tip_width: [0.85, 0.33, -0.06, "cm"],
  nose_wing: [1.6, 0.53, -0.12, "cm, half breadth at the wings"],
  nose_wing_height: [0.1, 0.34, 0, "cm, wings above the tip"],
  nose_tip_lift: [0.1, 0.25, 0.1, "cm, tip turned up"],
  nose_hump: [0.05, 0.1, -0.05, "cm, hump half way"],
  nostril: [0.27, 0.08, -0.02, "cm, radius"],
  nose_deviation: [0, 0.06, 0, "cm, tip sideways"],
  mouth_height: [-6, 0.36, 0.1, "cm"],
  mouth_width: [2.5, 0.31, -0.12, "cm, half"],
  upper_lip: [0.46, 0.34, 0.03, "cm, red of the upper lip"],
  lower_lip: [0.6, 0.2, 0.05, "cm, red of the lower lip"],
  cupid_bow: [0.1, 0.09, 0.02, "cm, dip in the upper lip"],
  mouth_tilt: [0, 0.22, 0.02, "cm, corners up"],
  lip_protrusion: [0.45, 0.15, 0.03, "cm"],
  lip_red: [0.87, 0.24, 0.15, "share, contrast of the lips"],
  philtrum: [0.12, 0.08, 0, "cm, groove above the lip"],
  nasolabial: [0.12, 0.1, -0.03, "cm, fold from nose to mouth in youth"],
  ear_size: [1, 0.12, -0.04, "share"],
  ear_angle: [0.5, 0.25, -0.05, "share, standing out"],
  ear_height: [0, 0.45, 0, "cm"],
  eye_asymmetry: [0, 0.036, 0, "cm, right eye higher"],
  brow_asymmetry: [0, 0.11, 0, "cm, right brow higher"],
  mouth_asymmetry: [0, 0.1, 0, "cm, right corner higher"],
  jaw_asymmetry: [0, 0.02, 0, "share, jaw to the right"],
  neck_width: [5.5, 0.5, -0.95, "cm, half"],
  bump_glabella: [0, 0.16, 0, "cm, between the brows"],
  bump_temple: [-0.2, 0.41, 0, "cm, temples"],
  bump_zygoma: [0, 0.26, 0, "cm, below the outer eye corner"],
  bump_maxilla: [0, 0.26, 0, "cm, beside the nose"],
  bump_jowl: [0, 0.26, 0, "cm, beside the chin"],
  bump_forehead: [0, 0.22, 0, "cm, above the brows"],
  skin_tone: [0.4, 0.22, -0.03, "share, pale 0 … dark 1"],
  undertone: [0, 0.5, 0, "pink − … yellow +"],
  tan: [0.35, 0.25, -0.05, "share, sun on forehead, nose and cheeks"],
  flush: [0.35, 0.25, 0.08, "share, red of the cheeks at altitude"],
  blotch: [0.5, 0.25, -0.1, "share, unevenness of the skin"],
  freckles: [0, 0.3, 0.05, "share; below 0 there are none"],
  gloss: [0.3, 0.12, 0, "share, shine of the skin"],
  hair_light: [0.06, 0.1, 0.02, "share, black 0 … fair 1"],
  hair_red: [0.3, 0.25, 0.05, "share, warmth of the hair"],
  hairline: [6.6, 0.92, 0.1, "cm, height of the hairline"],
  hairline_recess: [0.7, 0.5, -0.4, "cm, recess at the temples"],
  hairline_peak: [0.15, 0.3, 0, "cm, widow's peak"],
  hair_volume: [1, 0.22, 0.12, "share"],
  stubble: [0.35, 0.3, -3, "share, shadow of the beard after a day"],
} as const satisfies Record<string, Row>;

/** Name of a normally distributed parameter. */
export type ParameterName = keyof typeof PARAMETERS;

/** All names, in the order in which they are drawn. */
export const PARAMETER_NAMES = Object.keys(PARAMETERS) as ParameterName[];

/** No parameter lies farther than this many spreads from its mean: still a human face. */
export const LATENT_LIMIT = 2.3;
