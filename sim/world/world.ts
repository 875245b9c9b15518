/**
 * The world: one machine, one visitor and one bank under one clock, and the real core between them.
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
import type { FaceRequest } from "../../core/face/mod.ts";
import type { Control, Effect, Machine } from "../../core/session/mod.ts";
import { type Micros, milliseconds, seconds } from "../../core/units.ts";
import type { DeviceMessage } from "../../core/xfs4iot/mod.ts";
import { shotHashes } from "../../devices/camera/mod.ts";
import type { Surroundings } from "../../devices/mod.ts";
import { Clock, PRIORITY, type Priority } from "../clock/mod.ts";
import { type Breakable, FaultInjector, POWER_FAULTS } from "../faults/mod.ts";
import { allOracles } from "../oracles/mod.ts";
import { type Deed, type Knowledge, ownerOf, type Plan } from "../plan/mod.ts";
import { runStream } from "../prng/mod.ts";
import { type Trace, traceHeader, type TraceLine, TraceWriter } from "../trace/mod.ts";
import { personOf } from "../people/mod.ts";
import { Computer } from "./computer.ts";
import { createMachine, isCommanded, type MachineDevices, RECORDED, type Told } from "./devices.ts";
import { FrameStore } from "./frames.ts";
import { Hands } from "./hands.ts";
import { HostSide } from "./host_side.ts";
import { maskFace, maskKey, maskXfs } from "./mask.ts";
import type { FaceEngine, RemotePorts, RunPorts } from "./ports.ts";
import { aroundOf, FrailFace, WallClock } from "./afflictions.ts";
import { Operator } from "./operator.ts";
import { Presence } from "./presence.ts";
import { Pump } from "./pump.ts";
import { Recorder } from "./recorder.ts";
import {
  macKeyOf,
  pinKeyOf,
  prepareReferences,
  secretsOf,
  standingFor,
  standingOf,
  tokenKeyOf,
  wallStartOf,
} from "./setting.ts";
import { judgeOf, sealing } from "./seals.ts";
import { inferenceTime, sessionConfigOf } from "./settings.ts";
import { Visitor } from "./visitor.ts";

/** No run lasts longer: what has not settled by then is reported as it stands. */
export const RUN_LIMIT = seconds(15 * 60);

/** When the visitor steps up. */
const ARRIVAL = milliseconds(400);

/** What a run leaves behind. */
export interface Ended {
  readonly trace: Trace;
  readonly recorder: Recorder;
  readonly machine: Machine;
  readonly host: HostSide;
}

