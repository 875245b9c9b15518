/** A hand-driven front for the session core: keeps its state, shows its wishes, tells it things. */
import type { FaceResult } from "../../core/face/mod.ts";
import type { Fields, Mti } from "../../core/iso8583/mod.ts";
import {
  type Control,
  type Effect,
  type Machine,
  type SessionConfig,
  type SessionEventBody,
  step,
  switchedOn,
  type TimerName,
} from "../../core/session/mod.ts";
import { fen, micros, seconds, yuan } from "../../core/units.ts";
import {
  type CommandName,
  type CommandOf,
  completion,
  type CompletionPayload,
  unsolicited,
} from "../../core/xfs4iot/mod.ts";

export const CONFIG: SessionConfig = {
  terminal: "TWIN0001",
  first_stan: 0,
  cameras: ["rgb", "nir", "depth"],
  exposures: 3,
  look_pause: seconds(1),
  exposure_gap: seconds(0.2),
  look_again: seconds(1),
  looks_max: 4,
  face_tries_max: 3,
  number_tries_max: 3,
  idle: seconds(30),
  host_timeout: seconds(15),
  hurry_after: seconds(20),
  take_timeout: seconds(30),
  goodbye: seconds(3),
  reversal_repeat: seconds(10),
  amounts_yuan: [100, 500],
  per_withdrawal: yuan(3000),
  pin_key: "PINKEY",
  pin_format: "iso4",
  first_use: "id_photo_reference",
  dispense_tokens: false,
  frame_seals: false,
  flow: { first: "face", pin: "before_service" },
  tell_face_refusals: false,
  retract_credit: false,
};

/** An account token and a phone number that belong to nobody. */
export const PAN = "0000003039410197532";
export const PHONE = "26140271922";

type EffectOf<T extends Effect["type"]> = Extract<Effect, { type: T }>;

export class Front {
  machine: Machine;
  readonly effects: Effect[] = [];
  /** Everything told and wished, in order. */
  readonly log: (SessionEventBody | { readonly type: "wished"; readonly effect: Effect })[] = [];
  #now = 0;

  constructor(config: Partial<SessionConfig> = {}) {
    this.machine = switchedOn({ ...CONFIG, ...config });
    this.tell({ type: "started" });
    // Nothing is in the printer.
    this.complete("Printer.Reset");
  }

  get state(): string {
    return this.machine.session.name;
  }

  get page(): string {
    return this.machine.page.page;
  }

