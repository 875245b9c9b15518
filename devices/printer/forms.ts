/**
 * The forms that lie in the printer: one, with the fields of a receipt, in the printer's own font.
 *
 * That font is Latin. Chinese and Tibetan are printed as a picture, by `PrintNative`.
 *
 * @module
 */
import type { CommandPayload, ErrorCode } from "../../core/xfs4iot/mod.ts";

export const FORM = "receipt";
export const MEDIA = "roll80";
const FIELDS: readonly string[] = ["TITLE", "LINE", "TOTAL"];

type Form = CommandPayload<"Printer.PrintForm">;

/** What is wrong with a form that is to be printed; null when it can be. */
export function formProblem(
  { formName, mediaName = MEDIA, fields = {} }: Form,
  damaged: { readonly store: boolean; readonly font: boolean },
): ErrorCode<"Printer.PrintForm"> | null {
  if (mediaName !== MEDIA) return "mediaNotFound";
  if (!Object.keys(fields).every((name) => FIELDS.includes(name))) {
    return damaged.store ? "fieldSpecFailure" : "fieldError";
  }
  if (damaged.store || formName !== FORM) return "formNotFound";
  const latin = Object.values(fields).flat().every((text) => /^[\x20-\x7e]*$/.test(text));
  return damaged.font || !latin ? "charSetData" : null;
}

/** The lines of a form, in the order of its fields. */
export function linesOfForm({ fields = {} }: Form): string[] {
  return FIELDS.flatMap((name) => fields[name] ?? []);
}
