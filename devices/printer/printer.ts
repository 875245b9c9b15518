/**
 * The printer's XFS4IoT handlers and its physical side. See `mod.ts`.
 *
 * @module
 */
import type { Json, JsonObject } from "../../core/json.ts";
import { milliseconds, seconds } from "../../core/units.ts";
import type {
  CommandMessage,
  CommandPayload,
  EventPayload,
  StatusTree,
} from "../../core/xfs4iot/mod.ts";
import type { Device, Surroundings, Timer } from "../device.ts";
import { FaultSet } from "../fault_set.ts";
import type { Profile } from "../profiles/mod.ts";
import type { DeviceRequest } from "../request.ts";
import { type Handlers, Service } from "../service.ts";
import { AT_THE_HEAD, AT_THE_SLOT, jamOf, PRINTER_FAULTS, resetProblem } from "./faults.ts";
import { FORM, formProblem, linesOfForm, MEDIA } from "./forms.ts";
import { PaperPath } from "./paper_path.ts";
import { linesOf, receiptOf, upToLine } from "./receipt.ts";

export interface Printer extends Device {
  /** A hand takes the receipt from the slot; says whether there was one. */
  takeReceipt(): boolean;
}

type PrintNative = DeviceRequest<"Printer.PrintNative">;
type PrintForm = DeviceRequest<"Printer.PrintForm">;
type ControlMedia = DeviceRequest<"Printer.ControlMedia">;
type Print = PrintNative | PrintForm;
type Supply = "full" | "low" | "out";

/** Under P8: how long a receipt lies in the slot. */
const SWALLOW_AFTER = seconds(5);
const BIN = "unit1";

const UNCUT = "the cutter does not cut";

/** A receipt is one sheet. */
const ONE_WAD = { wadIndex: 1, totalWads: 1 } as const;

/** What is done with a receipt, as Capabilities tell it. */
const CONTROL = { eject: true, cut: true, retract: true } as const;

export function createPrinter(profile: Profile, surroundings: Surroundings): Printer {
  return new VirtualPrinter(profile, surroundings);
}

class VirtualPrinter implements Printer {
  readonly name = "printer";
  readonly interfaces = ["Printer"] as const;
  readonly faults = PRINTER_FAULTS;
  readonly #timings: Profile["printer"];
  readonly #surroundings: Surroundings;
  readonly #service: Service;
  readonly #active = new FaultSet(PRINTER_FAULTS);
  #lines: number;
  #supply: Supply = "full";
  #wet: Supply = "full";
  #bin: "ok" | "full" = "ok";
  readonly #path = new PaperPath();
  #swallowing: Timer | null = null;

