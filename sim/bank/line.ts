/**
 * The bank at the end of a line: the bytes of a request in, the bytes of its answer out.
 *
 * What cannot be read at all gets no answer: a machine that waits in vain reverses, which is the
 * safe way out. What can be read but is not of this network gets 30, format error, so that somebody
 * who connects a switch of their own sees at once what it says wrong. That goes for PIN data, DE 52, of
 * another network's length too.
 *
 * Network management is answered here, not by the bank: it is about the line. This bank asks for no
 * sign-on; it acknowledges one, and an echo, for those who send them.
 */
import {
  type Elements,
  isNetworkMessage,
  type Iso8583Message,
  messageOf,
  type NetworkMessage,
  pack,
  packElements,
  PIN_DATA,
  pinBytesOf,
  type PlacedElements,
  unpackElements,
  type WireFormat,
  type WireMessage,
  type WireProblem,
  withOtherPinData,
} from "../../core/iso8583/mod.ts";

/** What became of some bytes. */
export interface AnsweredBytes {
  /** What goes back; `null` when nothing does. */
  readonly answer: Uint8Array | null;
  /** The request and the answer as messages, where they are some. Mask them before showing them. */
  readonly request: WireMessage | null;
  readonly reply: WireMessage | null;
  /** Why the request could not be read. */
  readonly problem: WireProblem | null;
}

/** 1987: format error. Only the line says it, so the bank's own codes have no 30. */
const FORMAT_ERROR = "30";

/** What a refusal repeats of a request that makes no sense: enough to find it by, no PIN block. */
const REPEATED = [3, 7, 11, 12, 13, 37, 41, 70, 90];

/** Whoever answers the messages of a line: a bank, or one behind message authentication. */
export interface Host {
  receive(message: Iso8583Message): Iso8583Message | null;
  /** Answers network management of its own; `null`, or absent: the line does. */
  manage?(message: NetworkMessage): NetworkMessage | null;
  /** Puts its code on a refusal of what could not be read; absent: it has none. */
  seal?(refusal: Elements): Elements;
}

/** Answers one message. Throws nothing but what the host's store throws, whatever arrives. */
export function answerBytes(host: Host, bytes: Uint8Array, wire: WireFormat): AnsweredBytes {
  const elements = unpackElements(bytes, wire);
  if (!elements.ok) {
    const other = withOtherPinData(bytes, wire);
    if (other !== null) return refused(host, other, wire, pinDataProblem(other, wire));
    return { answer: null, request: null, reply: null, problem: elements.error };
  }
  const read = messageOf(elements.message);
  if (!read.ok) return refused(host, elements.message, wire, read.error);
  const request = read.message;
  const reply = isNetworkMessage(request)
    ? host.manage?.(request) ?? acknowledged(request)
    : host.receive(request);
  const answer = reply === null ? null : pack(reply, wire);
  return { answer, request, reply, problem: null };
}

/** It can be read, but it is not of this network. */
function refused(
  host: Host,
  elements: Elements,
  wire: WireFormat,
  problem: WireProblem,
): AnsweredBytes {
  const refusal = formatError(elements);
  const answer = refusal === null ? null : packElements(sealed(host, refusal), wire);
  return { answer, request: null, reply: null, problem };
}

function pinDataProblem({ values, offsets }: PlacedElements, wire: WireFormat): WireProblem {
  const has = (values.get(PIN_DATA) ?? "").length / 2;
  const problem = `it has ${pinBytesOf(wire)} bytes in this network, not ${has}`;
  return { field: PIN_DATA, offset: offsets.get(PIN_DATA) ?? 0, problem };
}

/** 0810: the same again and 00. A code must be there to be acknowledged; keys are not for the line. */
export function acknowledged({ mti, fields }: NetworkMessage): NetworkMessage | null {
  if (mti !== "0800") return null;
  const understood = fields[70] !== undefined && fields[70] !== "101";
  return { mti: "0810", fields: { ...fields, 39: understood ? "00" : "12" } };
}

/** Network management carries no code. */
function sealed(host: Host, refusal: Elements): Elements {
  return refusal.mti[1] === "8" ? refusal : host.seal?.(refusal) ?? refusal;
}

function formatError({ mti, values }: Elements): Elements | null {
  const answer = answerOf(mti);
  if (answer === null) return null;
  const repeated = [...values].filter(([number]) => REPEATED.includes(number));
  return { mti: answer, values: new Map([...repeated, [39, FORMAT_ERROR]]) };
}

/**
 * The type that answers a request or an advice, of this network or not; a repeat is answered as the
 * first was. `null` for what is no question: an answer, a notification, four digits of nobody's.
 */
function answerOf(mti: string): string | null {
  const parts = /^([0-9][1-8])([02])([0-5])$/.exec(mti);
  if (parts === null) return null;
  const [, kind = "", asked, origin] = parts;
  const first = Number(origin) - Number(origin) % 2;
  return `${kind}${Number(asked) + 1}${first}`;
}
