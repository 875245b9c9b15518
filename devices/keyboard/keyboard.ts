/**
 * The keypad's XFS4IoT handlers and its physical side. See `mod.ts`.
 *
 * @module
 */
import type { JsonObject } from "../../core/json.ts";
import { milliseconds, seconds } from "../../core/units.ts";
import { type CommandMessage, type EntryCompletion, toBase64 } from "../../core/xfs4iot/mod.ts";
import type { Device, Surroundings } from "../device.ts";
import { FaultSet } from "../fault_set.ts";
import type { Profile } from "../profiles/mod.ts";
import type { DeviceRequest } from "../request.ts";
import { Service } from "../service.ts";
import { activeKeysProblem, Entry, hasTerminateKey, pinKeysProblem } from "./entry.ts";
import { DEAD_KEY, KEYBOARD_FAULTS } from "./faults.ts";
import { cryptoHandlers } from "./crypto.ts";
import { keyManagementHandlers } from "./key_management.ts";
import { KEYS_MAX, KeyStore } from "./key_store.ts";
import { PIN_DIGITS_MAX, PIN_DIGITS_MIN, PinVault } from "./pin_vault.ts";

export interface KeyboardOptions {
  /** Named AES-128 keys that PIN blocks are made with, e.g. `{ PINKEY: … }`. Never shown. */
  readonly keys: Readonly<Record<string, Uint8Array>>;
}

export interface Keyboard extends Device {
  /** A finger on a key, by its XFS4IoT name; nothing happens while that key is not active. */
  press(key: string): void;
  /** Power is gone for a moment: PIN and entry are lost, nothing is answered. */
  powerCut(): void;
}

