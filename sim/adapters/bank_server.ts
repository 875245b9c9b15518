/**
 * The bank on TCP: frames of two bytes length over the loopback, many lines at a time.
 *
 * Whoever holds the other end of a line may be broken or hostile. So a line holds at most one
 * unfinished message, is read no faster than it takes its answers, and is dropped when its frames
 * make no sense, when too many messages on end make none, or when nothing moves on it. None of that
 * touches another line: the bank answers each message in one go, whichever line it came by.
 */
import { frame, FrameReader, type WireFormat } from "../../core/iso8583/mod.ts";
import { answerBytes, type AnsweredBytes, type Host } from "../bank/mod.ts";
import { isLineTrouble } from "./tcp_line.ts";
import { later } from "./wall_time.ts";

export interface BankServerOptions {
  readonly bank: Host;
  readonly wire: WireFormat;
  /** 0 takes any that is free. */
  readonly port: number;
  /** Hears of every message, once its answer is known. Mask before showing. */
  readonly answered?: (answered: AnsweredBytes) => void;
  /** Hears of every line that is dropped, in words without anything a line has said. */
  readonly dropped?: (why: string) => void;
  /** How long a line may be silent, or refuse to take its answers. */
  readonly idle_ms?: number;
}

export interface BankServer {
  readonly port: number;
  /** Settles only by failing: with the first error that is not a line's. */
  readonly failed: Promise<never>;
  /** Hangs up everywhere; settles when nothing is under way any more, and tells of a failure. */
  stop(): Promise<void>;
}

/** More machines than a branch has; the next one is hung up on. */
export const LINES_MAX = 256;

/** Messages on end that cannot even be answered, until a line is dropped. */
export const UNREADABLE_MAX = 16;

const IDLE_MS = 300_000;
const READ_BYTES = 8_192;

/** @throws {Deno.errors.AddrInUse} when somebody else has the port */
export function serveBank(options: BankServerOptions): BankServer {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: options.port });
  return new Server(options, listener);
}

class Server implements BankServer {
  readonly #options: BankServerOptions;
  readonly #listener: Deno.TcpListener;
  readonly #lines = new Map<Deno.TcpConn, Promise<void>>();
  readonly #failure = Promise.withResolvers<never>();
  #failed: { readonly error: unknown } | null = null;
  readonly #accepting: Promise<void>;

  constructor(options: BankServerOptions, listener: Deno.TcpListener) {
    this.#options = options;
    this.#listener = listener;
    // Whoever does not wait for a failure is told of it when stopping.
    this.#failure.promise.catch(() => {});
    this.#accepting = this.#accept().catch((error) => this.#fail(error));
  }

  get port(): number {
    return this.#listener.addr.port;
  }

  get failed(): Promise<never> {
    return this.#failure.promise;
  }

  async stop(): Promise<void> {
    this.#listener.close();
    for (const line of this.#lines.keys()) hangUp(line);
    await Promise.all([this.#accepting, ...this.#lines.values()]);
    if (this.#failed !== null) throw this.#failed.error;
  }

  async #accept(): Promise<void> {
    while (true) {
      try {
        for await (const line of this.#listener) this.#take(line);
        return;
      } catch (error) {
        // A line that was gone before it was taken; the next one may come.
        if (!isLineTrouble(error)) throw error;
      }
    }
  }

  #take(line: Deno.TcpConn): void {
    if (this.#lines.size >= LINES_MAX) {
      hangUp(line);
      this.#drop(`there are ${LINES_MAX} lines already`);
      return;
    }
    const served = this.#serve(line)
      .catch((error) => this.#fail(error))
      .finally(() => {
        this.#lines.delete(line);
        hangUp(line);
      });
    this.#lines.set(line, served);
  }

  async #serve(line: Deno.TcpConn): Promise<void> {
    const idle_ms = this.#options.idle_ms ?? IDLE_MS;
    const patience = new Patience(idle_ms, () => {
      hangUp(line);
      this.#drop(`nothing moved on it for ${idle_ms / 1000} s`);
    });
    try {
      const why = await this.#converse(line, patience);
      if (why !== null) this.#drop(why);
    } catch (error) {
      if (!isLineTrouble(error)) throw error;
    } finally {
      patience.end();
    }
  }

  /** Reads and answers until the line ends: `null`, or why it must. */
  async #converse(line: Deno.TcpConn, patience: Patience): Promise<string | null> {
    const reader = new FrameReader();
    const buffer = new Uint8Array(READ_BYTES);
    let unreadable = 0;
    while (true) {
      const count = await line.read(buffer);
      patience.renew();
      if (count === null) return null;
      const { messages, problem } = reader.push(buffer.subarray(0, count));
      for (const message of messages) {
        const answered = answerBytes(this.#options.bank, message, this.#options.wire);
        this.#options.answered?.(answered);
        if (answered.answer !== null) await writeAll(line, frame(answered.answer), patience);
        // What is refused with an answer is of somebody who can be talked to.
        unreadable = answered.answer === null && answered.problem !== null ? unreadable + 1 : 0;
        if (unreadable >= UNREADABLE_MAX) return `it sent ${unreadable} unreadable messages`;
      }
      if (problem !== null) return `it sent ${problem}`;
    }
  }

  #fail(error: unknown): void {
    this.#failed ??= { error };
    this.#failure.reject(error);
  }

  #drop(why: string): void {
    this.#options.dropped?.(why);
  }
}

/** A clock that runs out unless something moves. */
class Patience {
  readonly #ms: number;
  readonly #out: () => void;
  #callOff: () => void;

  constructor(ms: number, out: () => void) {
    this.#ms = ms;
    this.#out = out;
    this.#callOff = later(ms, out);
  }

  renew(): void {
    this.end();
    this.#callOff = later(this.#ms, this.#out);
  }

  end(): void {
    this.#callOff();
  }
}

async function writeAll(line: Deno.TcpConn, bytes: Uint8Array, patience: Patience): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    written += await line.write(bytes.subarray(written));
    patience.renew();
  }
}

/** Closes a line that may be closed already. */
function hangUp(line: Deno.TcpConn): void {
  try {
    line.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}
