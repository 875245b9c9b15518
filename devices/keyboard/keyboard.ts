/**
 * The keypad's XFS4IoT handlers and its physical side. See `mod.ts`.
 *
 * @module
 */
import type { JsonObject } from "../../core/json.ts";
import { isPinFormat, panOf, type PinFormat, type Tdea } from "../../core/pin/mod.ts";
import { milliseconds } from "../../core/units.ts";
import {
  type CommandMessage,
  type ErrorCode,
  type StatusTree,
  toBase64,
} from "../../core/xfs4iot/mod.ts";
import type { Device, Surroundings } from "../device.ts";
import { FaultSet } from "../fault_set.ts";
import type { Profile } from "../profiles/mod.ts";
import type { DeviceRequest } from "../request.ts";
import { type Guard, Service } from "../service.ts";
import { capabilitiesOf } from "./capabilities.ts";
import { cryptoHandlers } from "./crypto.ts";
import { Entries } from "./entries.ts";
import { KEYBOARD_FAULTS, type KeyboardFaultId, SEALING } from "./faults.ts";
import { keyManagementHandlers } from "./key_management.ts";
import { KeyStore } from "./key_store.ts";
import { PinVault } from "./pin_vault.ts";

export interface KeyboardOptions {
  /** Named keys that PIN blocks are made with, e.g. `{ PINKEY: … }`: AES-128, or of TDEA. Never shown. */
  readonly keys: Readonly<Record<string, Uint8Array>>;
  /** The pad has TDEA too, for formats 0 and 3, and the keys above are of it; absent: AES alone. */
  readonly tdea?: Tdea;
  /** The switch inside the pad says that somebody opens it, or no more. */
  tampered?(on: boolean): void;
}

export interface Keyboard extends Device {
  /** A finger on a key, by its XFS4IoT name; nothing happens while that key is not active. */
  press(key: string): void;
  /** Power is gone for a moment: what was typed and the entry are lost, nothing is answered. */
  powerCut(): void;
}

export function createKeyboard(
  profile: Profile,
  surroundings: Surroundings,
  options: KeyboardOptions,
): Keyboard {
  return new VirtualKeyboard(profile, surroundings, options);
}

class VirtualKeyboard implements Keyboard {
  readonly name = "pinpad";
  readonly interfaces = ["Keyboard", "PinPad", "Crypto", "KeyManagement"] as const;
  readonly faults = KEYBOARD_FAULTS;
  readonly #timings: Profile["keypad"];
  readonly #options: KeyboardOptions;
  readonly #service: Service;
  readonly #active = new FaultSet<KeyboardFaultId>(KEYBOARD_FAULTS);
  readonly #vault: PinVault;
  readonly #entries: Entries;

