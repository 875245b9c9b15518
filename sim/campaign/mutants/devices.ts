/** Devices that are wrong: what they count, what they pay, what they tell. */
import type { JsonObject } from "../../../core/json.ts";
import {
  command,
  type CommandMessage,
  type Denomination,
  type DeviceMessage,
  DIGIT_KEYS,
  toBase64,
} from "../../../core/xfs4iot/mod.ts";
import type { CashDispenser, Surroundings } from "../../../devices/mod.ts";
import { createMachine, type MachineDevices, type RunParts } from "../../world/mod.ts";
import type { Mutant } from "./mutant.ts";

type Changed<K extends keyof MachineDevices> = (device: MachineDevices[K]) => MachineDevices[K];

/** The real machine with one device behind something that is not quite it. */
function withDevice<K extends keyof MachineDevices>(
  name: K,
  change: Changed<K>,
  talk: (surroundings: Surroundings) => Surroundings = (surroundings) => surroundings,
): Partial<RunParts> {
  return {
    machine: (profile, surroundings, keys, camera) => {
      const machine = createMachine(
        profile,
        (device) => device === name ? talk(surroundings(device)) : surroundings(device),
        keys,
        camera,
      );
      return { ...machine, [name]: change(machine[name]) };
    },
  };
}

/** A dispenser whose visible inside is not what it is. */
function showing(
  change: (notes: Record<string, Record<string, number>>) => void,
): Partial<RunParts> {
  return withDevice("cashdispenser", (dispenser) => ({
    ...behind(dispenser),
    state() {
      const state: JsonObject = JSON.parse(JSON.stringify(dispenser.state()));
      change(state.notes as unknown as Record<string, Record<string, number>>);
      return state;
    },
  }));
}

/** Everything a dispenser does, through the real one. */
function behind(dispenser: CashDispenser): CashDispenser {
  return new Proxy(dispenser, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === "function" ? member.bind(target) : member;
    },
    ownKeys:
      () => ["name", "interfaces", "faults", "receive", "fault", "take", "powerCut", "state"],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  });
}

/** A dispense of a hundred yuan more than was asked. */
function generous(message: CommandMessage): CommandMessage {
  if (message.header.name !== "CashDispenser.Dispense") return message;
  const asked = JSON.parse(JSON.stringify(message.payload ?? {}));
  const service = asked.denomination?.denomination?.service;
  if (service?.currencies?.CNY === undefined) return message;
  service.currencies.CNY += 100;
  return command("CashDispenser.Dispense", message.header.requestId, asked, message.header.timeout);
}

/** It says that it came to what was asked for. */
function secretly(surroundings: Surroundings): Surroundings {
  return {
    ...surroundings,
    send: (message: DeviceMessage) => {
      const told: DeviceMessage = JSON.parse(JSON.stringify(message));
      const { header } = told;
      if (header.name === "CashDispenser.Dispense" && "payload" in told) {
        const denomination = told.payload?.denomination as Denomination | undefined;
        if (denomination?.currencies?.CNY !== undefined) denomination.currencies.CNY -= 100;
      }
      surroundings.send(told);
    },
  };
}

/** A keypad that tells what was typed as a PIN. */
function telling(surroundings: Surroundings): Surroundings {
  return {
    ...surroundings,
    send: (message: DeviceMessage) => {
      const { header } = message;
      const payload = "payload" in message ? message.payload : undefined;
      const hidden = header.name === "Keyboard.KeyEvent" && payload !== undefined &&
        payload.completion === "continue" && payload.digit === undefined;
      surroundings.send(
        hidden
          ? { ...message, payload: { ...payload, digit: DIGIT_KEYS[3] } } as DeviceMessage
          : message,
      );
    },
  };
}

/** A PIN pad whose block is the PIN in the clear. */
function clear(typed: () => string): (surroundings: Surroundings) => Surroundings {
  return (surroundings) => ({
    ...surroundings,
    send: (message: DeviceMessage) => {
      const payload = "payload" in message ? message.payload : undefined;
      if (message.header.name !== "PinPad.GetPinBlock" || payload?.pinBlock === undefined) {
        return surroundings.send(message);
      }
      const pin = typed();
      const hex = `4${pin.length}${pin}`.padEnd(16, "A").padEnd(32, "0");
      const bytes = Uint8Array.from(
        { length: 16 },
        (_, i) => parseInt(hex.slice(2 * i, 2 * i + 2), 16),
      );
      surroundings.send(
        { ...message, payload: { ...payload, pinBlock: toBase64(bytes) } } as DeviceMessage,
      );
    },
  });
}

function clearPinBlock(): Partial<RunParts> {
  let typed = "";
  return withDevice("pinpad", (pinpad) => {
    const press = pinpad.press.bind(pinpad);
    return Object.assign(pinpad, {
      press: (key: string) => {
        const digit = DIGIT_KEYS.findIndex((name) => name === key);
        typed = digit < 0 ? typed : (typed + String(digit)).slice(-6);
        press(key);
      },
    });
  }, clear(() => typed));
}

export const DEVICES: readonly Mutant[] = [
  {
    name: "counts-retracted-twice",
    does: "The dispenser counts retracted notes twice",
    parts: showing(({ retract }) => {
      for (const value of Object.keys(retract ?? {})) {
        if (retract !== undefined) retract[value] = 2 * (retract[value] ?? 0);
      }
    }),
  },
  {
    name: "loses-rejected",
    does: "Rejected notes vanish",
    parts: showing((notes) => {
      notes.reject = {};
    }),
  },
  {
    name: "recycles-retracted",
    does: "Retracted notes go back into the first cassette",
    parts: showing((notes) => {
      for (const [value, count] of Object.entries(notes.retract ?? {})) {
        const cassette = Object.entries(notes).find(([place, content]) =>
          place.startsWith("unit") && value in content
        )?.[1];
        if (cassette !== undefined) cassette[value] = (cassette[value] ?? 0) + count;
      }
      notes.retract = {};
    }),
  },
  {
    name: "pays-one-more",
    does: "The dispenser gives a hundred yuan more than it was asked for, and than it says",
    parts: withDevice("cashdispenser", (dispenser) => ({
      ...behind(dispenser),
      receive: (message: CommandMessage) => dispenser.receive(generous(message)),
    }), secretly),
  },
  {
    name: "tells-pin-keys",
    does: "The keypad tells which keys a PIN was typed with",
    parts: withDevice("pinpad", (pinpad) => pinpad, telling),
  },
  {
    name: "clear-pin-block",
    does: "The PIN pad's block is the PIN in the clear",
    parts: clearPinBlock(),
  },
];
