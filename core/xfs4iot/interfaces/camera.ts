/**
 * Camera. The standard knows no infrared and no depth: each sensor has a vendor camera name.
 *
 * @module
 */
import * as z from "zod";
import type { CommandTable, EventTable } from "./interface.ts";
import { base64, contentReference, count, flags, nothing } from "./values.ts";

/** The standard's three cameras, and the vendor names of this twin's three sensors. */
export const cameraName = z.enum(["room", "person", "exitSlot", "rgb", "nir", "depth"]);
export type CameraName = z.infer<typeof cameraName>;

const media = z.enum(["ok", "high", "full", "unknown"]);

export const cameraStatus = z.strictObject({
  media: z.partialRecord(cameraName, media),
  cameras: z.partialRecord(cameraName, z.enum(["ok", "inop", "unknown"])),
  pictures: z.partialRecord(cameraName, count),
}).partial();

export const cameraCapabilities = z.strictObject({
  cameras: z.partialRecord(cameraName, z.boolean()),
  maxPictures: count,
  camData: flags("autoAdd", "manAdd"),
  maxDataLength: count,
}).partial();

export const cameraCommands = {
  "Camera.TakePicture": {
    version: "2.0",
    payload: z.strictObject({ camera: cameraName, camData: z.string().optional() }),
    completion: {
      version: "3.0",
      payload: z.strictObject({
        errorCode: z.enum(["cameraNotSupported", "mediaFull", "cameraInoperable"]),
        pictureFile: z.union([contentReference, base64]),
      }).partial(),
    },
  },
  "Camera.Reset": {
    version: "2.0",
    payload: nothing,
    completion: { version: "2.0", payload: nothing },
  },
} as const satisfies CommandTable;

export const cameraEvents = {
  "Camera.InvalidDataEvent": { type: "event", version: "2.0", payload: nothing },
  "Camera.MediaThresholdEvent": {
    type: "unsolicited",
    version: "2.0",
    payload: z.strictObject({ mediaThreshold: z.enum(["ok", "high", "full"]) }).partial(),
  },
} as const satisfies EventTable;