  constructor(profile: Profile, surroundings: Surroundings, options: KeyboardOptions) {
    this.#timings = profile.keypad;
    this.#options = options;
    const { tdea = null } = options;
    const keys = new KeyStore(options.keys, () => this.#active.has("K17"), tdea);
    const capabilities = capabilitiesOf(tdea !== null);
    this.#vault = new PinVault(keys, surroundings.random);
    this.#entries = new Entries({
      timings: profile.keypad,
      surroundings,
      faults: this.#active,
      vault: this.#vault,
      changed: () => this.#service.changed(),
    });
    const guard: Guard = (handler) => (request) => {
      const why = this.#whyUnusable();
      if (why === null) handler(request);
      else request.refuse("hardwareError", why);
    };
    this.#service = new Service(this.name, {
      interfaces: this.interfaces,
      handlers: {
        ...this.#entries.handlers(),
        "Keyboard.Reset": (request) => this.#reset(request),
        "PinPad.GetPinBlock": (request) => this.#getPinBlock(request),
        "PinPad.MaintainPin": (request) => this.#maintainPin(request),
        "PinPad.Reset": (request) => this.#reset(request),
        ...keyManagementHandlers({
          keys,
          guard,
          typed: () => this.#vault.typedKey,
          named: () => this.#vault.forgetTypedKey(),
          erase: () => this.#vault.eraseKeys(),
          initialized: () => this.#service.unsolicited("KeyManagement.InitializedEvent", {}),
          changed: () => this.#service.changed(),
        }),
        ...cryptoHandlers({
          keys,
          guard,
          random: surroundings.random,
          failing: () => this.#active.has("K21"),
        }),
      },
      events: [
        "Keyboard.EnterDataEvent",
        "Keyboard.KeyEvent",
        "KeyManagement.IllegalKeyAccessEvent",
        "KeyManagement.InitializedEvent",
      ],
      status: () => this.#status(),
      capabilities: () => capabilities,
    }, surroundings);
  }

  receive(command: CommandMessage, client?: number): void {
    this.#service.receive(command, client);
  }

  left(client: number): void {
    this.#vault.left(client);
    this.#service.changed();
  }

  fault(id: string, active: boolean): void {
    if (this.#service.fault(id, active)) return;
    if (!this.#active.set(id, active)) return;
    const known = id as KeyboardFaultId; // the set holds no other
    if (active) this.#struck(known);
    if (known === "K11") this.#options.tampered?.(active);
    this.#service.changed();
  }

  press(key: string): void {
    this.#entries.contacts.press(key);
  }

  powerCut(): void {
    this.#service.drop();
    this.#entries.forget();
    this.#vault.clear();
    this.#service.changed();
  }

  state(): JsonObject {
    return {
      mode: this.#entries.mode,
      entered: this.#entries.entered,
      active_keys: [...this.#entries.activeKeys],
      pin_held: this.#vault.hasPin,
      keys_loaded: this.#vault.hasKeys,
      ...(this.#entries.beeps === 0 ? {} : { beeps: this.#entries.beeps }),
      faults: [...this.#active.list()],
    };
  }

  /** Why the pad neither takes a key nor uses one; null when it does. */
  #whyUnusable(): string | null {
    if (this.#active.has("K11")) return "tamper sensor is on";
    return this.#active.has("K19") ? "the pad is not there" : null;
  }

  #struck(id: KeyboardFaultId): void {
    this.#entries.contacts.struck(id);
    if (id === "K11") this.#tamper();
    if (id === "K14") this.#vault.erasePin();
    if (id === "K18") this.powerCut();
    if (id === "K19") this.#entries.refuse("hardwareError", "the pad is not there");
  }

  #status(): StatusTree {
    const device = this.#active.has("K11")
      ? "fraudAttempt"
      : this.#active.has("K19")
      ? "noDevice"
      : "online";
    const unready = this.#active.has("K19") || this.#vault.hasKeys && this.#active.has("K12");
    const state = this.#vault.hasKeys ? "ready" : "notInitialized";
    return {
      common: { device },
      keyboard: this.#entries.beepMode,
      keyManagement: { encryptionState: unready ? "notReady" : state },
    };
  }

  #getPinBlock(request: DeviceRequest<"PinPad.GetPinBlock">): void {
    if (this.#active.has("K19")) return request.refuse("hardwareError", "the pad is not there");
    request.after(milliseconds(this.#timings.pin_block_ms), () => {
      const { format, cryptoMethod = "ecb", customerData = "" } = request.payload;
      if (!isPinFormat(format) || format !== "iso4" && this.#options.tdea === undefined) {
        return request.fail("formatNotSupported");
      }
      if (cryptoMethod !== "ecb") return request.fail("cryptoMethodNotSupported");
      const digits = format === "iso4" ? 19 : 18;
      if (!/^[0-9]+$/.test(customerData) || customerData.length > digits) {
        return request.refuse("invalidData", `payload.customerData: not 1 to ${digits} digits`);
      }
      const broken = SEALING.find(([id]) => this.#active.has(id))?.[1];
      if (broken === undefined) this.#seal(request, format, panOf(format, customerData));
      else this.#notSealed(request, broken);
      this.#service.changed();
    });
  }

  #seal(request: DeviceRequest<"PinPad.GetPinBlock">, format: PinFormat, pan: string): void {
    const made = this.#vault.seal(request.payload.key, format, pan, this.#active.has("K20"));
    if (made.ok) request.succeed({ pinBlock: toBase64(made.block) });
    else this.#notSealed(request, made.problem);
  }

  #notSealed(
    request: DeviceRequest<"PinPad.GetPinBlock">,
    problem: ErrorCode<"PinPad.GetPinBlock">,
  ): void {
    if (problem === "keyNotFound" || problem === "keyNoValue" || problem === "useViolation") {
      this.#service.unsolicited("KeyManagement.IllegalKeyAccessEvent", {
        keyName: request.payload.key,
        errorCode: problem,
      });
    }
    request.fail(problem);
  }

  #maintainPin(request: DeviceRequest<"PinPad.MaintainPin">): void {
    this.#vault.maintain(request.payload.maintainPIN, request.client);
    request.succeed();
  }

  #reset(request: DeviceRequest<"Keyboard.Reset"> | DeviceRequest<"PinPad.Reset">): void {
    this.#vault.clear();
    request.succeed();
    this.#service.changed();
  }

  #tamper(): void {
    this.#vault.clear();
    this.#vault.eraseKeys();
    this.#entries.refuse("hardwareError", "tamper sensor is on");
    this.#service.unsolicited("Common.ErrorEvent", {
      eventId: "fraudAttempt",
      action: "maintenance",
      vendorDescription: "tamper",
    });
  }
}
