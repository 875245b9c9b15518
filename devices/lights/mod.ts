/**
 * The lamps that guide a hand, and those that say how the machine is: service name `lights`, interface
 * Lights.
 *
 * **What it models.** A lamp at each slot, three status lamps, the light of the fascia. Each has one
 * place (`default`), a flash rate, and a colour if it is one that has colours.
 *
 *   SetLight { pinPad: { default: { flashRate: medium, color: green } } } ─► it flashes, until told else
 *
 * **Timings.** None: a lamp is on or off at once. **Faults.** L1, a lamp that does not light; and those
 * any device has.
 *
 * **Invariants.** A SetLight that names a lamp or a place that is not there changes none of the others.
 *
 * @module
 */
import type { JsonObject } from "../../core/json.ts";
import type { CommandMessage, StatusTree } from "../../core/xfs4iot/mod.ts";
import type { Device, FaultEntry, Surroundings } from "../device.ts";
import { FaultSet } from "../fault_set.ts";
import type { DeviceRequest } from "../request.ts";
import { Service } from "../service.ts";

export const LIGHTS_FAULTS = [
  {
    id: "L1",
    does: "The lamp at the notes is burnt out",
    wire: "SetLight lightError where it names notesDispenser; the others are set",
  },
] as const satisfies readonly FaultEntry[];

type Lamps = NonNullable<StatusTree["lights"]>;
type Lamp = keyof Lamps;

const FITTED: readonly Lamp[] = [
  "pinPad",
  "notesDispenser",
  "receiptPrinter",
  "statusGood",
  "statusWarning",
  "statusBad",
  "statusInService",
  "fasciaLight",
];
const PLACE = "default";
/** The one that fault L1 leaves dark. */
const BURNT_OUT: Lamp = "notesDispenser";

export function createLights(surroundings: Surroundings): Device {
  return new VirtualLights(surroundings);
}

class VirtualLights implements Device {
  readonly name = "lights";
  readonly interfaces = ["Lights"] as const;
  readonly faults = LIGHTS_FAULTS;
  readonly #service: Service;
  readonly #active = new FaultSet<(typeof LIGHTS_FAULTS)[number]["id"]>(LIGHTS_FAULTS);
  #lamps: Lamps = Object.fromEntries(
    FITTED.map((lamp) => [lamp, { [PLACE]: { flashRate: "off" } }]),
  );

  constructor(surroundings: Surroundings) {
    const can = {
      flashRate: { off: true, slow: true, medium: true, quick: true, continuous: true },
      color: { red: true, green: true, yellow: true, blue: true, white: true },
    };
    this.#service = new Service(this.name, {
      interfaces: this.interfaces,
      handlers: { "Lights.SetLight": (request) => this.#setLight(request) },
      events: [],
      status: () => ({ common: { device: "online" }, lights: this.#lamps }),
      capabilities: () => ({
        lights: {
          individualFlashRates: true,
          lights: Object.fromEntries(FITTED.map((lamp) => [lamp, { [PLACE]: can }])),
        },
      }),
    }, surroundings);
  }

  receive(command: CommandMessage): void {
    this.#service.receive(command);
  }

  fault(id: string, active: boolean): void {
    if (this.#service.fault(id, active)) return;
    if (this.#active.set(id, active)) this.#service.changed();
  }

  state(): JsonObject {
    const lit = Object.entries(this.#lamps).flatMap(([lamp, places]) =>
      places?.[PLACE]?.flashRate === "off" ? [] : [[lamp, places?.[PLACE]?.flashRate ?? "off"]]
    );
    return { lit: Object.fromEntries(lit), faults: [...this.#active.list()] };
  }

  #setLight(request: DeviceRequest<"Lights.SetLight">): void {
    const asked = Object.entries(request.payload) as [Lamp, Lamps[Lamp]][];
    const unknown = asked.some(([lamp, places]) =>
      !FITTED.includes(lamp) || !Object.keys(places ?? {}).every((place) => place === PLACE)
    );
    if (unknown || asked.length === 0) return request.fail("invalidLight");
    const dark = (lamp: Lamp) => lamp === BURNT_OUT && this.#active.has("L1");
    const set = asked.filter(([lamp]) => !dark(lamp));
    this.#lamps = { ...this.#lamps, ...Object.fromEntries(set) };
    if (set.length < asked.length) request.fail("lightError");
    else request.succeed();
    this.#service.changed();
  }
}