  constructor(profile: Profile, surroundings: Surroundings) {
    this.#timings = profile.printer;
    this.#surroundings = surroundings;
    this.#lines = profile.printer.paper_lines;
    this.#supply = this.#supplyNow();
    this.#service = new Service(this.name, {
      interfaces: this.interfaces,
      handlers: this.#handlers(),
      events: [
        "Printer.MediaTakenEvent",
        "Printer.MediaPresentedEvent",
        "Printer.MediaPresentedUnsolicitedEvent",
        "Printer.MediaAutoRetractedEvent",
        "Printer.MediaDetectedEvent",
        "Printer.PaperThresholdEvent",
        "Printer.TonerThresholdEvent",
        "Printer.InkThresholdEvent",
        "Printer.RetractBinThresholdEvent",
      ],
      status: () => this.#status(),
      capabilities: () => ({
        printer: {
          type: { receipt: true },
          control: CONTROL,
          writeForm: { text: true },
          imageType: { png: true },
          paperSources: { upper: true },
          mediaTaken: true,
          mediaPresented: true,
        },
      }),
    }, surroundings);
  }

  receive(command: CommandMessage): void {
    this.#service.receive(command);
  }

  powerCut(): void {
    this.#service.drop();
  }

  fault(id: string, active: boolean): void {
    if (this.#service.fault(id, active)) return;
    if (!this.#active.set(id, active)) return;
    if (id === "P8" && active) this.#swallowSoon();
    this.#changed();
  }

  takeReceipt(): boolean {
    if (!this.#path.take()) return false;
    this.#swallowing?.cancel();
    this.#service.unsolicited("Printer.MediaTakenEvent", {});
    this.#changed();
    return true;
  }

  state(): JsonObject {
    return {
      ...this.#path.state(),
      paper_lines: this.#lines,
      faults: [...this.#active.list()],
    };
  }

  #handlers(): Handlers {
    return {
      "Printer.PrintNative": (request) => this.#printNative(request),
      "Printer.PrintForm": (request) => this.#printForm(request),
      "Printer.ControlMedia": (request) => this.#controlMedia(request),
      "Printer.RetractMedia": (request) => this.#retractMedia(request),
      "Printer.GetFormList": (request) =>
        request.succeed({ formList: this.#active.has("P12") ? [] : [FORM] }),
      "Printer.GetMediaList": (request) =>
        request.succeed({ mediaList: this.#active.has("P12") ? [] : [MEDIA] }),
      "Printer.SupplyReplenish": (request) => {
        if (request.payload.upper === true) this.#lines = this.#timings.paper_lines;
        request.succeed();
        this.#changed();
      },
      "Printer.Reset": (request) => this.#reset(request),
    };
  }

  /**
   * All paper that is found goes into the bin; or what is inside comes out. Where it went, or where it
   * stays, is told.
   */
  #reset(request: DeviceRequest<"Printer.Reset">): void {
    const { mediaControl: where = BIN } = request.payload;
    if (where !== "eject" && where !== BIN) {
      return request.refuse("unsupportedData", `payload.mediaControl: no ${where}`);
    }
    const problem = resetProblem(this.#active, this.#path, where);
    if (problem !== null) {
      this.#found(jamOf(this.#active) === null ? this.#path.position : "jammed");
      return problem === "hardwareError" ? request.refuse(problem, UNCUT) : request.fail(problem);
    }
    const move_ms = this.#path.empty ? 0 : this.#timings.cut_ms;
    request.after(milliseconds(move_ms), () => {
      const ejects = where === "eject" && this.#path.inside;
      this.#found(where === "eject" ? "entering" : where);
      if (ejects) {
        this.#out();
        this.#service.unsolicited("Printer.MediaPresentedUnsolicitedEvent", ONE_WAD);
      } else if (where !== "eject" || this.#path.empty) this.#putAway();
      request.succeed();
    });
  }

  /** Tells where the paper is that a reset came upon; nothing, where there is none. */
  #found(position: EventPayload<"Printer.MediaDetectedEvent">["position"]): void {
    if (this.#path.empty) return;
    this.#service.unsolicited("Printer.MediaDetectedEvent", { position });
  }

  #retractMedia(request: DeviceRequest<"Printer.RetractMedia">): void {
    const { mediaControl: where = BIN } = request.payload;
    if (where !== BIN) {
      return request.refuse("unsupportedData", `payload.mediaControl: no ${where}`);
    }
    if (this.#active.has("P14") || this.#path.empty) return request.fail("noMediaPresent");
    const problem = resetProblem(this.#active, this.#path, where);
    if (problem === "hardwareError") return request.refuse(problem, UNCUT);
    if (problem !== null) {
      return request.fail(problem === "retractBinFull" ? problem : "mediaJammed");
    }
    this.#retract(request, () => request.succeed({ result: where }));
  }

  /** All there is goes into the bin; a hand may be quicker. */
  #retract(
    request: DeviceRequest<"Printer.RetractMedia"> | ControlMedia,
    done: () => void,
  ): void {
    request.after(milliseconds(this.#timings.cut_ms), () => {
      if (this.#path.empty) return request.fail("noMediaPresent");
      this.#putAway();
      done();
    });
  }

  #printNative(request: PrintNative): void {
    const broken = AT_THE_HEAD.find(([id]) => this.#active.has(id))?.[1].native;
    if (broken !== undefined) return request.fail(broken);
    if (this.#supplyNow() === "out") return request.fail("paperOut");
    if (this.#active.has("P7") && this.#path.inSlot) return request.fail("mediaRetained");
    if (this.#stackerFull(request.payload)) return request.fail("stackerFull");
    if (this.#cannot(request)) return;
    const receipt = receiptOf(request.payload.data);
    if (receipt === undefined) {
      return request.refuse("unsupportedData", "payload.data: neither PNG nor UTF-8 JSON");
    }
    const { move } = request.payload.mediaControl ?? {};
    this.#print(request, receipt, linesOf(receipt), () => {
      if (move === undefined) return request.succeed();
      if (move === "retract") return this.#retractPrinted(request);
      const stuck = AT_THE_SLOT.find(([id]) => this.#active.has(id))?.[1].native;
      if (stuck !== undefined) return request.fail(stuck);
      this.#eject(request);
    }, (code) => request.fail(code));
  }

  #printForm(request: PrintForm): void {
    const broken = AT_THE_HEAD.find(([id]) => this.#active.has(id))?.[1].form;
    if (broken !== undefined) return request.fail(broken);
    if (this.#supplyNow() === "out") return request.fail("paperOut");
    if (this.#active.has("P7") && this.#path.inSlot) return request.fail("mediaRejected");
    if (this.#stackerFull(request.payload)) return request.fail("stackerFull");
    if (this.#cannot(request)) return;
    const damaged = { store: this.#active.has("P12"), font: this.#active.has("P11") };
    const problem = formProblem(request.payload, damaged);
    if (problem !== null) return request.fail(problem);
    const lines = linesOfForm(request.payload);
    const { move } = request.payload.mediaControl ?? {};
    this.#print(request, lines, lines.length, () => {
      if (move === undefined) return request.succeed();
      if (move === "retract") return this.#retractPrinted(request);
      const stuck = AT_THE_SLOT.find(([id]) => this.#active.has(id))?.[1].form;
      if (stuck !== undefined) return request.fail(stuck);
      this.#eject(request);
    }, (code) => request.fail(code));
  }

  /**
   * Line by line; the roll may end, or jam, in the middle. From the first line on there is paper inside,
   * whatever becomes of the command.
   */
  #print(
    request: Pick<Print, "after">,
    receipt: Json,
    wanted: number,
    printed: () => void,
    failed: (code: "paperJammed" | "paperOut") => void,
  ): void {
    const lines = Math.min(wanted, this.#lines);
    this.#lines -= lines;
    if (lines > 0) this.#path.print(upToLine(receipt, lines));
    this.#changed();
    request.after(milliseconds(lines * this.#timings.line_ms), () => {
      if (this.#active.has("P3")) failed("paperJammed");
      else if (this.#active.has("P2") || lines < wanted) failed("paperOut");
      else printed();
    });
  }

  #controlMedia(request: ControlMedia): void {
    const { move, cut } = request.payload.mediaControl;
    const broken = [...AT_THE_HEAD, ...AT_THE_SLOT].find(([id]) => this.#active.has(id))?.[1];
    if (broken?.control !== undefined) return request.fail(broken.control);
    if (this.#stackerFull(request.payload)) return request.fail("stackerFull");
    if (this.#cannot(request)) return;
    if (this.#path.swallowed) return request.fail("mediaRetracted");
    if (move === "eject") {
      return this.#path.inside ? this.#eject(request) : request.fail("noMediaPresent");
    }
    if (move === undefined && cut === true) return this.#cut(request);
    if (move === undefined) return request.refuse("unsupportedData", "nothing is to be done");
    if (this.#path.empty) return request.fail("noMediaPresent");
    if (this.#active.has("P7")) return request.fail("retractBinFull");
    this.#retract(request, () => request.succeed());
  }

  /** What was printed goes into the bin instead of out. */
  #retractPrinted(request: Print): void {
    if (this.#active.has("P9")) return request.fail("flushFail");
    if (this.#active.has("P7")) return request.fail("retractBinFull");
    request.after(milliseconds(this.#timings.cut_ms), () => {
      this.#putAway();
      request.succeed();
    });
  }

  /** Cut off, the receipt stays inside until it is moved. */
  #cut(request: ControlMedia): void {
    if (!this.#path.inside) return request.fail("noMediaPresent");
    request.after(milliseconds(this.#timings.cut_ms), () => request.succeed());
  }

  /** Whether something is asked for that Capabilities do not name; then the request is over. */
  #cannot(request: Print | ControlMedia): boolean {
    const { move, turnPage, ...switches } = request.payload.mediaControl ?? {};
    const on = Object.entries(switches).filter(([, value]) => value).map(([name]) => name);
    const beyond = [move, turnPage, ...on].find((asked) =>
      asked !== undefined && !(asked in CONTROL)
    );
    if (beyond === undefined) return false;
    request.refuse("unsupportedData", `payload.mediaControl: no ${beyond}`);
    return true;
  }

  #stackerFull({ mediaControl }: Pick<CommandPayload<"Printer.PrintNative">, "mediaControl">) {
    return this.#active.has("P13") && mediaControl?.move === "stack";
  }

  #eject(request: Print | ControlMedia): void {
    request.after(milliseconds(this.#timings.cut_ms), () => {
      this.#out();
      request.event("Printer.MediaPresentedEvent", ONE_WAD);
      request.succeed();
    });
  }

  /** What is inside comes into the slot. */
  #out(): void {
    this.#path.eject();
    this.#changed();
    if (this.#active.has("P8")) this.#swallowSoon();
  }

  #putAway(): void {
    this.#path.putAway();
    this.#swallowing?.cancel();
    this.#changed();
  }

  #swallowSoon(): void {
    this.#swallowing?.cancel();
    this.#swallowing = this.#surroundings.after(SWALLOW_AFTER, () => {
      if (!this.#path.inSlot || !this.#active.has("P8")) return;
      this.#path.swallow();
      this.#service.unsolicited("Printer.MediaAutoRetractedEvent", { result: BIN });
      this.#changed();
    });
  }

  #changed(): void {
    const supply = this.#supplyNow();
    if (supply !== this.#supply) {
      this.#supply = supply;
      this.#service.unsolicited("Printer.PaperThresholdEvent", {
        paperSource: "upper",
        threshold: supply,
      });
    }
    const wet = this.#active.has("P5") ? "out" : "full";
    if (wet !== this.#wet) {
      this.#wet = wet;
      this.#service.unsolicited("Printer.TonerThresholdEvent", { state: wet });
      this.#service.unsolicited("Printer.InkThresholdEvent", { state: wet });
    }
    const bin = this.#active.has("P7") ? "full" : "ok";
    if (bin !== this.#bin) {
      this.#bin = bin;
      this.#service.unsolicited("Printer.RetractBinThresholdEvent", { binNumber: 1, state: bin });
    }
    this.#service.changed();
  }

  #supplyNow(): Supply {
    if (this.#lines === 0 || this.#active.has("P2")) return "out";
    const low = this.#active.has("P1") || this.#lines < this.#timings.paper_low_lines;
    return low ? "low" : "full";
  }

  #status(): StatusTree {
    const jammed = this.#active.has("P3");
    return {
      common: { device: "online" },
      printer: {
        media: jamOf(this.#active) === null ? this.#path.media : "jammed",
        paper: { upper: jammed ? "jammed" : this.#supplyNow() },
        toner: this.#wet,
        ink: this.#wet,
      },
    };
  }
}
