/**
 * What anybody standing at the machine can see of it: the screen, the keypad's lamp, what lies in the
 * slots. It outlives a visitor: whoever comes next sees what the last one left.
 */
import type { JsonObject } from "../../core/json.ts";
import type { Screen } from "../../core/session/mod.ts";
import { type DeviceMessage, isMessage, payloadOf } from "../../core/xfs4iot/mod.ts";

export class View {
  screen: Screen | null = null;
  /** Whether the keypad's lamp says that it takes keys. */
  keypad = false;
  cash = false;
  receipt = false;
  readonly #lies: () => boolean;

  /** `lies`: whether notes lie in the slot, for whoever looks. */
  constructor(lies: () => boolean) {
    this.#lies = lies;
  }

  /** The machine goes dark; what lies in a slot is still there. */
  powerLost(): void {
    this.screen = null;
    this.keypad = false;
  }

  /** Lamps, slots and beeps: what a device's message makes visible to somebody standing there. */
  hears(message: DeviceMessage): void {
    const { header } = message;
    switch (header.name) {
      case "Keyboard.EnterDataEvent":
        this.keypad = true;
        return;
      case "Keyboard.DataEntry":
      case "Keyboard.PinEntry":
        if (header.type === "completion") this.keypad = false;
        return;
      case "CashManagement.ItemsPresentedEvent":
        if (header.type === "unsolicited") this.cash = true;
        return;
      case "CashManagement.ItemsTakenEvent":
        if (header.type === "unsolicited") this.cash = false;
        return;
      case "CashManagement.Retract":
      case "CashManagement.Reset":
        // One that fails may leave in the slot what lay there.
        if (header.type === "completion") {
          this.cash &&= header.completionCode !== "success" && this.#lies();
        }
        return;
      case "Printer.PrintNative":
        if (header.type === "completion") this.receipt ||= header.completionCode === "success";
        return;
      case "Printer.MediaPresentedEvent":
        this.receipt = true;
        return;
      case "Printer.MediaDetectedEvent":
        // Where a reset has put it, or found it.
        if (!isMessage(message, header.name, "unsolicited")) return;
        this.receipt = payloadOf(message, header.name, "unsolicited").position === "entering";
        return;
      case "Printer.MediaTakenEvent":
      case "Printer.MediaAutoRetractedEvent":
        this.receipt = false;
    }
  }
}

/**
 * Whether notes lie in the slot of a dispenser in this state. What cannot be looked into, because it is
 * somebody else's, is taken to be as it was before.
 */
export function lieInSlot({ notes }: JsonObject): boolean {
  const at = notes as { readonly position?: Readonly<Record<string, number>> } | undefined;
  return at?.position === undefined || Object.values(at.position).some((count) => count > 0);
}
