/**
 * One turn of the core: the draft of the next state and the effects gathered on the way.
 *
 * The draft lives inside one call of `step` and nowhere else, so `step` stays a pure function while
 * its parts read as what they do.
 */
import type { FaceRequest } from "../face/result.ts";
import type { Fields, Iso8583Message, Mti } from "../iso8583/mod.ts";
import type { Micros } from "../units.ts";
import { command, type CommandName, type CommandPayload } from "../xfs4iot/mod.ts";
import type { DeviceName, Effect, JournalEntry, TimerName } from "./effect.ts";
import type { SessionEvent } from "./event.ts";
import type { Control, Page } from "./screen.ts";
import type { Machine, Session } from "./state.ts";
import { transmissionTime } from "./wall_time.ts";

export class Turn {
  machine: Machine;
  readonly effects: Effect[] = [];
  readonly event: SessionEvent;

  constructor(machine: Machine, event: SessionEvent) {
    this.machine = machine;
    this.event = event;
  }

  get config() {
    return this.machine.config;
  }

  /** Moves the session to another state. */
  go(session: Session): void {
    this.machine = { ...this.machine, session };
  }

  show(page: Page, controls: readonly Control[]): void {
    this.machine = { ...this.machine, page, controls };
    this.effects.push({
      type: "screen",
      screen: { ...page, language: this.machine.language, controls },
    });
  }

  /** Notes that something keeps the machine from serving, or no more. */
  trouble(name: string, on: boolean): void {
    const others = this.machine.troubles.filter((each) => each !== name);
    const troubles = on ? [...others, name].sort() : others;
    this.machine = { ...this.machine, troubles };
  }

  /** Whether nobody new can be served; without a camera somebody can. */
  get unfit(): boolean {
    return this.machine.troubles.some((name) => name !== "camera");
  }

  /** Sends an XFS4IoT command; returns its request id. */
  device<N extends CommandName>(
    device: DeviceName,
    name: N,
    payload: CommandPayload<N>,
    timeout_ms?: number,
  ): number {
    const request = this.machine.request + 1;
    this.machine = { ...this.machine, request };
    this.effects.push({
      type: "device",
      device,
      message: command(name, request, payload, timeout_ms),
    });
    return request;
  }

  /** The next system trace audit number, six digits, never 000000. */
  nextStan(): string {
    const stan = this.machine.stan % 999_999 + 1;
    this.machine = { ...this.machine, stan };
    return String(stan).padStart(6, "0");
  }

  /** Sends a message to the bank; the fields every message of this machine has are put in. */
  host(mti: Mti, stan: string, fields: Fields): Iso8583Message {
    const message: Iso8583Message = {
      mti,
      fields: {
        7: transmissionTime(this.event.wall_ms),
        11: stan,
        41: this.config.terminal,
        ...fields,
      },
    };
    this.effects.push({ type: "host", message });
    return message;
  }

  face(request: FaceRequest): void {
    this.effects.push({ type: "face", request });
  }

  nextCapture(): string {
    const capture = this.machine.capture + 1;
    this.machine = { ...this.machine, capture };
    return `capture-${capture}`;
  }

  timer(timer: TimerName, after: Micros | null): void {
    this.effects.push({ type: "timer", timer, after });
  }

  journal(entry: JournalEntry): void {
    this.effects.push({ type: "journal", entry });
  }
}
