/**
 * The world: one machine, its visitors and one bank under one clock, and the real core between them.
 *
 *     visitor ──touch, press, take──► devices ──XFS4IoT──► core ──effects──► devices, link, face engine
 *        ▲                                                                        │
 *        └──────────────── screen, slots, beeps ◄─────────────────────────────────┘
 *
 * Everything that happens is an entry of the clock's queue; the loop takes one after another and awaits
 * real work (inference) before it takes the next, so the order never depends on how fast the work was.
 *
 * @module
 */
import type { FaceRequest, FaceResult } from "../../core/face/mod.ts";
import { pinFormatOf } from "../../core/pin/mod.ts";
import { type Control, type Effect, step } from "../../core/session/mod.ts";
import { type Micros, seconds } from "../../core/units.ts";
import type { DeviceMessage } from "../../core/xfs4iot/mod.ts";
import { type Shot, shotHashes } from "../../devices/camera/mod.ts";
import type { Surroundings } from "../../devices/mod.ts";
import { createBank } from "../bank/mod.ts";
import { Clock, PRIORITY, type Priority } from "../clock/mod.ts";
import { type Breakable, FaultInjector, POWER_FAULTS } from "../faults/mod.ts";
import { type Deed, ownerOf, type Plan, RUN_S_MAX } from "../plan/mod.ts";
import { runStream } from "../prng/mod.ts";
import { asTold, type TraceBody } from "../trace/mod.ts";
import { Computer } from "./computer.ts";
import { createMachine, isCommanded, RECORDED } from "./devices.ts";
import type { MachineDevices, MachineKeys, Told } from "./devices.ts";
import { type Ended, missedOf } from "./ended.ts";
import { FrameStore } from "./frames.ts";
import { Hands } from "./hands.ts";
import { HostSide } from "./host_side.ts";
import { maskFace, maskKey, maskXfs } from "./mask.ts";
import type { FaceEngine, RemotePorts, RunParts, RunPorts } from "./ports.ts";
import { aroundOf, FrailFace, WallClock } from "./afflictions.ts";
import { Operator } from "./operator.ts";
import { Pump } from "./pump.ts";
import type { Notary } from "./recorder.ts";
import {
  machineStartOf,
  macKeyOf,
  pinKeyOf,
  prepareReferences,
  standingFor,
  tokenKeyOf,
  wallStartOf,
} from "./setting.ts";
import { judgeOf, sealing } from "./seals.ts";
import { inferenceTime, sessionConfigOf } from "./settings.ts";
import { knowledgeOf, Visits, type VisitsReach } from "./visits.ts";

/** No run lasts longer: what has not settled by then is reported as it stands. */
export const RUN_LIMIT = seconds(RUN_S_MAX);

