/**
 * Printer beyond the receipt: forms, passbooks, supplies, bins, and everything that can happen to paper.
 *
 * @module
 */
import * as z from "zod";
import { mediaControl, paperSource } from "./printer.ts";
import type { CommandTable, EventTable } from "./interface.ts";
import { base64, count, flags, nothing, positive } from "./values.ts";

const extentUnit = z.strictObject({
  base: z.enum(["inch", "mm", "rowColumn"]),
  x: positive,
  y: positive,
}).partial();

export const printerMediaCommands = {
  "Printer.ClearBuffer": {
    version: "2.0",
    payload: nothing,
    completion: { version: "2.0", payload: nothing },
  },
  "Printer.ControlPassbook": {
    version: "2.0",
    payload: z.strictObject({
      action: z.enum(["forward", "backward", "closeForward", "closeBackward"]),
      count: positive,
    }).partial(),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "noMediaPresent",
          "pageTurnFail",
          "mediaJammed",
          "passbookClosed",
          "lastOrFirstPageReached",
          "mediaSize",
        ]),
      }).partial(),
    },
  },
  "Printer.DispensePaper": {
    version: "2.0",
    payload: z.strictObject({ paperSource }).partial(),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "paperJammed",
          "paperOut",
          "sequenceInvalid",
          "sourceInvalid",
          "mediaRetracted",
        ]),
      }).partial(),
    },
  },
  "Printer.GetFormList": {
    version: "2.0",
    payload: nothing,
    completion: {
      version: "2.0",
      payload: z.strictObject({ formList: z.array(z.string()) }).partial(),
    },
  },
  "Printer.GetMediaList": {
    version: "2.0",
    payload: nothing,
    completion: {
      version: "2.0",
      payload: z.strictObject({ mediaList: z.array(z.string()) }).partial(),
    },
  },
  "Printer.LoadDefinition": {
    version: "2.0",
    payload: z.strictObject({ definition: z.string(), overwrite: z.boolean() }).partial(),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum(["formInvalid", "mediaInvalid", "definitionExists"]),
      }).partial(),
    },
  },
  "Printer.MediaExtents": {
    version: "3.0",
    payload: z.strictObject({ unit: extentUnit }).partial(),
    completion: {
      version: "3.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "extentNotSupported",
          "mediaJammed",
          "lampInoperative",
          "mediaSize",
          "mediaRejected",
        ]),
        x: positive,
        y: positive,
      }).partial(),
    },
  },
  "Printer.PrintForm": {
    version: "3.0",
    payload: z.strictObject({
      formName: z.string(),
      mediaName: z.string(),
      alignment: z.enum(["formDefinition", "topLeft", "topRight", "bottomLeft", "bottomRight"]),
      offsetX: count,
      offsetY: count,
      resolution: z.enum(["low", "medium", "high", "veryHigh"]),
      mediaControl,
      fields: z.record(z.string(), z.array(z.string())),
      paperSource,
    }).partial(),
    completion: {
      version: "3.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "formNotFound",
          "flushFail",
          "mediaOverflow",
          "fieldSpecFailure",
          "fieldError",
          "mediaNotFound",
          "mediaSkewed",
          "retractBinFull",
          "stackerFull",
          "pageTurnFail",
          "mediaTurnFail",
          "shutterFail",
          "mediaJammed",
          "charSetData",
          "paperJammed",
          "paperOut",
          "inkOut",
          "tonerOut",
          "sequenceInvalid",
          "sourceInvalid",
          "mediaRetained",
          "blackMark",
          "mediaSize",
          "mediaRejected",
          "mediaRetracted",
          "msfError",
          "noMSF",
        ]),
      }).partial(),
    },
  },
  "Printer.PrintRaw": {
    version: "3.0",
    payload: z.strictObject({ inputData: z.enum(["no", "yes"]), data: base64 }).partial(),
    completion: {
      version: "3.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "shutterFail",
          "mediaJammed",
          "paperJammed",
          "paperOut",
          "tonerOut",
          "mediaRetained",
          "blackMark",
          "mediaRetracted",
        ]),
        data: base64,
      }).partial(),
    },
  },
  "Printer.ResetCount": {
    version: "2.0",
    payload: z.strictObject({ binNumber: count }).partial(),
    completion: { version: "2.0", payload: nothing },
  },
  "Printer.Reset": {
    version: "3.0",
    payload: z.strictObject({
      mediaControl: z.string().regex(/^eject$|^expel$|^unit[0-9A-Za-z]+$/),
    }).partial(),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum(["shutterFail", "retractBinFull", "mediaJammed", "paperJammed"]),
      }).partial(),
    },
  },
  "Printer.RetractMedia": {
    version: "3.0",
    payload: z.strictObject({
      mediaControl: z.string().regex(/^transport$|^unit[0-9A-Za-z]+$/),
    }).partial(),
    completion: {
      version: "3.0",
      payload: z.strictObject({
        errorCode: z.enum(["noMediaPresent", "retractBinFull", "mediaJammed"]),
        result: z.string().regex(/^transport$|^nomedia$|^unit[0-9A-Za-z]+$/),
      }).partial(),
    },
  },
  "Printer.SetBlackMarkMode": {
    version: "2.0",
    payload: flags("blackMarkMode"),
    completion: { version: "2.0", payload: nothing },
  },
  "Printer.SupplyReplenish": {
    version: "2.0",
    payload: flags("upper", "lower", "aux", "aux2", "toner", "ink", "lamp"),
    completion: { version: "2.0", payload: nothing },
  },
} as const satisfies CommandTable;

