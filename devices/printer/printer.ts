/**
 * The printer's XFS4IoT handlers and its physical side. See `mod.ts`.
 *
 * @module
 */
import type { Json, JsonObject } from "../../core/json.ts";
import { milliseconds } from "../../core/units.ts";
import { type CommandMessage, fromBase64, type StatusTree } from "../../core/xfs4iot/mod.ts";
import type { Device, Surroundings } from "../device.ts";
import { FaultSet } from "../fault_set.ts";
import type { Profile } from "../profiles/mod.ts";
import type { DeviceRequest } from "../request.ts";
import { Service } from "../service.ts";
import { PRINTER_FAULTS } from "./faults.ts";

export interface Printer extends Device {
  /** A hand takes the receipt from the slot; says whether there was one. */
  takeReceipt(): boolean;
}

type PrintNative = DeviceRequest<"Printer.PrintNative">;
type ControlMedia = DeviceRequest<"Printer.ControlMedia">;

export function createPrinter(profile: Profile, surroundings: Surroundings): Printer {
  return new VirtualPrinter(profile, surroundings);
}

class VirtualPrinter implements Printer {
  readonly name = "printer";
  readonly interfaces = ["Printer"] as const;
  readonly faults = PRINTER_FAULTS;
  readonly #timings: Profile["printer"];
  readonly #service: Service;
  readonly #active = new FaultSet(PRINTER_FAULTS);
  #lines: number;
  #supply: "full" | "low" | "out" = "full";
  /** Printed and still inside; in the slot. */
  #inside: Json = null;
  #slot: Json = null;
  #taken = 0;
  #leftBehind = 0;
  #retracted = 0;

  constructor(profile: Profile, surroundings: Surroundings) {
    this.#timings = profile.printer;
    this.#lines = profile.printer.paper_lines;
    this.#supply = this.#supplyNow();
    this.#service = new Service(this.name, {
      interfaces: this.interfaces,
      handlers: {
        "Printer.PrintNative": (request) => this.#print(request),
        "Printer.ControlMedia": (request) => this.#controlMedia(request),
      },
      events: [
        "Printer.MediaTakenEvent",
        "Printer.MediaPresentedUnsolicitedEvent",
        "Printer.PaperThresholdEvent",
      ],
      status: () => this.#status(),
      capabilities: () => ({
        printer: {
          type: { receipt: true },
          control: { eject: true, cut: true, retract: true },
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
    if (this.#active.set(id, active)) this.#changed();
  }

  takeReceipt(): boolean {
    if (this.#slot === null) return false;
    this.#slot = null;
    this.#taken++;
    this.#service.unsolicited("Printer.MediaTakenEvent", {});
    this.#changed();
    return true;
  }

  state(): JsonObject {
    return {
      /** What stands on the receipt that can be taken now. */
      slot: this.#slot,
      inside: this.#inside !== null,
      taken: this.#taken,
      left_behind: this.#leftBehind,
      retracted: this.#retracted,
      paper_lines: this.#lines,
      faults: [...this.#active.list()],
    };
  }

  #print(request: PrintNative): void {
    const { data, mediaControl } = request.payload;
    if (this.#active.has("P3")) return request.fail("paperJammed");
    if (this.#supplyNow() === "out") return request.fail("paperOut");
    const receipt = receiptOf(data);
    if (receipt === undefined) {
      return request.refuse("unsupportedData", "payload.data: not UTF-8 JSON of a receipt");
    }
    const lines = Math.min(linesOf(receipt), this.#lines);
    request.after(milliseconds(lines * this.#timings.line_ms), () => {
      this.#lines -= lines;
      if (this.#active.has("P3")) {
        this.#changed();
        return request.fail("paperJammed");
      }
      if (this.#active.has("P2") || lines < linesOf(receipt)) {
        this.#changed();
        return request.fail("paperOut");
      }
      this.#inside = receipt;
      this.#changed();
      if (mediaControl?.move === "eject") return this.#eject(request);
      request.succeed();
    });
  }

  #controlMedia(request: ControlMedia): void {
    const { move } = request.payload.mediaControl;
    if (move === "eject") {
      if (this.#active.has("P3")) return request.fail("paperJammed");
      return this.#inside === null ? request.fail("noMediaPresent") : this.#eject(request);
    }
    if (move !== "retract") return request.refuse("unsupportedData", `cannot ${move ?? "nothing"}`);
    if (this.#slot === null) return request.fail("noMediaPresent");
    request.after(milliseconds(this.#timings.cut_ms), () => {
      if (this.#slot === null) return request.fail("noMediaPresent"); // taken meanwhile
      this.#slot = null;
      this.#retracted++;
      this.#changed();
      request.succeed();
    });
  }

  #eject(request: Pick<PrintNative & ControlMedia, "after" | "succeed">): void {
    request.after(milliseconds(this.#timings.cut_ms), () => {
      if (this.#slot !== null) this.#leftBehind++;
      this.#slot = this.#inside;
      this.#inside = null;
      request.succeed();
      this.#service.unsolicited("Printer.MediaPresentedUnsolicitedEvent", {
        wadIndex: 1,
        totalWads: 1,
      });
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
    this.#service.changed();
  }

  #supplyNow(): "full" | "low" | "out" {
    if (this.#lines === 0 || this.#active.has("P2")) return "out";
    return this.#lines < this.#timings.paper_low_lines ? "low" : "full";
  }

  #status(): StatusTree {
    const jammed = this.#active.has("P3");
    return {
      common: { device: "online" },
      printer: {
        media: jammed ? "jammed" : this.#slot === null ? "notPresent" : "present",
        paper: { upper: jammed ? "jammed" : this.#supplyNow() },
      },
    };
  }
}

/** The receipt in the data, undefined when there is none. */
function receiptOf(data: string): JsonObject | readonly Json[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(fromBase64(data)));
  } catch (error) {
    // Not JSON, or not UTF-8: an expected outcome, told to the client. Anything else is a bug.
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
  // What JSON.parse gives is Json; only a list or an object is a receipt.
  return typeof value === "object" && value !== null ? value as JsonObject : undefined;
}

function linesOf(receipt: JsonObject | readonly Json[]): number {
  return Object.keys(receipt).length;
}
