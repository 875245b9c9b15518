/**
 * `run --bank host:port`: the real core and its own machine before somebody else's host.
 *
 * ISO 8583 over TCP, two bytes of length before each message, one question at a time; a host's own 0800 (an
 * echo) is acknowledged. The run keeps its own
 * time: the host's real thinking is awaited like an inference and costs no virtual time, the line's latency
 * is the profile's. A host that does not answer, or whose line breaks while it is asked, has not answered:
 * the machine runs into its timeout and reverses. The next question opens a new line, then and where the
 * host closes its own after every answer.
 */
import { hexToBytes } from "@noble/hashes/utils.js";
import {
  frame,
  type FrameProblem,
  FrameReader,
  isNetworkMessage,
  type Iso8583Message,
  type NetworkMessage,
  otherThanAsked,
  pack,
  unpack,
  type WireFormat,
  type WireMessage,
} from "../../core/iso8583/mod.ts";
import { type Key, macKey as codeKey, protectionKey } from "../../core/keys/mod.ts";
import { transmissionTime } from "../../core/session/mod.ts";
import { createLineEnd } from "../../devices/mod.ts";
import { acknowledged } from "../bank/mod.ts";
import { InputError } from "../plan/mod.ts";
import { type RemoteBank, TERMINAL } from "../world/mod.ts";
import { type PinOptions, pinsOf, wireFor } from "./pins.ts";
import { isLineTrouble } from "./tcp_line.ts";
import { later, wallNow } from "./wall_time.ts";

export interface RemoteBankOptions extends PinOptions {
  /** `host:port`. */
  readonly bank: string;
  readonly wire: WireFormat;
  /** Hexadecimal, as the host has them; no MAC key: messages carry no codes. */
  readonly tokenKey: string;
  readonly macKey?: string;
  /** Under it the host gives a new MAC key, which is asked for first; absent: none is. */
  readonly keyBlockKey?: string;
  /** How long a host may take to take the line. */
  readonly dial_ms?: number;
  /** How long it may take to answer. */
  readonly answer_ms?: number;
  /** Hears what is wrong with the line or with what came over it, in words without anything that was said. */
  readonly aside?: (why: string) => void;
}

/** A host that has not answered by then will not. */
const ANSWER_MS = 10_000;
/** As a part of that: what a host was silent to, it is silent to again. Ninety repeats come in one run. */
const REPEAT_SHARE = 0.1;
const REPEATS: readonly string[] = ["0121", "0421"];
/** A host that has not taken the line by then will not. */
const DIAL_MS = 10_000;
/** A host that closes the line with its answer: from the one to the other being heard. */
const FAREWELL_MS = 10;
const READ_BYTES = 8_192;
const LENGTH_FIRST = "two bytes of length come first, and do not count themselves";

/** So much is told of what is wrong; who has read so many knows. */
const ASIDES_MAX = 16;

export interface BankLine extends RemoteBank {
  close(): void;
}

/** Connects. Throws {@linkcode InputError} when nobody is there. */
export async function connectBank(options: RemoteBankOptions): Promise<BankLine> {
  const { bank: address, aside } = options;
  const { dial_ms = DIAL_MS, answer_ms = ANSWER_MS } = options;
  const [, hostname, port] = /^(.+):([0-9]{1,5})$/.exec(address) ?? [];
  if (hostname === undefined || Number(port) > 65_535) {
    throw wrong("--bank", `${address} is no address; write host:port`);
  }
  const wire = wireFor(options.wire, options.pinFormat);
  const { key: pin_key, legacy } = pinsOf(options, "run");
  const keys = keysOf(options, wire);
  const at = { hostname, port: Number(port), dial_ms, answer_ms };
  const connection = await dial(at);
  if (connection === null) throw wrong("--bank", `nobody answers at ${address}`);
  const line = new Line(at, wire, connection, aside);
  // A number that was used before would get the answer it got before: runs take theirs from the clock.
  const first_stan = Math.floor(wallNow() / 1_000) % 900_000 + 1;
  const { token_key, end, protection } = keys;
  if (end !== null && protection !== null) {
    const answer = await line.manage(keyChange(first_stan));
    const why = answer === null ? "it does not answer" : end.changeKey(answer, protection);
    if (why !== null) {
      line.close();
      throw wrong("--key-block-key", `no new key from ${address}: ${why}`);
    }
  }
  const ask = (message: Iso8583Message) => line.ask(message);
  const legacy_pins = legacy === undefined ? {} : { legacy_pins: legacy };
  const known = { address, wire, pin_key, ...legacy_pins, token_key, end, first_stan };
  return { ...known, ask, close: () => line.close() };
}