export class World {
  readonly #clock = new Clock();
  readonly pump = new Pump(this.#clock, {
    coming: () => this.#faults.event(),
    settled: () => this.#settled(),
    lines: () => this.#notary.count,
  });
  readonly #plan: Plan;
  readonly #parts: RunParts;
  readonly #enrolled: FrameStore;
  readonly #notary: Notary;
  readonly #devices: MachineDevices;
  readonly #host: HostSide;
  readonly #faults: FaultInjector;
  readonly #visits: Visits;
  readonly #hands: Hands;
  readonly #operator: Operator;
  readonly #face: FrailFace;
  /** The face engine, behind the check of seals where the machine has them. */
  readonly #judge: Pick<FaceEngine, "handle">;
  readonly #wall = new WallClock();
  readonly #render: RunPorts["render"];
  readonly #remote: RemotePorts | undefined;
  readonly #machine_start_ms: number;
  readonly #computer: Computer;

  constructor(plan: Plan, ports: RunPorts, notary: Notary) {
    const { scenario, profile, seed } = plan;
    const { hashes = shotHashes, bank } = ports;
    this.#plan = plan;
    this.#parts = { step, machine: createMachine, bank: createBank, ...ports.parts };
    this.#enrolled = new FrameStore(hashes);
    this.#render = ports.render;
    this.#notary = notary;
    this.#machine_start_ms = machineStartOf(scenario);
    this.#computer = new Computer({
      config: sessionConfigOf(profile, bank?.first_stan, pinFormatOf(bank?.legacy_pins)),
      clock: this.#clock,
      step: this.#parts.step,
      record: (body) => this.#write(body),
      wall: () => this.#wall_ms(),
      perform: (effect) => this.#perform(effect),
    });
    this.#visits = new Visits(plan, this.#visitsReach());
    this.#hands = this.#createHands();
    this.#remote = ports.remote;
    const keys = {
      pin_key: bank?.pin_key ?? pinKeyOf(seed),
      tdea: bank?.legacy_pins?.tdea,
      token_key: bank?.token_key ?? tokenKeyOf(seed),
    };
    const surroundings = (name: Told) => this.#surroundings(name);
    this.#devices = ports.remote?.devices(surroundings) ??
      this.#parts.machine(profile, surroundings, keys, {
        sceneAt: (t) => this.#hands.scene(t) ?? this.#visits.scene(t),
        render: ports.render,
        ...(ports.spoilt === undefined ? {} : { spoilt: ports.spoilt }),
        hashes,
        ...sealing(plan),
        exposed: ({ scene, ...at }) => this.#write({ type: "frame", ...at, scene: asTold(scene) }),
      });
    const source = (name: string) => this.#devices.camera.frame(name) ?? this.#enrolled.get(name);
    this.#face = new FrailFace(ports.face(source));
    this.#judge = judgeOf(plan, this.#face, source);
    this.#host = this.#createHostSide(keys, bank);
    this.#faults = new FaultInjector(
      scenario.faults,
      [
        ...Object.values(this.#devices),
        this.#host.link,
        this.#power(),
        this.#wall,
        ...aroundOf(this.#face, this.#computer, this.#devices),
      ],
      {
        after: (delay, task) => void this.#clock.after(delay, PRIORITY.fault, task),
        random: (name) => runStream(seed, name),
        record: (id, active) => this.#write({ type: "fault", id, active }),
      },
      scenario.heals_at_s,
    );
    this.#host.faults = this.#faults;
    this.#computer.faults = this.#faults;
    this.#operator = new Operator(
      this.#devices,
      (body) => this.#write(body),
      (act, before, after) => this.#host.handled(act, before, after),
    );
  }

  /** Runs the plan to its end: the last visitor gone, the machine at rest, no reversal open. */
  async run(): Promise<Ended> {
    await this.begin();
    return await this.end();
  }

  now(): Micros {
    return this.#clock.now();
  }

  /** Whether somebody stands there by a deed. */
  get occupied(): boolean {
    return this.#hands.present;
  }

  async begin(): Promise<void> {
    const keep = (shot: Shot) => this.#enrolled.keep(shot);
    await prepareReferences(this.#plan, this.#face, keep, this.#render);
    for (const name of RECORDED) this.#recordState(name);
    this.#host.begin();
    this.#computer.tell({ type: "started" });
    this.#operator.begin(this.#plan.scenario.operator ?? [], this.#clock);
    if (this.#plan.scenario.customer.length > 0) this.#visits.begin();
  }

  /** Lets time pass, but not past the run's end; true once that is reached. */
  async work(by: Micros): Promise<boolean> {
    const over = () => this.#settled() || (this.#clock.next() ?? Infinity) > RUN_LIMIT;
    await this.pump.advance(by, over);
    return over();
  }

  /** A deed of just now; it is in the plan that replays this run with the same moment. */
  add(deed: Deed): void {
    this.pump.wake();
    this.#hands.add(deed);
  }

  /** Takes what is left, to the run's end. */
  async end(): Promise<Ended> {
    while (!this.#settled()) {
      if (this.#remote !== undefined && !(await this.#remote.reached(this.#clock.next()))) continue;
      const more = this.step();
      if (!(more instanceof Promise ? await more : more)) break;
    }
    return this.close();
  }

  /** Takes the next thing that is left, if any; real work that it began is to be awaited. */
  step(): boolean | Promise<boolean> {
    if (this.#settled()) return false;
    if ((this.#clock.next() ?? Infinity) > RUN_LIMIT) return false;
    const done = this.pump.takeOne();
    return done === undefined ? true : done.then(() => true);
  }

  /** Nothing is left. */
  close(): Ended {
    this.#notary.close(this.#clock.now());
    const { missed: struck } = this.#faults;
    const { missed: touches } = this.#hands;
    const { missing } = this.#visits;
    const missed = missedOf(this.#plan, struck, touches, missing, this.#host.uncalled);
    return { machine: this.#computer.machine, host: this.#host, missed };
  }

  #settled(): boolean {
    const script = this.#plan.scenario.customer.length > 0 && !this.#visits.over;
    // A machine that serves nobody is looked at again when what keeps it from that is mended.
    const waits = this.#faults.mending && this.#computer.machine.session.name !== "idle";
    return !script && !this.#hands.present && this.#hands.idle && this.#operator.gone &&
      this.#computer.settled && !waits;
  }

  /** Mains and battery of the whole machine, as something that can be broken. */
  #power(): Breakable {
    return {
      name: "power",
      faults: POWER_FAULTS,
      fault: (_id, active) => {
        if (!active) this.#computer.returns("power");
        else if (!this.#computer.lacks("power")) this.#powerCut();
      },
    };
  }

  /** Everything stops where it is: motors, messages, what the core was about to do. */
  #powerCut(): void {
    this.#computer.cut("power");
    for (const device of Object.values(this.#devices)) device.powerCut?.();
    this.#visits.powerLost();
  }

  /** The machine's own clock, as wrong as it is. */
  #wall_ms(): number {
    return this.#machine_start_ms + Math.floor(this.#clock.now() / 1000) + this.#wall.ahead_ms;
  }

  #createHostSide({ pin_key, token_key }: MachineKeys, remote: RunPorts["bank"]): HostSide {
    const { scenario, profile, seed } = this.#plan;
    const bank_start_ms = wallStartOf(scenario);
    return new HostSide({
      scenario,
      profile,
      pin_key,
      token_key,
      mac_key: macKeyOf(seed),
      ...(remote === undefined ? {} : { remote }),
      surroundings: this.#surroundings("network"),
      record: (body) => this.#write(body),
      overhear: (message) => this.#notary.overhear("host", message),
      bank: this.#parts.bank,
      wall: () => bank_start_ms + Math.floor(this.#clock.now() / 1000),
      powered: () => this.#computer.powered,
      life: () => this.#computer.life,
      heard: (message) => this.#computer.tell({ type: "host", message }),
    });
  }

  /** Takes down what happens, now. */
  #write(body: TraceBody): void {
    this.#notary.write(this.#clock.now(), body);
  }

  #surroundings(name: Told): Surroundings {
    return {
      now: () => this.#clock.now(),
      after: (delay, task) => this.#clock.after(delay, PRIORITY.device, task),
      send: (message) => this.#fromDevice(name, message),
      random: runStream(this.#plan.seed, `device/${name}`),
      changed: () => this.#recordState(name),
    };
  }

  #recordState(name: Told): void {
    // A device may change while it is being made, before the machine is complete.
    const thing = name === "network" ? this.#host?.link : this.#devices?.[name];
    if (thing) this.#write({ type: "device", device: name, state: asTold(thing.state()) });
  }

  #fromDevice(device: Told, message: DeviceMessage): void {
    if (!this.#computer.powered) return; // nobody is there to hear it
    this.#notary.overhear("xfs", message);
    this.#write({ type: "xfs", device, from: "device", message: asTold(maskXfs(message)) });
    if (isCommanded(device)) this.#computer.tell({ type: "device", device, message });
    this.#visits.hears(message);
  }

  #perform(effect: Exclude<Effect, { type: "timer" }>): void | Promise<void> {
    switch (effect.type) {
      case "device": {
        const { device, message } = effect;
        const { life } = this.#computer;
        this.#faults.command(message.header.name);
        if (life !== this.#computer.life) return;
        this.#notary.overhear("xfs", message);
        this.#write({ type: "xfs", device, from: "core", message: asTold(maskXfs(message)) });
        return this.#devices[device].receive(message);
      }
      case "host":
        return this.#host.send(effect.message);
      case "face":
        return this.#ask(effect.request);
      case "screen":
        this.#write({ type: "screen", screen: asTold(effect.screen) });
        this.#hands.sees(effect.screen);
        return this.#visits.sees(effect.screen);
      case "journal": {
        const entry = asTold(effect.entry);
        return this.#write({ type: "journal", wall_ms: this.#wall_ms(), entry });
      }
      case "ended":
        this.#write({ type: "outcome", outcome: effect.outcome, reason: effect.reason });
        return this.#visits.sessionOver();
    }
  }

  /** Inference runs now, for real; its answer arrives after the time the profile gives it. */
  #ask(request: FaceRequest): void | Promise<void> {
    this.#write({ type: "face", request: asTold(maskFace(request)) });
    const answer = (result: FaceResult) => {
      if (this.#face.silentTo(request)) return;
      this.#computer.after(inferenceTime(this.#plan.profile, request), PRIORITY.device, () => {
        this.#write({ type: "face_result", result: asTold(result) });
        this.#computer.tell({ type: "face", result });
      });
    };
    const result = this.#judge.handle(request);
    if (result instanceof Promise) return result.then(answer);
    answer(result);
  }

  #visitsReach(): VisitsReach {
    return {
      ...this.#reach(PRIORITY.person),
      takeCash: () => this.#takeCash("all"),
      dispenser: () => this.#devices.cashdispenser.state(),
      gone: () => this.#hands.leaves(),
      powered: () => this.#computer.powered,
      presence: (present) => this.#devices.auxiliaries.presence(present),
    };
  }

  #createHands(): Hands {
    const { scenario, seed } = this.#plan;
    return new Hands(knowledgeOf(ownerOf(scenario).person), scenario.deeds ?? [], {
      ...this.#reach(PRIORITY.deed),
      takeCash: (howMany) => this.#takeCash(howMany),
      breaks: (broken) => this.#faults.strike(broken),
      mends: (broken) => this.#faults.set(broken, false),
      operator: (act) => this.#operator.does(act),
      forgets: (what) => this.#visits.visitor.forgets(what),
      handsOver: () => this.#visits.visitor.handsOver(),
      scriptLeaves: () => {
        if (scenario.customer.length > 0) this.#visits.visitor.leave();
        else this.#write({ type: "customer", does: "leaves" });
      },
      present: (present) => this.#devices.auxiliaries.presence(present),
      standing: standingFor,
      random: (n) => runStream(seed, `deed/stand/${n}`),
    });
  }

  /** What both the customer by a script and hands by deeds can reach. */
  #reach(priority: Priority) {
    return {
      now: () => this.#clock.now(),
      after: (delay: Micros, task: () => void) => void this.#clock.after(delay, priority, task),
      touch: (control: Control) => {
        if (!this.#computer.powered) return;
        this.#write({ type: "touch", control });
        this.#computer.tell({ type: "touch", control });
      },
      press: (key: string) => this.#press(key),
      takeReceipt: () => {
        this.#write({ type: "customer", does: "take_receipt" });
        this.#devices.printer.takeReceipt();
      },
      told: (does: string, detail?: Record<string, string | number>) =>
        this.#write({ type: "customer", does, ...(detail === undefined ? {} : { detail }) }),
    };
  }

  #press(meant: string): void {
    if (!this.#computer.powered) return;
    const key = this.#hands.pressed(meant);
    this.#write({ type: "customer", does: "press", detail: { key: maskKey(key) } });
    this.#devices.pinpad.press(key);
  }

  #takeCash(howMany: "all" | number): number {
    this.#write({ type: "customer", does: "take_cash" });
    return this.#devices.cashdispenser.take(howMany);
  }
}
