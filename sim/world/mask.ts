/**
 * What a trace may tell of a message between core and devices: everything except what a person typed.
 *
 * Digits become "•": of a phone or identity number because they are personal (C2), of an amount because
 * one rule is safer than two. PIN digits never get this far: the pad does not report them.
 */
import type { FaceRequest } from "../../core/face/mod.ts";
import type { JsonObject } from "../../core/json.ts";
import { maskPan } from "../../core/money/mod.ts";
import { DIGIT_KEYS, fromBase64, type XfsMessage } from "../../core/xfs4iot/mod.ts";

const TOLD_AS_DOT: readonly string[] = [...DIGIT_KEYS, "oemX"];

/** A key as it may be told. */
export function maskKey(key: string): string {
  return TOLD_AS_DOT.includes(key) ? "•" : key;
}

/** A message between core and device as it stands in the trace. */
export function maskXfs(message: XfsMessage): JsonObject {
  const plain = message as unknown as JsonObject;
  const payload = "payload" in message ? message.payload : undefined;
  if (payload === undefined) return plain;
  switch (`${message.header.type} ${message.header.name}`) {
    case "command PinPad.GetPinBlock":
      return {
        ...plain,
        payload: { ...payload, customerData: maskCustomerData(payload) },
      };
    case "completion PinPad.GetPinBlock":
      if (payload.pinBlock === undefined) return plain;
      return { ...plain, payload: { ...payload, pinBlock: maskBlock(text(payload.pinBlock)) } };
    case "event Keyboard.KeyEvent":
      if (payload.digit === undefined) return plain;
      return { ...plain, payload: { ...payload, digit: maskKey(text(payload.digit)) } };
    case "completion Keyboard.DataEntry":
      return { ...plain, payload: { ...payload, pinKeys: maskKeys(payload.pinKeys) } };
    default:
      return plain;
  }
}

/** An account as it may be told: where its check digit is left out, no digit before that is told instead. */
function maskCustomerData({ format, customerData }: Readonly<Record<string, unknown>>): string {
  const data = text(customerData);
  const whole = format !== "iso0" && format !== "iso3";
  return whole ? maskPan(data) : maskPan(`${data}0`).slice(0, -1);
}

function maskBlock(base64: string): string {
  return `(${fromBase64(base64).length} bytes, encrypted)`;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function maskKeys(keys: unknown): string {
  return Array.isArray(keys) ? `(${keys.length} keys)` : "(0 keys)";
}

/** A face request as it may be told: the reference's account is masked. */
export function maskFace(request: FaceRequest): JsonObject {
  if (!("reference" in request)) return request as unknown as JsonObject;
  const [kind, account] = request.reference.split(":");
  return { ...request, reference: `${kind}:${maskPan(account ?? "")}` } as unknown as JsonObject;
}
