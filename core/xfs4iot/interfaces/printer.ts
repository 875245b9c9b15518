/**
 * Printer: the receipt.
 *
 * @module
 */
import * as z from "zod";
import type { CommandTable, EventTable } from "./interface.ts";
import { base64, count, flags, nothing, positive } from "./values.ts";

export const paperSource = z.string().regex(
  /^upper$|^lower$|^external$|^aux$|^aux2$|^park$|^any$|^[a-zA-Z]([a-zA-Z0-9]*)$/,
);

export const mediaControl = z.strictObject({
  move: z.enum(["eject", "retract", "park", "expel", "ejectToTransport", "stack"]),
  perforate: z.boolean(),
  cut: z.boolean(),
  skip: z.boolean(),
  flush: z.boolean(),
  partialCut: z.boolean(),
  alarm: z.boolean(),
  turnPage: z.enum(["forward", "backward"]),
  turnMedia: z.boolean(),
  stamp: z.boolean(),
  rotate180: z.boolean(),
}).partial();

const supply = z.enum(["unknown", "full", "low", "out"]);

export const printerStatus = z.strictObject({
  media: z.enum(["unknown", "present", "notPresent", "jammed", "entering", "retracted"]),
  paper: z.record(z.string(), z.enum([...supply.options, "jammed"])),
  toner: supply,
  ink: supply,
  lamp: z.enum(["unknown", "ok", "fading", "inop"]),
  mediaOnStacker: count,
  paperType: z.record(z.string(), z.enum(["unknown", "single", "dual"])),
  blackMarkMode: z.enum(["unknown", "on", "off"]),
}).partial();

export const printerCapabilities = z.strictObject({
  type: flags("receipt", "passbook", "journal", "document", "scanner"),
  resolution: flags("low", "medium", "high", "veryHigh"),
  readForm: flags("ocr", "micr", "msf", "barcode", "pageMark", "readImage", "readEmptyLine"),
  writeForm: flags("text", "graphics", "ocr", "micr", "msf", "barcode", "stamp"),
  extents: flags("horizontal", "vertical"),
  control: flags(
    "eject",
    "perforate",
    "cut",
    "skip",
    "flush",
    "retract",
    "stack",
    "partialCut",
    "alarm",
    "pageForward",
    "pageBackward",
    "turnMedia",
    "stamp",
    "park",
    "expel",
    "ejectToTransport",
    "rotate180",
    "clearBuffer",
  ),
  maxMediaOnStacker: count,
  acceptMedia: z.boolean(),
  multiPage: z.boolean(),
  paperSources: z.object({
    upper: z.boolean(),
    lower: z.boolean(),
    external: z.boolean(),
    aux: z.boolean(),
    aux2: z.boolean(),
    park: z.boolean(),
  }).partial().catchall(z.boolean()),
  mediaTaken: z.boolean(),
  imageType: flags("tif", "wmf", "bmp", "jpg", "png", "gif", "svg"),
  frontImageColorFormat: flags("binary", "grayscale", "full"),
  backImageColorFormat: flags("binary", "grayScale", "full"),
  imageSource: flags("imageFront", "imageBack", "passportDataGroup1", "passportDataGroup2"),
  dispensePaper: z.boolean(),
  osPrinter: z.string(),
  mediaPresented: z.boolean(),
  autoRetractPeriod: count,
  retractToTransport: z.boolean(),
  coercivityType: flags("low", "high", "auto"),
  controlPassbook: flags("turnForward", "turnBackward", "closeForward", "closeBackward"),
  printSides: z.enum(["single", "dual"]),
}).partial();

export const printerCommands = {
  "Printer.PrintNative": {
    version: "3.0",
    payload: z.strictObject({
      data: base64,
      mediaControl: mediaControl.optional(),
      paperSource: paperSource.optional(),
    }),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "shutterFail",
          "mediaJammed",
          "paperJammed",
          "paperOut",
          "tonerOut",
          "noMediaPresent",
          "flushFail",
          "retractBinFull",
          "stackerFull",
          "pageTurnFail",
          "mediaTurnFail",
          "inkOut",
          "sequenceInvalid",
          "mediaOverflow",
          "mediaRetained",
          "blackMark",
          "sourceInvalid",
          "mediaRejected",
          "mediaRetracted",
        ]),
      }).partial(),
    },
  },
  "Printer.ControlMedia": {
    version: "3.0",
    payload: z.strictObject({ mediaControl }),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "noMediaPresent",
          "flushFail",
          "retractBinFull",
          "stackerFull",
          "pageTurnFail",
          "mediaTurnFail",
          "shutterFail",
          "mediaJammed",
          "paperJammed",
          "paperOut",
          "inkOut",
          "tonerOut",
          "sequenceInvalid",
          "mediaRetained",
          "blackMark",
          "mediaRetracted",
        ]),
      }).partial(),
    },
  },
} as const satisfies CommandTable;

export const printerEvents = {
  "Printer.MediaTakenEvent": { type: "unsolicited", version: "2.0", payload: nothing },
  "Printer.MediaPresentedUnsolicitedEvent": {
    type: "unsolicited",
    version: "2.0",
    payload: z.strictObject({ wadIndex: positive, totalWads: count }).partial(),
  },
  "Printer.PaperThresholdEvent": {
    type: "unsolicited",
    version: "2.0",
    payload: z.strictObject({
      paperSource: z.string().regex(
        /^upper$|^lower$|^external$|^aux$|^aux2$|^[a-zA-Z]([a-zA-Z0-9]*)$/,
      ),
      threshold: z.enum(["full", "low", "out"]),
    }).partial(),
  },
} as const satisfies EventTable;
