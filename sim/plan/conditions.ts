/** Conditions of a scenario: the light, where the visitor stands, what is worn, what ails the lens. */
import * as z from "zod";
import { COVERINGS, LENSES, LIGHTS, MANNERS } from "../../devices/camera/mod.ts";

export const STATURES = ["wheelchair", "child", "tall"] as const;

/** Where the head of somebody of this stature is, against the middle of the picture, mm. */
export const HEIGHT_MM = { wheelchair: -135, child: -195, tall: 125 } as const satisfies Record<
  (typeof STATURES)[number],
  number
>;

export const conditionsSchema = z.strictObject({
  light: z.enum(LIGHTS).optional(),
  distance_cm: z.number().min(25).max(80).optional()
    .describe("From the lens to the plane of the eyes"),
  wears: z.array(z.enum(COVERINGS)).min(1).max(COVERINGS.length).optional(),
  takes_off: z.literal(true).optional()
    .describe("What is worn, as soon as the screen says that face or eyes are not to be seen"),
  stature: z.enum(STATURES).optional()
    .describe("A wheelchair user or a child below the middle, a tall man above it"),
  manner: z.enum(MANNERS).optional().describe("What the visitor does all the time"),
  companion: z.number().int().min(0).max(99_999).optional()
    .describe("A second person who looks over the visitor's shoulder"),
  lens: z.enum(LENSES).optional(),
  exposure_stops: z.number().min(-6).max(6).optional()
    .describe("Stops by which the exposure misses what it should be"),
  motion_px: z.tuple([z.number().min(-60).max(60), z.number().min(-60).max(60)]).optional()
    .describe("How far the picture moves while the shutter is open, pixels right and down"),
}).refine(({ wears, takes_off }) => takes_off === undefined || wears !== undefined, {
  path: ["takes_off"],
  error: "nothing is worn; name under wears what comes off",
});
export type Conditions = z.infer<typeof conditionsSchema>;