interface Keys extends Pick<RemoteBank, "token_key" | "end"> {
  /** Under it new keys of codes travel. */
  readonly protection: Key | null;
}

function keysOf(options: RemoteBankOptions, wire: WireFormat): Keys {
  const { tokenKey, macKey, keyBlockKey } = options;
  if (keyBlockKey !== undefined && macKey === undefined) {
    throw wrong("--key-block-key", "what is changed is the key of codes; give --mac-key too");
  }
  return {
    token_key: key("--token-key", tokenKey, 32),
    end: macKey === undefined ? null : createLineEnd(codeKey(key("--mac-key", macKey, 16)), wire),
    protection: keyBlockKey === undefined
      ? null
      : protectionKey(key("--key-block-key", keyBlockKey, 16)),
  };
}

function keyChange(stan: number): NetworkMessage {
  const fields = {
    7: transmissionTime(wallNow()),
    11: String(stan).padStart(6, "0"),
    41: TERMINAL,
  };
  return { mti: "0800", fields: { ...fields, 70: "101" } };
}

interface Address {
  readonly hostname: string;
  readonly port: number;
  readonly dial_ms: number;
  readonly answer_ms: number;
}

/** Null where nobody takes the line: refused, unreachable, without a name, or silent for too long. */
async function dial({ hostname, port, dial_ms }: Address): Promise<Deno.TcpConn | null> {
  const patience = new AbortController();
  const inTime = later(dial_ms, () => patience.abort());
  try {
    return await Deno.connect({ hostname, port, signal: patience.signal });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return null;
  } finally {
    inTime();
  }
}

/** The question that waits for its answer. */
interface Question {
  readonly asked: WireMessage;
  answered(answer: WireMessage | null): void;
}

class Line {
  readonly #at: Address;
  readonly #wire: WireFormat;
  readonly #aside: (why: string) => void;
  #connection: Deno.TcpConn | null = null;
  /** Done when all that was to be said is written: no message comes into another. */
  #written: Promise<void> = Promise.resolve();
  #question: Question | null = null;
  #asides = 0;
  /** It has let a question run out. */
  #silent = false;

  constructor(
    at: Address,
    wire: WireFormat,
    connection: Deno.TcpConn,
    aside: (why: string) => void = () => {},
  ) {
    this.#at = at;
    this.#wire = wire;
    this.#aside = aside;
    this.#take(connection);
  }

  /** Nothing more comes over this line: not the answer that somebody waits for either. */
  close(): void {
    this.#connection?.close();
    this.#connection = null;
    this.#question?.answered(null);
  }

  async ask(message: Iso8583Message): Promise<Iso8583Message | null> {
    const answer = await this.#answerTo(message);
    return answer === null || isNetworkMessage(answer) ? null : answer;
  }

  /** The same about the line. */
  async manage(message: NetworkMessage): Promise<NetworkMessage | null> {
    const answer = await this.#answerTo(message);
    return answer !== null && isNetworkMessage(answer) ? answer : null;
  }

