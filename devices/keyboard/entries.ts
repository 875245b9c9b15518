/**
 * The keypad's three entries: data, whose keys are told; a PIN, and key material, whose keys are not.
 *
 *   listen ─► contact ─► KeyEvent ─► … ─► the entry is over ─► completion
 *
 * @module
 */
import { milliseconds, seconds } from "../../core/units.ts";
import type { EntryCompletion, ErrorCode, StatusTree } from "../../core/xfs4iot/mod.ts";
import type { Surroundings } from "../device.ts";
import type { FaultSet } from "../fault_set.ts";
import type { Profile } from "../profiles/mod.ts";
import type { DeviceRequest } from "../request.ts";
import type { Handlers } from "../service.ts";
import { Contacts } from "./contacts.ts";
import { activeKeysProblem, Entry, hasTerminateKey, pinKeysProblem } from "./entry.ts";
import type { KeyboardFaultId } from "./faults.ts";
import { HEX_KEYS, layoutOf } from "./layout.ts";
import { PIN_DIGITS_MAX, PIN_DIGITS_MIN, type PinVault } from "./pin_vault.ts";

type Running =
  | { readonly mode: "data"; entry: Entry; request: DeviceRequest<"Keyboard.DataEntry"> }
  | { readonly mode: "pin"; entry: Entry; request: DeviceRequest<"Keyboard.PinEntry"> }
  | { readonly mode: "secure"; entry: Entry; request: DeviceRequest<"Keyboard.SecureKeyEntry"> };

/** What an entry asks of the pad around it. */
export interface EntriesOptions {
  readonly timings: Profile["keypad"];
  readonly surroundings: Surroundings;
  readonly faults: FaultSet<KeyboardFaultId>;
  readonly vault: PinVault;
  changed(): void;
}

/** Under K7: what the pad takes for its own limit. */
const FAST_S = 2;

/** An AES-128 key in hexadecimal. */
const KEY_DIGITS = 32;

/** Keys that are not active are heard, those that are active are not. */
const DELIVERED = { active: false, inactive: true };

export class Entries {
  readonly contacts: Contacts;
  readonly #options: EntriesOptions;
  #running: Running | null = null;
  /** What KeypressBeep chose; null as long as nobody has. */
  #beeping: typeof DELIVERED | null = null;
  #beeps = 0;