export const printerMediaEvents = {
  "Printer.DefinitionLoadedEvent": {
    type: "unsolicited",
    version: "2.0",
    payload: z.strictObject({ name: z.string(), type: z.enum(["form", "media"]) }).partial(),
  },
  "Printer.FieldErrorEvent": {
    type: "event",
    version: "2.0",
    payload: z.strictObject({
      formName: z.string(),
      fieldName: z.string(),
      failure: z.enum([
        "required",
        "staticOverwrite",
        "overflow",
        "notFound",
        "notRead",
        "notWrite",
        "hwerror",
        "graphic",
      ]),
    }).partial(),
  },
  "Printer.FieldWarningEvent": {
    type: "event",
    version: "2.0",
    payload: z.strictObject({
      formName: z.string(),
      fieldName: z.string(),
      failure: z.enum([
        "required",
        "staticOverwrite",
        "overflow",
        "notFound",
        "notRead",
        "notWrite",
        "hwerror",
        "graphic",
      ]),
    }).partial(),
  },
  "Printer.InkThresholdEvent": {
    type: "unsolicited",
    version: "2.0",
    payload: z.strictObject({ state: z.enum(["full", "low", "out"]) }).partial(),
  },
  "Printer.LampThresholdEvent": {
    type: "unsolicited",
    version: "2.0",
    payload: z.strictObject({ state: z.enum(["ok", "fading", "inop"]) }).partial(),
  },
  "Printer.MediaAutoRetractedEvent": {
    type: "unsolicited",
    version: "3.0",
    payload: z.strictObject({
      result: z.string().regex(/^transport$|^jammed$|^unit[0-9A-Za-z]+$/),
    }).partial(),
  },
  "Printer.MediaDetectedEvent": {
    type: "unsolicited",
    version: "3.0",
    payload: z.strictObject({
      position: z.string().regex(
        /^present$|^entering$|^jammed$|^unknown$|^expelled$|^unit[0-9A-Za-z]+$/,
      ),
    }).partial(),
  },
  "Printer.MediaInsertedEvent": { type: "event", version: "2.0", payload: nothing },
  "Printer.MediaInsertedUnsolicitedEvent": {
    type: "unsolicited",
    version: "2.0",
    payload: nothing,
  },
  "Printer.MediaPresentedEvent": {
    type: "event",
    version: "2.0",
    payload: z.strictObject({ wadIndex: positive, totalWads: count }).partial(),
  },
  "Printer.MediaRejectedEvent": {
    type: "event",
    version: "2.0",
    payload: z.strictObject({
      reason: z.enum([
        "short",
        "long",
        "multiple",
        "align",
        "moveToAlign",
        "shutter",
        "escrow",
        "thick",
        "other",
      ]),
    }).partial(),
  },
  "Printer.NoMediaEvent": {
    type: "event",
    version: "2.0",
    payload: z.strictObject({ userPrompt: z.string() }).partial(),
  },
  "Printer.RetractBinStatusEvent": {
    type: "unsolicited",
    version: "2.0",
    payload: z.strictObject({ binNumber: positive, state: z.enum(["inserted", "removed"]) })
      .partial(),
  },
  "Printer.RetractBinThresholdEvent": {
    type: "unsolicited",
    version: "2.0",
    payload: z.strictObject({ binNumber: positive, state: z.enum(["ok", "full", "high"]) })
      .partial(),
  },
  "Printer.TonerThresholdEvent": {
    type: "unsolicited",
    version: "2.0",
    payload: z.strictObject({ state: z.enum(["full", "low", "out"]) }).partial(),
  },
} as const satisfies EventTable;
