/**
 * The language between the machine and the bank: ISO 8583:1987.
 *
 * ```
 *   typed message ──pack──► bytes ──frame──► a stream
 *   typed message ◄─unpack── bytes ◄─FrameReader── a stream
 * ```
 *
 * In memory the twin passes typed messages; bytes are for a bank or a machine that is somebody
 * else's. Nothing here reads or writes anything but what it is given.
 *
 * @module
 */
export { otherThanAsked } from "./answers.ts";
export {
  type Elements,
  packElements,
  type PlacedElements,
  type SecondBitmap,
  type Unpacked,
  unpackElements,
  withOtherPinData,
} from "./codec.ts";
export type { WireFormat } from "./elements.ts";
export { Iso8583Error, type WireProblem } from "./error.ts";
export { explain } from "./explain.ts";
export { FIELDS, type FieldSpec, type Format, PIN_DATA, pinBytesOf } from "./fields.ts";
export { frame, FRAME_BYTES_MAX, type FrameProblem, FrameReader, type Frames } from "./frame.ts";
export { elementsWithMac, type MacVerdict, macVerdict, withMac } from "./mac.ts";
export type {
  AdditionalData,
  Fields,
  Iso8583Message,
  Mti,
  NetworkFields,
  NetworkMessage,
  ProcessingCode,
  ResponseCode,
  ReversalReason,
  WireMessage,
} from "./message.ts";
export {
  ADVICE_ACKNOWLEDGED,
  MTIS,
  RESPONSE_CODES,
  REVERSAL_ACKNOWLEDGED,
  TRACE_NUMBER,
  TRANSMISSION_TIME,
} from "./message.ts";
export { isNetworkMessage, messageOf, pack, unpack } from "./wire.ts";