export class World {
  readonly #clock = new Clock();
  readonly pump = new Pump(this.#clock, {
    coming: () => this.#faults.event(),
    settled: () => this.#settled(),
    lines: () => this.lines.length,
  });
  readonly #plan: Plan;
  readonly #enrolled = new FrameStore();
  readonly #recorder: Recorder;
  readonly #devices: MachineDevices;
  readonly #host: HostSide;
  readonly #faults: FaultInjector;
  readonly #visitor: Visitor;
  readonly #hands: Hands;
  readonly #operator: Operator;
  readonly #face: FrailFace;
  /** The face engine, behind the check of seals where the machine has them. */
  readonly #judge: Pick<FaceEngine, "handle">;
  readonly #wall = new WallClock();
  readonly #render: RunPorts["render"];
  readonly #remote: RemotePorts | undefined;
  readonly #wall_start_ms: number;
  readonly #computer: Computer;

  constructor(plan: Plan, ports: RunPorts) {
    const { scenario, profile, seed } = plan;
    this.#plan = plan;
    this.#render = ports.render;
    const header = traceHeader({ ...ports.pinned, plan }, ports.runtime);
    const oracles = allOracles({
      secrets: secretsOf(plan),
      ledger: ports.bank === undefined,
      // Whose hands are slow, or whose plan was bent, is not timed.
      fault_free: scenario.faults.length === 0 && scenario.customer.length > 0 &&
        scenario.deeds === undefined,
    });
    this.#recorder = new Recorder(new TraceWriter(header), oracles, () => this.#clock.now());
    this.#wall_start_ms = wallStartOf(scenario);
    this.#computer = new Computer({
      config: sessionConfigOf(profile, ports.bank?.first_stan),
      clock: this.#clock,
      recorder: this.#recorder,
      wall: () => this.#wall_ms() + this.#wall.ahead_ms,
      perform: (effect) => this.#perform(effect),
    });
    const presence = new Presence(standingOf(plan), runStream(seed, "visitor/presence"));
    const pin_key = ports.bank?.pin_key ?? pinKeyOf(seed);
    const token_key = ports.bank?.token_key ?? tokenKeyOf(seed);
    this.#remote = ports.remote;
    const surroundings = (name: Told) => this.#surroundings(name);
    this.#devices = ports.remote?.devices(surroundings) ??
      createMachine(profile, surroundings, pin_key, {
        sceneAt: (t) => this.#hands.scene(t) ?? presence.scene(t),
        render: ports.render,
        hashes: shotHashes,
        ...sealing(plan),
        exposed: ({ scene, ...exposure }) =>
          void this.#recorder.write({ type: "frame", ...exposure, scene: { ...scene } }),
      }, token_key);
    const source = (name: string) => this.#devices.camera.frame(name) ?? this.#enrolled.get(name);
    this.#face = new FrailFace(ports.face(source));
    this.#judge = judgeOf(plan, this.#face, source);
    this.#host = new HostSide({
      scenario,
      profile,
      pin_key,
      token_key,
      mac_key: macKeyOf(seed),
      ...(ports.bank === undefined ? {} : { remote: ports.bank }),
      surroundings: this.#surroundings("network"),
      recorder: this.#recorder,
      wall: () => this.#wall_ms(),
      powered: () => this.#computer.powered,
      heard: (message) => this.#computer.tell({ type: "host", message }),
    });
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
        record: (id, active) => void this.#recorder.write({ type: "fault", id, active }),
      },
    );
    this.#host.faults = this.#faults;
    this.#computer.faults = this.#faults;
    const owner = personOf(ownerOf(scenario).person);
    const knows = { phone: owner.phone, id: owner.idNumber, pin: owner.pin };
    this.#visitor = this.#createVisitor(presence, knows);
    this.#hands = this.#createHands(knows);
    this.#operator = new Operator(this.#devices, this.#recorder);
  }

  /** Runs the plan to its end: the visitor gone, the machine idle, no reversal open. */
  async run(): Promise<Ended> {
    await this.begin();
    return await this.end();
  }

  now(): Micros {
    return this.#clock.now();
  }

  /** What has been recorded so far; grows. */
  get lines(): readonly TraceLine[] {
    return this.#recorder.lines;
  }

  /** Whether somebody stands there by a deed. */
  get occupied(): boolean {
    return this.#hands.present;
  }

  async begin(): Promise<void> {
    await prepareReferences(this.#plan, this.#face, this.#enrolled, this.#render);
    for (const name of RECORDED) this.#recordState(name);
    this.#host.begin();
    this.#computer.tell({ type: "started" });
    this.#operator.begin(this.#plan.scenario.operator ?? [], this.#clock);
    if (this.#plan.scenario.customer.length === 0) return;
    this.#clock.after(ARRIVAL, PRIORITY.person, () => {
      this.#devices.auxiliaries.presence(true);
      this.#visitor.comes();
      if (!this.#computer.powered) this.#visitor.powerLost();
    });
  }

  /** Lets time pass, but not past the run's end; true once that is reached. */
  async work(by: Micros): Promise<boolean> {
    const over = () => this.#settled() || (this.#clock.next() ?? 0) > RUN_LIMIT;
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
      const next = this.#clock.next();
      if (this.#remote !== undefined && !(await this.#remote.reached(next))) continue;
      if (next === null || next > RUN_LIMIT) break;
      await this.pump.takeOne();
    }
    return {
      trace: this.#recorder.finish(),
      recorder: this.#recorder,
      machine: this.#computer.machine,
      host: this.#host,
    };
  }

  #settled(): boolean {
    const script = this.#plan.scenario.customer.length > 0 && !this.#visitor.isGone;
    return !script && !this.#hands.present && this.#hands.idle &&
      this.#operator.gone && this.#computer.settled;
  }

  /** Mains and battery of the whole machine, as something that can be broken. */
  #power(): Breakable {
    return {
      name: "power",
      faults: POWER_FAULTS,
      fault: (_id, active) => {
        if (active && this.#computer.powered) this.#powerCut();
        else if (!active && !this.#computer.powered) this.#computer.powerReturns();
      },
    };
  }

  /** Everything stops where it is: motors, messages, what the core was about to do. */
  #powerCut(): void {
    this.#computer.cut();
    for (const device of Object.values(this.#devices)) device.powerCut?.();
    this.#visitor.powerLost();
  }

  #wall_ms(): number {
    return this.#wall_start_ms + Math.floor(this.#clock.now() / 1000);
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
    if (thing) this.#recorder.write({ type: "device", device: name, state: { ...thing.state() } });
  }

  #fromDevice(device: Told, message: DeviceMessage): void {
    if (!this.#computer.powered) return; // nobody is there to hear it
    this.#recorder.write({ type: "xfs", device, from: "device", message: { ...maskXfs(message) } });
    if (isCommanded(device)) this.#computer.tell({ type: "device", device, message });
    this.#visitor.hears(message);
  }

  #perform(effect: Exclude<Effect, { type: "timer" }>): void | Promise<void> {
    switch (effect.type) {
      case "device": {
        const { device, message } = effect;
        this.#faults.command(message.header.name);
        if (!this.#computer.powered) return;
        this.#recorder.write({
          type: "xfs",
          device,
          from: "core",
          message: { ...maskXfs(message) },
        });
        return this.#devices[device].receive(message);
      }
      case "host":
        return this.#host.send(effect.message);
      case "face":
        return this.#ask(effect.request);
      case "screen":
        this.#recorder.write({ type: "screen", screen: { ...effect.screen } });
        this.#hands.sees(effect.screen);
        return this.#visitor.sees(effect.screen);
      case "journal":
        this.#recorder.write({
          type: "journal",
          wall_ms: this.#wall_ms(),
          entry: { ...effect.entry },
        });
        return;
      case "ended":
        this.#recorder.write({ type: "outcome", outcome: effect.outcome, reason: effect.reason });
        return this.#visitor.sessionOver();
    }
  }

  /** Inference runs now, for real; its answer arrives after the time the profile gives it. */
  async #ask(request: FaceRequest): Promise<void> {
    this.#recorder.write({ type: "face", request: { ...maskFace(request) } });
    const result = await this.#judge.handle(request);
    if (this.#face.silentTo(request)) return;
    this.#computer.after(inferenceTime(this.#plan.profile, request), PRIORITY.device, () => {
      this.#recorder.write({ type: "face_result", result: { ...result } });
      this.#computer.tell({ type: "face", result });
    });
  }

  #createVisitor(presence: Presence, knows: Knowledge): Visitor {
    const { seed, scenario } = this.#plan;
    const reach = {
      ...this.#reach(PRIORITY.person),
      takeCash: () => this.#takeCash("all"),
      gone: () => {
        this.#hands.leaves();
        this.#devices.auxiliaries.presence(false);
      },
    };
    const pace = runStream(seed, "visitor/pace");
    return new Visitor(scenario.customer, knows, presence, reach, pace);
  }

  #createHands(knows: Knowledge): Hands {
    const { scenario, seed } = this.#plan;
    return new Hands(knows, scenario.deeds ?? [], {
      ...this.#reach(PRIORITY.deed),
      takeCash: (howMany) => this.#takeCash(howMany),
      fault: (broken, active) => this.#faults.set(broken, active),
      operator: (act) => this.#operator.does(act),
      forgets: (what) => this.#visitor.forgets(what),
      handsOver: () => this.#visitor.handsOver(),
      scriptLeaves: () => {
        if (scenario.customer.length > 0) this.#visitor.leave();
        else this.#recorder.write({ type: "customer", does: "leaves" });
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
      touch: (control: Control) => this.#touch(control),
      press: (key: string) => this.#press(key),
      takeReceipt: () => this.#takeReceipt(),
      told: (does: string, detail?: Record<string, string | number>) => {
        const told = detail === undefined ? {} : { detail };
        this.#recorder.write({ type: "customer", does, ...told });
      },
    };
  }

  #press(meant: string): void {
    if (!this.#computer.powered) return;
    const key = this.#hands.pressed(meant);
    this.#recorder.write({ type: "customer", does: "press", detail: { key: maskKey(key) } });
    this.#devices.pinpad.press(key);
  }

  #takeCash(howMany: "all" | number): void {
    this.#recorder.write({ type: "customer", does: "take_cash" });
    this.#devices.cashdispenser.take(howMany);
  }

  #takeReceipt(): void {
    this.#recorder.write({ type: "customer", does: "take_receipt" });
    this.#devices.printer.takeReceipt();
  }

  #touch(control: Control): void {
    if (!this.#computer.powered) return;
    this.#recorder.write({ type: "touch", control });
    this.#computer.tell({ type: "touch", control });
  }
}
