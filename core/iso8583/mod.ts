/** The language between the machine and the bank: ISO 8583. @module */
export type {
  AdditionalData,
  Fields,
  Iso8583Message,
  Mti,
  ProcessingCode,
  ResponseCode,
  ReversalReason,
} from "./message.ts";
