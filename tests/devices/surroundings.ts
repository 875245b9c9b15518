/** A world of one device: a clock moved by hand, and a client that writes down what it is told. */
import assert from "node:assert/strict";
import { parse } from "yaml";
import { randomStream } from "../../core/numeric/mod.ts";
import { type Micros, micros } from "../../core/units.ts";
import {
  command,
  type CommandMessage,
  type CommandName,
  type CommandPayload,
  type CompletionMessage,
  type CompletionPayload,
  type DeviceMessage,
  payloadOf,
  problemOf,
} from "../../core/xfs4iot/mod.ts";
import { type Device, type Profile, profileSchema, type Surroundings } from "../../devices/mod.ts";

export function lobbyProfile(): Profile {
  const file = new URL("../../devices/profiles/lhasa-lobby.yaml", import.meta.url);
  return profileSchema.parse(parse(Deno.readTextFileSync(file)));
}

interface Task {
  readonly due: number;
  readonly order: number;
  readonly run: () => void;
}

export class TestWorld implements Surroundings {
  readonly messages: DeviceMessage[] = [];
  readonly random = randomStream("test");
  changes = 0;
  #now = 0;
  #order = 0;
  #tasks: Task[] = [];

  now(): Micros {
    return micros(this.#now);
  }

  after(delay: Micros, run: () => void) {
    const task = { due: this.#now + delay, order: this.#order++, run };
    this.#tasks.push(task);
    return {
      cancel: () => {
        this.#tasks = this.#tasks.filter((other) => other !== task);
      },
    };
  }

  send(message: DeviceMessage): void {
    assert.equal(problemOf(message), null, `${message.header.name} fits its schema`);
    this.messages.push(message);
  }

  changed(): void {
    this.changes++;
  }

  /** Lets this much virtual time pass. */
  pass(ms: number): void {
    const until = this.#now + ms * 1_000;
    for (;;) {
      const next = this.#tasks.filter((task) => task.due <= until)
        .sort((a, b) => a.due - b.due || a.order - b.order)[0];
      if (next === undefined) break;
      this.#tasks = this.#tasks.filter((task) => task !== next);
      this.#now = next.due;
      next.run();
    }
    this.#now = until;
  }
}

/** A client of one device: sends commands and reads what comes back. */
export class Client {
  readonly world: TestWorld;
  readonly device: Device;
  #requestId = 0;

  constructor(world: TestWorld, device: Device) {
    this.world = world;
    this.device = device;
  }

  /** Sends a command and returns its id; what it leads to takes the time it takes. */
  send<N extends CommandName>(name: N, payload: CommandPayload<N>, timeoutMs?: number): number {
    const requestId = ++this.#requestId;
    this.device.receive(command(name, requestId, payload, timeoutMs) as CommandMessage);
    return requestId;
  }

  /** Sends a command, lets a minute pass and returns its completion, error code first. */
  ask<N extends CommandName>(
    name: N,
    payload: CommandPayload<N>,
    ms = 60_000,
  ): { code: string; payload: CompletionPayload<N> } {
    const id = this.send(name, payload);
    this.world.pass(ms);
    const answer = this.completion(id);
    assert(answer !== undefined, `${name} is completed`);
    const said = payloadOf(answer, name, "completion");
    const error = (said as { errorCode?: string }).errorCode;
    return { code: error ?? answer.header.completionCode, payload: said };
  }

  completion(requestId: number): CompletionMessage | undefined {
    const answers = this.world.messages.filter((message) =>
      message.header.type === "completion" && message.header.requestId === requestId
    );
    assert(answers.length <= 1, "a request is completed once");
    return answers[0] as CompletionMessage | undefined;
  }

  code(requestId: number): string | undefined {
    return this.completion(requestId)?.header.completionCode;
  }

  /** Payloads of all events of this name so far. */
  told(name: string): Record<string, unknown>[] {
    return this.world.messages.filter((message) => message.header.name === name)
      .map((message) => "payload" in message ? message.payload ?? {} : {});
  }

  /** `type name` of every message so far, in order. */
  log(): string[] {
    return this.world.messages.map(({ header }) => `${header.type} ${header.name}`);
  }
}
