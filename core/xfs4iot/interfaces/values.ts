/**
 * The small values that many XFS4IoT payloads share: patterns, maps of switches, picture
 * references.
 *
 * @module
 */
import * as z from "zod";

/** A payload that says nothing. */
export const nothing = z.strictObject({});

export const count = z.number().int().min(0);
export const positive = z.number().int().min(1);

/** Binary data on the wire. */
export const base64 = z.string()
  .regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/);

/**
 * A picture by its content; in process only, the WebSocket edge puts the base64 PNG in its place.
 */
export const contentReference = z.string().regex(/^sha256:[0-9a-f]{64}$/);

export const unitName = z.string().regex(/^unit[0-9A-Za-z]+$/);
export const currency = z.string().regex(/^[A-Z]{3}$/);
export const noteType = z.string().regex(/^type[0-9A-Z]+$/);

/** What a key is for, as in a TR-31 key block; two digits are the manufacturer's own. */
export const keyUsage = z.string().regex(
  /^B[0-3]$|^C0$|^D[0-3]$|^E[0-7]$|^I0$|^K[0-4]$|^M[0-8]$|^P[0-1]$|^S[0-2]$|^V[0-5]$|^[0-9][0-9]$/,
);

/** An object of switches, each of which may be absent: `{ fit: true, unfit: false }`. */
export function flags<const Name extends string>(...names: [Name, ...Name[]]) {
  return z.partialRecord(z.enum(names), z.boolean());
}

/** The part of another interface that this twin neither sends nor reads. */
export const unmodelled = z.record(z.string(), z.unknown());