type Running =
  | { readonly mode: "data"; entry: Entry; request: DeviceRequest<"Keyboard.DataEntry"> }
  | { readonly mode: "pin"; entry: Entry; request: DeviceRequest<"Keyboard.PinEntry"> };

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
  readonly #surroundings: Surroundings;
  readonly #service: Service;
  readonly #active = new FaultSet(KEYBOARD_FAULTS);
  readonly #vault: PinVault;
  #running: Running | null = null;

  constructor(profile: Profile, surroundings: Surroundings, options: KeyboardOptions) {
    this.#timings = profile.keypad;
    this.#surroundings = surroundings;
    const keys = new KeyStore(options.keys);
    this.#vault = new PinVault(keys, surroundings.random);
    this.#service = new Service(this.name, {
      interfaces: this.interfaces,
      handlers: {
        "Keyboard.DataEntry": (request) => this.#dataEntry(request),
        "Keyboard.PinEntry": (request) => this.#pinEntry(request),
        "Keyboard.Reset": (request) => this.#reset(request),
        "PinPad.GetPinBlock": (request) => this.#getPinBlock(request),
        "PinPad.MaintainPin": (request) => this.#maintainPin(request),
        "PinPad.Reset": (request) => this.#reset(request),
        ...keyManagementHandlers({
          keys,
          initialized: () => this.#service.unsolicited("KeyManagement.InitializedEvent", {}),
          changed: () => this.#service.changed(),
        }),
        ...cryptoHandlers(keys, surroundings.random),
      },
      events: [
        "Keyboard.EnterDataEvent",
        "Keyboard.KeyEvent",
        "KeyManagement.IllegalKeyAccessEvent",
        "KeyManagement.InitializedEvent",
      ],
      status: () => ({
        common: { device: this.#active.has("K11") ? "fraudAttempt" : "online" },
        keyboard: {},
        keyManagement: { encryptionState: this.#vault.hasKeys ? "ready" : "notInitialized" },
      }),
      capabilities: () => ({
        keyboard: {},
        pinPad: {
          pinFormats: { iso4: true },
          pinCanPersistAfterUse: true,
          typeCombined: true,
          setPinblockDataRequired: false,
        },
        crypto: { emvHashAlgorithm: { sha1Digest: true, sha256Digest: true } },
        keyManagement: { keyNum: KEYS_MAX, keyCheckModes: { zero: true } },
      }),
    }, surroundings);
  }

  receive(command: CommandMessage): void {
    this.#service.receive(command);
  }

  fault(id: string, active: boolean): void {
    if (this.#service.fault(id, active)) return;
    if (!this.#active.set(id, active)) return;
    if (id === "K11" && active) this.#tamper();
    this.#service.changed();
  }

  press(key: string): void {
    if (this.#active.has("K2") && key === DEAD_KEY) return;
    this.#contact(key);
    if (!this.#active.has("K3")) return;
    this.#surroundings.after(milliseconds(this.#timings.bounce_ms), () => this.#contact(key));
  }

  powerCut(): void {
    this.#service.drop();
    this.#running = null;
    this.#vault.erasePin();
    this.#service.changed();
  }

  state(): JsonObject {
    return {
      mode: this.#running?.mode ?? "idle",
      entered: this.#running?.entry.keys.length ?? 0,
      active_keys: [...this.#running?.entry.activeKeys ?? []],
      pin_held: this.#vault.hasPin,
      keys_loaded: this.#vault.hasKeys,
      faults: [...this.#active.list()],
    };
  }

  #dataEntry(request: DeviceRequest<"Keyboard.DataEntry">): void {
    const { payload } = request;
    if (this.#active.has("K11")) return request.refuse("hardwareError", "tamper sensor is on");
    const problem = activeKeysProblem(payload.activeKeys);
    if (problem !== null) return request.fail(problem);
    this.#listen({ mode: "data", entry: new Entry(payload), request });
  }

  #pinEntry(request: DeviceRequest<"Keyboard.PinEntry">): void {
    const { activeKeys, autoEnd = false, maxLen = 0, minLen } = request.payload;
    if (this.#active.has("K11")) return request.refuse("hardwareError", "tamper sensor is on");
    const problem = activeKeysProblem(activeKeys) ?? pinKeysProblem(activeKeys);
    if (problem !== null) return request.fail(problem);
    const endsItself = autoEnd && maxLen > 0;
    if (!endsItself && !hasTerminateKey(activeKeys)) return request.fail("noTerminatekeys");
    const shortest = Math.max(minLen, PIN_DIGITS_MIN);
    const longest = maxLen === 0 ? PIN_DIGITS_MAX : Math.min(maxLen, PIN_DIGITS_MAX);
    if (shortest > longest) return request.fail("minimumLength");
    this.#vault.erasePin();
    const limits = { activeKeys, autoEnd: endsItself, maxLen: longest, minLen: shortest };
    this.#listen({ mode: "pin", entry: new Entry(limits), request });
    request.after(seconds(this.#timings.entry_timeout_s), () => {
      this.#running = null;
      request.fail("entryTimeout");
      this.#service.changed();
    });
  }

  #listen(running: Running): void {
    this.#running = running;
    running.request.interruptible(() => {
      this.#running = null;
      this.#service.changed();
    });
    running.request.event("Keyboard.EnterDataEvent", {});
    this.#service.changed();
  }

  /** A key's contact closes: what the pad's computer notices of a finger. */
  #contact(key: string): void {
    const running = this.#running;
    const pressed = running?.entry.press(key) ?? null;
    if (running === null || pressed === null) return;
    // A digit of a PIN is told as "some key": the name of the key stays inside.
    const secret = running.mode === "pin" && pressed.completion === "continue";
    running.request.event("Keyboard.KeyEvent", {
      completion: pressed.completion,
      ...(secret ? {} : { digit: key }),
    });
    if (pressed.ends !== null) this.#end(running, pressed.ends, key);
    this.#service.changed();
  }

  #end(running: Running, ends: EntryCompletion, last: string): void {
    this.#running = null;
    const { keys } = running.entry;
    if (running.mode === "pin") {
      if (ends === "enter" || ends === "auto") this.#vault.keep(keys);
      return running.request.succeed({ digits: keys.length, completion: ends });
    }
    const pinKeys = keys.map((digit) => ({ completion: "continue" as const, digit }));
    const all = ends === "auto" || ends === "fk"
      ? pinKeys
      : [...pinKeys, { completion: ends, digit: last }];
    running.request.succeed({ keys: all.length, pinKeys: all, completion: ends });
  }

  #getPinBlock(request: DeviceRequest<"PinPad.GetPinBlock">): void {
    request.after(milliseconds(this.#timings.pin_block_ms), () => {
      const { payload } = request;
      const pan = payload.customerData ?? "";
      if (payload.format !== "iso4") return request.fail("formatNotSupported");
      if ((payload.cryptoMethod ?? "ecb") !== "ecb") {
        return request.fail("cryptoMethodNotSupported");
      }
      if (!/^[0-9]{1,19}$/.test(pan)) {
        return request.refuse("invalidData", "payload.customerData: not 1 to 19 digits");
      }
      const made = this.#vault.seal(payload.key, pan);
      if (made.ok) request.succeed({ pinBlock: toBase64(made.block) });
      else {
        if (made.problem !== "noPin") {
          this.#service.unsolicited("KeyManagement.IllegalKeyAccessEvent", {
            keyName: payload.key,
            errorCode: made.problem,
          });
        }
        request.fail(made.problem);
      }
      this.#service.changed();
    });
  }

  #maintainPin(request: DeviceRequest<"PinPad.MaintainPin">): void {
    this.#vault.maintained = request.payload.maintainPIN;
    request.succeed();
  }

  #reset(request: DeviceRequest<"Keyboard.Reset"> | DeviceRequest<"PinPad.Reset">): void {
    this.#vault.erasePin();
    this.#vault.maintained = false;
    request.succeed();
    this.#service.changed();
  }

  #tamper(): void {
    this.#vault.erasePin();
    this.#vault.eraseKeys();
    const running = this.#running;
    this.#running = null;
    running?.request.refuse("hardwareError", "tamper sensor is on");
    this.#service.unsolicited("Common.ErrorEvent", {
      eventId: "fraudAttempt",
      action: "maintenance",
      vendorDescription: "tamper",
    });
  }
}
