/**
 * The frame under work: linear light of every pixel and the buffers of the rasteriser.
 *
 * One frame exists for the whole process and is overwritten by every shot, so that rendering
 * allocates nothing but its results. Rendering is synchronous; nothing else may hold on to it.
 *
 * @module
 */
export const WIDTH = 320;
export const HEIGHT = 240;
export const PIXELS = WIDTH * HEIGHT;

/** Focal length in pixels: 67° across; a head of 24 cm at 450 mm fills half the height. */
export const FOCAL = 240;

const MAX_VERTICES = 0x10000;

/** Linear radiance (0…about 4) in the three visible channels and near infrared. */
export const red = new Float32Array(PIXELS);
export const green = new Float32Array(PIXELS);
export const blue = new Float32Array(PIXELS);
export const nir = new Float32Array(PIXELS);
/** One over the distance along the axis, 1/cm; 0 is infinitely far. */
export const nearness = new Float32Array(PIXELS);
/** 1 where the depth sensor gets too little light back. */
export const unread = new Uint8Array(PIXELS);

/** Triangle seen at a pixel, −1 for none, and its barycentric weights of corners 1 and 2. */
export const seen = new Int32Array(PIXELS);
export const weight1 = new Float32Array(PIXELS);
export const weight2 = new Float32Array(PIXELS);

/** Per vertex of the figure being drawn: picture position, nearness, and light received. */
export const screenX = new Float32Array(MAX_VERTICES);
export const screenY = new Float32Array(MAX_VERTICES);
export const screenNear = new Float32Array(MAX_VERTICES);
export const litRed = new Float32Array(MAX_VERTICES);
export const litGreen = new Float32Array(MAX_VERTICES);
export const litBlue = new Float32Array(MAX_VERTICES);
export const litNir = new Float32Array(MAX_VERTICES);
export const shine = new Float32Array(MAX_VERTICES);

/** The rows and columns that the figure being drawn may have touched. */
export const touched = { left: 0, right: -1, top: 0, bottom: -1 };
