/**
 * DE 48 of this network: tagged subfields, each a tag of two digits, a length of three, a text.
 *
 * ```
 *   01 011 26123456789 │ 06 001 2         number 26123456789, two PIN tries left
 * ```
 *
 * | tag | text                                         |
 * |-----|----------------------------------------------|
 * | 01  | the number the customer typed                |
 * | 02  | score of the face comparison                 |
 * | 03  | its threshold                                |
 * | 04  | the model that compared, by its SHA-256      |
 * | 05  | face reference: template, id_photo or none   |
 * | 06  | PIN tries left                               |
 * | 07  | reason of a reversal                         |
 * | 08  | nonce of the dispenser                       |
 * | 09  | token: permission to dispense, once          |
 * | 10  | key block (X9.143), under a key of both ends |
 *
 * Tags stand in ascending order, each at most once; 02, 03 and 04 together or not at all. Scores
 * are written as ECMAScript writes a number, the shortest text that reads back as the same one: the
 * bank compares exactly what the machine compared.
 */
import { type AdditionalData, FACE_REFERENCES, REVERSAL_REASONS } from "./message.ts";

/** What reading found; `problem` names the tag. */
export type AdditionalRead =
  | { readonly ok: true; readonly value: AdditionalData }
  | { readonly ok: false; readonly problem: string };

/** The text of every tag: this list is the format. */
const TAGS = {
  "01": /^([0-9]{11}|[0-9]{17}[0-9X])$/,
  "02": /^-?[0-9.e+-]{1,24}$/,
  "03": /^-?[0-9.e+-]{1,24}$/,
  "04": /^[!-~]{1,99}$/,
  "05": new RegExp(`^(${FACE_REFERENCES.join("|")})$`),
  "06": /^[0-9]{1,2}$/,
  "07": new RegExp(`^(${REVERSAL_REASONS.join("|")})$`),
  "08": /^[0-9A-F]{32}$/,
  "09": /^[!-~]{1,512}$/,
  "10": /^[0-9A-Z]{16,999}$/,
} as const;
type Tag = keyof typeof TAGS;

/** The text of DE 48, or what no tag can hold. */
export function writeAdditional(
  data: AdditionalData,
): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: string } {
  const { number, face, reference, pin_tries_left, reason, nonce, token, key_block } = data;
  const texts: Record<Tag, string | undefined> = {
    "01": number,
    "02": face === undefined ? undefined : String(face.score),
    "03": face === undefined ? undefined : String(face.threshold),
    "04": face?.model,
    "05": reference,
    "06": pin_tries_left === undefined ? undefined : String(pin_tries_left),
    "07": reason,
    "08": nonce,
    "09": token,
    "10": key_block,
  };
  let text = "";
  for (const [tag, part] of Object.entries(texts).sort(([a], [b]) => a < b ? -1 : 1)) {
    if (part === undefined) continue;
    if (!fits(tag as Tag, part)) return { ok: false, problem: `tag ${tag} does not fit` };
    text += tag + String(part.length).padStart(3, "0") + part;
  }
  return { ok: true, text };
}

/** Reads DE 48 back. Refuses what {@linkcode writeAdditional} would not write. */
export function readAdditional(text: string): AdditionalRead {
  const found: Partial<Record<Tag, string>> = {};
  let [before, offset] = ["", 0];
  while (offset < text.length) {
    const head = /^([0-9]{2})([0-9]{3})/.exec(text.slice(offset, offset + 5));
    if (head === null) return { ok: false, problem: "a subfield begins with tag and length" };
    const [, tag = "", length = ""] = head;
    const part = text.slice(offset + 5, offset + 5 + Number(length));
    if (!isTag(tag)) return { ok: false, problem: `there is no tag ${tag}` };
    if (tag <= before) return { ok: false, problem: `tag ${tag} is out of order` };
    if (part.length !== Number(length) || !fits(tag, part)) {
      return { ok: false, problem: `tag ${tag} does not fit` };
    }
    found[tag] = part;
    before = tag;
    offset += 5 + part.length;
  }
  return dataOf(found);
}

function dataOf(found: Partial<Record<Tag, string>>): AdditionalRead {
  const { "08": nonce, "09": token, "10": key_block } = found;
  const { "01": number, "02": score, "03": threshold, "04": model, "06": tries } = found;
  const parts = [score, threshold, model].filter((part) => part !== undefined).length;
  if (parts !== 0 && parts !== 3) {
    return { ok: false, problem: "tags 02, 03 and 04 come together" };
  }
  const face = score === undefined || threshold === undefined || model === undefined
    ? undefined
    : { score: Number(score), threshold: Number(threshold), model };
  const reference = FACE_REFERENCES.find((known) => known === found["05"]);
  const reason = REVERSAL_REASONS.find((known) => known === found["07"]);
  return {
    ok: true,
    value: {
      ...(number === undefined ? {} : { number }),
      ...(face === undefined ? {} : { face }),
      ...(reference === undefined ? {} : { reference }),
      ...(tries === undefined ? {} : { pin_tries_left: Number(tries) }),
      ...(reason === undefined ? {} : { reason }),
      ...(nonce === undefined ? {} : { nonce }),
      ...(token === undefined ? {} : { token }),
      ...(key_block === undefined ? {} : { key_block }),
    },
  };
}

/** The shape, and for numbers the one spelling that reads back as itself. */
function fits(tag: Tag, text: string): boolean {
  if (!TAGS[tag].test(text)) return false;
  if (tag !== "02" && tag !== "03" && tag !== "06") return true;
  return Number.isFinite(Number(text)) && String(Number(text)) === text;
}

function isTag(tag: string): tag is Tag {
  return Object.hasOwn(TAGS, tag);
}