  /** The answer to this message, or `null` where none comes that can be read. */
  async #answerTo(message: WireMessage): Promise<WireMessage | null> {
    const connection = await this.#open();
    if (connection === null) return null;
    const { promise, resolve } = Promise.withResolvers<WireMessage | null>();
    this.#question = { asked: message, answered: resolve };
    const patience = this.#patience(message);
    const inTime = later(patience, () => {
      if (!this.#silent) {
        this.#tell(`${nameOf(message)} was not answered within ${patience / 1_000} s`);
      }
      this.#silent = true;
      this.close();
    });
    try {
      await this.#say(connection, message);
      const answer = await promise;
      if (answer !== null) this.#silent = false;
      return answer;
    } catch (error) {
      // There is no answer. Anything else is a bug of ours.
      if (!isLineTrouble(error)) throw error;
      this.close();
      return null;
    } finally {
      inTime();
      this.#question = null;
    }
  }

  #patience({ mti }: WireMessage): number {
    const { answer_ms } = this.#at;
    return this.#silent && REPEATS.includes(mti) ? REPEAT_SHARE * answer_ms : answer_ms;
  }

  /** The line there is; a new one, where the host has closed it since the last answer, as many do. */
  async #open(): Promise<Deno.TcpConn | null> {
    await waited(FAREWELL_MS);
    if (this.#connection !== null) return this.#connection;
    const connection = await dial(this.#at);
    if (connection !== null) this.#take(connection);
    return connection;
  }

  #take(connection: Deno.TcpConn): void {
    this.#connection = connection;
    void this.#listen(connection);
  }

  /** Hears all that comes, asked for or not, until the line ends. */
  async #listen(line: Deno.TcpConn): Promise<void> {
    const reader = new FrameReader();
    const buffer = new Uint8Array(READ_BYTES);
    let nonsense: FrameProblem | null = null;
    while (nonsense === null) {
      const read = await readFrom(line, buffer);
      if (read === null) break;
      const { messages, problem } = reader.push(buffer.subarray(0, read));
      for (const bytes of messages) this.#hear(bytes, line);
      nonsense = problem;
    }
    if (nonsense !== null) this.#tell(`it sent ${nonsense}; ${LENGTH_FIRST}`);
    else if (!reader.between) this.#tell(`its last message came to no end; ${LENGTH_FIRST}`);
    else if (this.#connection === line && this.#question !== null) {
      this.#tell(`${nameOf(this.#question.asked)} was hung up on`);
    }
    if (this.#connection === line) this.close();
  }

  #say(line: Deno.TcpConn, message: WireMessage): Promise<void> {
    const said = this.#written.then(() => writeAll(line, frame(pack(message, this.#wire))));
    this.#written = said.catch(() => {});
    return said;
  }

  /** Whatever answers something else, or cannot be read, is left aside. */
  #hear(bytes: Uint8Array, line: Deno.TcpConn): void {
    const read = unpack(bytes, this.#wire);
    if (!read.ok) {
      const { field, offset, problem } = read.error;
      return this.#leaveAside(
        `it was not understood: element ${field} at byte ${offset}: ${problem}`,
      );
    }
    const { message } = read;
    const said = nameOf(message);
    if (message.mti === "0800") return this.#acknowledge(message, line);
    if (this.#question === null) return this.#leaveAside(`${said} answers nothing that is asked`);
    const { asked, answered } = this.#question;
    const other = otherThanAsked(asked.fields, message.fields);
    const answers = isAnswerTo(asked.mti, message.mti);
    if (answers && other === null) {
      this.#question = null;
      const doubt = pinDoubt(asked, message);
      if (doubt !== null) this.#tell(doubt);
      return answered(message);
    }
    const why = !answers || other === null || other === 11
      ? ""
      : `: element ${other} is not the one that was sent`;
    this.#leaveAside(`${said} answers no ${asked.mti} of ${asked.fields[11]}${why}`);
  }

  /** A host asks whether somebody is there: it is told so, at its own time. */
  #acknowledge(message: NetworkMessage, line: Deno.TcpConn): void {
    const answer = acknowledged(message);
    if (answer === null) return;
    this.#say(line, answer).catch((error) => {
      if (!isLineTrouble(error)) throw error;
    });
  }

  #leaveAside(why: string): void {
    this.#tell(`an answer was left aside: ${why}`);
  }

  /** A host that is not understood is as one that is silent, to the machine; not to who connects it. */
  #tell(what: string): void {
    if (this.#asides++ < ASIDES_MAX) this.#aside(what);
  }
}

/** Why PIN data may be what a host did not take, in its own code: a format error, or a block not opened. */
function pinDoubt(asked: WireMessage, answer: WireMessage): string | null {
  const sent = isNetworkMessage(asked) ? undefined : asked.fields[52];
  const code = answer.fields[39];
  if (sent === undefined || (code !== "30" && code !== "96")) return null;
  return `${nameOf(answer)} says ${code} to PIN data of ${sent.length / 2} bytes: ` +
    "are --pin-format and --pin-key those of the host?";
}

function nameOf({ mti, fields }: WireMessage): string {
  return `${mti} of trace number ${fields[11] ?? "none"}`;
}

function isAnswerTo(asked: string, said: string): boolean {
  return said.slice(0, 2) === asked.slice(0, 2) && "13".includes(said[2] ?? "");
}

/** How many bytes came; null where none will come any more. */
async function readFrom(line: Deno.TcpConn, buffer: Uint8Array): Promise<number | null> {
  try {
    return await line.read(buffer);
  } catch (error) {
    if (!isLineTrouble(error)) throw error;
    return null;
  }
}

function waited(ms: number): Promise<void> {
  return new Promise((resolve) => void later(ms, resolve));
}

async function writeAll(line: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let sent = 0; sent < bytes.length;) sent += await line.write(bytes.subarray(sent));
}

function key(field: string, hex: string, bytes: number): Uint8Array {
  if (!new RegExp(`^[0-9A-Fa-f]{${2 * bytes}}$`).test(hex)) {
    throw wrong(field, `a key of ${8 * bytes} bits has ${2 * bytes} hexadecimal digits`);
  }
  return hexToBytes(hex);
}

function wrong(field: string, message: string): InputError {
  return new InputError({ file: "run", field, message });
}