  tell(body: SessionEventBody): readonly Effect[] {
    this.#now += 1000;
    const event = { ...body, at: micros(this.#now), wall_ms: 1_514_514_600_000 + this.#now };
    const { state, effects } = step(this.machine, event);
    this.machine = state;
    this.effects.push(...effects);
    this.log.push(body, ...effects.map((effect) => ({ type: "wished" as const, effect })));
    return effects;
  }

  all<T extends Effect["type"]>(type: T): EffectOf<T>[] {
    return this.effects.filter((effect): effect is EffectOf<T> => effect.type === type);
  }

  last<T extends Effect["type"]>(type: T): EffectOf<T> {
    const effect = this.all(type).at(-1);
    if (effect === undefined) throw new Error(`no ${type} effect yet`);
    return effect;
  }

  /** What this timer was set to, each time. */
  timers(name: TimerName): (number | null)[] {
    return this.all("timer").filter(({ timer }) => timer === name).map(({ after }) => after);
  }

  /** The commands sent under this name. */
  commands<N extends CommandName>(name: N): CommandOf<N>[] {
    return this.all("device").map(({ message }) => message)
      .filter((message): message is CommandOf<N> => message.header.name === name);
  }

  touch(control: Control): void {
    this.tell({ type: "touch", control });
  }

  timer(timer: TimerName): void {
    this.tell({ type: "timer", timer });
  }

  face(result: FaceResult): void {
    this.tell({ type: "face", result });
  }

  /** The device that was sent the last command of this name completes it. */
  complete<N extends CommandName>(
    name: N,
    code: Parameters<typeof completion>[1] = "success",
    payload?: CompletionPayload<N>,
  ): void {
    const sent = this.all("device").findLast(({ message }) => message.header.name === name);
    if (sent === undefined) throw new Error(`${name} was not sent`);
    this.tell({
      type: "device",
      device: sent.device,
      message: completion(sent.message as CommandOf<N>, code, payload),
    });
  }

  /** The host answers the last message sent to it. */
  answer(mti: Mti, fields: Fields): void {
    const sent = this.last("host").message;
    this.tell({
      type: "host",
      message: { mti, fields: { 3: sent.fields[3]!, 11: sent.fields[11]!, ...fields } },
    });
  }

  /** The face request that waits for its answer: a face engine answers each once. */
  #asked(op: "assess" | "verify") {
    const { request } = this.last("face");
    const asked = this.log.findLastIndex((entry) =>
      entry.type === "wished" && entry.effect.type === "face" && entry.effect.request === request
    );
    const answered = this.log.slice(asked).some((entry) => entry.type === "face");
    if (request.op !== op || !("capture" in request) || answered) {
      throw new Error(`no ${op} effect yet`);
    }
    return request;
  }

  /** Looks into the camera once; the pipeline says this. */
  look(verdict: "live" | "presentation_attack" | "unusable" = "live"): void {
    for (let n = 0; n < this.machine.config.exposures; n++) {
      this.timer("look");
      const pictures = this.commands("Camera.TakePicture").slice(-3);
      for (const picture of pictures) {
        this.tell({
          type: "device",
          device: "camera",
          message: completion(picture, "success", {
            // No sensor gives the same bytes twice.
            pictureFile: `sha256:${String(picture.header.requestId).padStart(64, "0")}`,
          }),
        });
      }
    }
    const request = this.#asked("assess");
    this.face({
      op: "assess",
      capture: request.capture,
      verdict,
      problem: verdict === "unusable" ? "too_far" : null,
      liveness: verdict === "live" ? 0.99 : 0.01,
      liveness_threshold: 0.5,
      frames: [],
    });
  }

  verified(verdict: "match" | "no_match" | "no_reference" = "match"): void {
    const request = this.#asked("verify");
    const score = verdict === "no_reference" ? null : verdict === "match" ? 0.9 : 0.1;
    this.face({
      op: "verify",
      capture: request.capture,
      verdict,
      score,
      threshold: 0.5,
      model: "test",
    });
  }

  enterNumber(number = PHONE): void {
    const keys = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    this.complete("Keyboard.DataEntry", "success", {
      keys: number.length,
      pinKeys: [...number].map((digit) => ({
        completion: "continue" as const,
        digit: digit === "X" ? "oemX" : keys[Number(digit)]!,
      })),
      completion: "enter",
    });
  }

  found(reference: "template" | "id_photo" | "none" = "template"): void {
    this.answer("0110", { 39: "00", 2: PAN, 48: { reference } });
  }

  enterPin(): void {
    this.complete("Keyboard.PinEntry", "success", { digits: 6, completion: "enter" });
    this.complete("PinPad.GetPinBlock", "success", { pinBlock: "AAAAAAAAAAAAAAAAAAAAAA==" });
  }

  /** All three factors accepted: the page of services. */
  toServices(): void {
    this.toPin();
    this.enterPin();
    this.answer("0110", { 39: "00", 54: fen(860_000) });
  }

  /** Face and number are known to be one person's; the PIN is asked for. */
  toPin(): void {
    this.touch("face");
    this.look();
    this.enterNumber();
    this.found();
    this.verified();
  }

  /** Somebody who agreed to a template has shown their face and number; the PIN is asked for. */
  toFirstPin(): void {
    this.touch("first_use");
    this.touch("agree");
    this.look();
    this.enterNumber();
    this.found("id_photo");
    this.verified();
  }

  /** A withdrawal of 500 yuan has been sent to the host. */
  toAuthorising(): void {
    this.toServices();
    this.touch("withdraw");
    this.touch("amount_500");
    this.complete("CashDispenser.Denominate");
    this.complete("PinPad.GetPinBlock", "success", { pinBlock: "AAAAAAAAAAAAAAAAAAAAAA==" });
  }

  /** The notes lie in the shutter. */
  toCashWaiting(): void {
    this.toAuthorising();
    this.answer("0210", { 39: "00" });
    this.complete("CashDispenser.Dispense");
    this.complete("CashDispenser.Present");
  }

  taken(): void {
    this.tell({
      type: "device",
      device: "cashdispenser",
      message: unsolicited("CashManagement.ItemsTakenEvent", { position: "outDefault" }),
    });
  }

  journal(): string[] {
    return this.all("journal").map(({ entry }) => entry.line);
  }
}

/** How the last session ended. */
export function outcomeOf(front: Front): [string, string] {
  const { outcome, reason } = front.last("ended");
  return [outcome, reason];
}