  constructor(options: EntriesOptions) {
    const { surroundings, faults, timings } = options;
    this.#options = options;
    const bounce = milliseconds(timings.bounce_ms);
    this.contacts = new Contacts(surroundings, faults, bounce, (key) => this.#contact(key));
  }

  get mode(): "idle" | Running["mode"] {
    return this.#running?.mode ?? "idle";
  }

  get entered(): number {
    return this.#running?.entry.keys.length ?? 0;
  }

  get activeKeys(): readonly string[] {
    return this.#running?.entry.activeKeys ?? [];
  }

  /** Beeps so far: for keys that are active, and for keys that are not, as KeypressBeep has it. */
  get beeps(): number {
    return this.#beeps;
  }

  /**
   * As Status tells it. Nothing as long as nobody has chosen: so the pad has always said at the beginning of
   * a run, and every trace holds it.
   */
  get beepMode(): NonNullable<StatusTree["keyboard"]> {
    if (this.#beeping === null) return {};
    const { active, inactive } = this.#beeping;
    return { autoBeepMode: { activeAvailable: active, inactiveAvailable: inactive } };
  }

  handlers(): Handlers {
    return {
      "Keyboard.DataEntry": (request) => this.#dataEntry(request),
      "Keyboard.PinEntry": (request) => this.#pinEntry(request),
      "Keyboard.SecureKeyEntry": (request) => this.#secureKeyEntry(request),
      "Keyboard.GetLayout": (request) => {
        const { entryMode } = request.payload;
        if (entryMode !== undefined) return request.succeed({ layout: layoutOf(entryMode) });
        const layout = { ...layoutOf("data"), ...layoutOf("pin"), ...layoutOf("secure") };
        request.succeed({ layout });
      },
      "Keyboard.KeypressBeep": (request) => {
        const { active = false, inactive = false } = request.payload.mode ?? {};
        this.#beeping = { active, inactive };
        request.succeed();
        this.#options.changed();
      },
    };
  }

  /** The entry is over, and nobody is told by it. */
  forget(): void {
    this.#running = null;
    this.contacts.rests();
  }

  /** Ends the running entry with a code of the header. */
  refuse(code: "hardwareError", why: string): void {
    const running = this.#running;
    this.forget();
    running?.request.refuse(code, why);
  }

  #dataEntry(request: DeviceRequest<"Keyboard.DataEntry">): void {
    const { payload } = request;
    if (this.#refused(request)) return;
    const problem = activeKeysProblem(payload.activeKeys);
    if (problem !== null) return request.fail(problem);
    this.#listen({ mode: "data", entry: new Entry(payload), request });
  }

  #pinEntry(request: DeviceRequest<"Keyboard.PinEntry">): void {
    const { activeKeys, autoEnd = false, maxLen = 0, minLen } = request.payload;
    if (this.#refused(request)) return;
    const problem = activeKeysProblem(activeKeys) ?? pinKeysProblem(activeKeys);
    if (problem !== null) return request.fail(problem);
    const endsItself = autoEnd && maxLen > 0;
    if (!endsItself && !hasTerminateKey(activeKeys)) return request.fail("noTerminatekeys");
    const shortest = Math.max(minLen, PIN_DIGITS_MIN);
    const longest = maxLen === 0 ? PIN_DIGITS_MAX : Math.min(maxLen, PIN_DIGITS_MAX);
    if (shortest > longest) return request.fail("minimumLength");
    this.#options.vault.erasePin();
    const limits = { activeKeys, autoEnd: endsItself, maxLen: longest, minLen: shortest };
    this.#listen({ mode: "pin", entry: new Entry(limits), request });
    this.#limit(request);
  }

  /** Two custodians type a key; it lies in the pad until ImportKey gives it a name. */
  #secureKeyEntry(request: DeviceRequest<"Keyboard.SecureKeyEntry">): void {
    const { activeKeys = {}, autoEnd = false, keyLen, cryptoMethod } = request.payload;
    if (this.#refused(request)) return;
    if (keyLen !== "number32") return request.fail("invalidKeyLength");
    if ((cryptoMethod ?? "aes") !== "aes") return request.fail("modeNotSupported");
    const names = Object.keys(activeKeys);
    if (names.length === 0) return request.fail("noActiveKeys");
    if (!HEX_KEYS.every((key) => names.includes(key))) return request.fail("missingKeys");
    if (!autoEnd && !hasTerminateKey(activeKeys)) return request.fail("noTerminatekeys");
    const limits = { activeKeys, autoEnd, maxLen: KEY_DIGITS, minLen: KEY_DIGITS };
    this.#listen({ mode: "secure", entry: new Entry(limits), request });
    this.#limit(request);
  }

  /** Whether the pad takes no entry at all now; then the request is over. */
  #refused(
    request: {
      refuse(code: "hardwareError", why: string): void;
      fail(code: "keyInvalid"): void;
    },
  ): boolean {
    const { faults } = this.#options;
    if (faults.has("K11")) request.refuse("hardwareError", "tamper sensor is on");
    else if (faults.has("K19")) request.refuse("hardwareError", "the pad is not there");
    else if (faults.has("K6")) request.fail("keyInvalid");
    else return false;
    return true;
  }

  /** The pad's own limit, beside the header's. */
  #limit(request: {
    after: DeviceRequest["after"];
    fail(code: ErrorCode<"Keyboard.PinEntry"> & ErrorCode<"Keyboard.SecureKeyEntry">): void;
  }): void {
    const fast = this.#options.faults.has("K7");
    request.after(seconds(fast ? FAST_S : this.#options.timings.entry_timeout_s), () => {
      this.forget();
      request.fail("entryTimeout");
      this.#options.changed();
    });
  }

  #listen(running: Running): void {
    this.#running = running;
    running.request.interruptible(() => {
      this.forget();
      this.#options.changed();
    });
    running.request.event("Keyboard.EnterDataEvent", {});
    this.contacts.listens();
    this.#options.changed();
  }

  /** A key's contact closes: what the pad's computer notices of a finger. */
  #contact(key: string): void {
    const running = this.#running;
    const before = this.entered;
    const pressed = running?.entry.press(key) ?? null;
    const { active, inactive } = this.#beeping ?? DELIVERED;
    if (pressed === null ? inactive : active) this.#beeps++;
    if (running === null || pressed === null) return;
    // A digit of a PIN or of a key is told as "some key": the name of the key stays inside.
    const secret = running.mode !== "data" && pressed.completion === "continue";
    running.request.event("Keyboard.KeyEvent", {
      completion: pressed.completion,
      ...(secret ? {} : { digit: key }),
    });
    if (pressed.ends !== null) this.#end(running, pressed.ends, key);
    this.#options.changed();
    const { keys } = running.entry;
    if (pressed.ends === null && keys.length > before) this.contacts.typed(keys.length);
  }

  #end(running: Running, ends: EntryCompletion, last: string): void {
    this.forget();
    const { keys } = running.entry;
    const done = ends === "enter" || ends === "auto";
    switch (running.mode) {
      case "pin":
        if (done) this.#options.vault.keep(keys, running.request.client);
        return running.request.succeed({ digits: keys.length, completion: ends });
      case "secure": {
        const digits = keys.map((key) => HEX_KEYS.indexOf(key).toString(16)).join("");
        const kcv = done ? this.#options.vault.keepKey(digits, running.request.client) : undefined;
        return running.request.succeed({
          digits: keys.length,
          completion: ends,
          ...(kcv === undefined ? {} : { kcv }),
        });
      }
      case "data": {
        const pinKeys = keys.map((digit) => ({ completion: "continue" as const, digit }));
        const all = ends === "auto" || ends === "fk"
          ? pinKeys
          : [...pinKeys, { completion: ends, digit: last }];
        return running.request.succeed({ keys: all.length, pinKeys: all, completion: ends });
      }
    }
  }
}
