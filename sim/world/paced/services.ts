/**
 * A paced machine as XFS4IoT services: an endpoint for every device, and the publisher before them.
 *
 * Knows paths and messages, no socket: whoever listens on a port asks here who answers under a path.
 *
 * @module
 */
import { assert } from "../../../core/assert.ts";
import { toBase64 } from "../../../core/xfs4iot/mod.ts";
import type { Frame } from "../../../devices/mod.ts";
import {
  type Answering,
  createPublisher,
  describeInterfaces,
  describePublisher,
  Endpoint,
  type InterfaceDescription,
} from "../../../devices/xfs/mod.ts";
import { type CustomerScript, ScriptedCustomer } from "./customer.ts";
import { PacedMachine, type PacedOptions } from "./machine.ts";

/** Where the publisher is; a service is one step below. Case matters, as the standard has it. */
export const XFS_PATH = "/xfs4iot/v1.0";

type Unheard = "heard" | "powerLost" | "lineLost" | "over";

export interface ServicesOptions extends Omit<PacedOptions, Unheard> {
  /** A frame as a PNG file: 8-bit colour, 8-bit grey, 16-bit grey for depth in millimetres. */
  png(frame: Frame): Uint8Array;
  /** `ws://host:port`, asked for when a client asks. */
  origin(): string;
  /** Who comes to the machine by themselves; absent: nobody does. */
  readonly customer?: CustomerScript;
}

export interface ServiceDescription {
  /** Path of its URI. */
  readonly path: string;
  readonly interfaces: readonly InterfaceDescription[];
}

export class XfsServices {
  readonly machine: PacedMachine;
  /** By path of the URI. */
  readonly #endpoints = new Map<string, Endpoint>();
  #customer: ScriptedCustomer | null = null;

  constructor(options: ServicesOptions) {
    this.machine = new PacedMachine({
      ...options,
      powerLost: () => {
        for (const endpoint of this.#endpoints.values()) endpoint.drop();
      },
      over: (service, requestId) => this.#endpoints.get(pathOf(service))?.over(requestId),
      lineLost: (service) => this.#endpoints.get(pathOf(service))?.drop(),
      heard: (service, message) => {
        this.#endpoints.get(pathOf(service))?.deliver(message);
        this.#customer?.hears(message);
      },
    });
    if (options.customer !== undefined) {
      this.#customer = new ScriptedCustomer(options.customer, this.machine);
    }
    const endpointOptions = {
      picture: (reference: string) => this.#picture(reference, options.png),
      soon: (task: () => void) => this.machine.soon(task),
    };
    const uris = this.machine.services.map(pathOf);
    const publisher: Endpoint = new Endpoint(
      createPublisher(
        () => uris.map((path) => options.origin() + path),
        (message) => publisher.deliver(message),
      ),
      endpointOptions,
    );
    this.#endpoints.set(XFS_PATH, publisher);
    for (const service of this.machine.services) {
      const answering: Answering = {
        receive: (command, client) => this.machine.receive(service, command, client),
        left: (client) => this.machine.left(service, client),
        toldTo: (client, message) => this.machine.toldTo(service, client, message),
      };
      this.#endpoints.set(pathOf(service), new Endpoint(answering, endpointOptions));
    }
  }

  /** Who answers under this path of a URI; undefined when nobody does. */
  at(path: string): Endpoint | undefined {
    return this.#endpoints.get(path);
  }

  /** What is supported, as the services themselves tell it. */
  describe(): ServiceDescription[] {
    return [...this.#endpoints].map(([path, endpoint]) => {
      const capabilities = endpoint.capabilities();
      const interfaces = capabilities === null
        ? describePublisher()
        : describeInterfaces(capabilities);
      return { path, interfaces };
    });
  }

  #picture(reference: string, png: ServicesOptions["png"]): string {
    const frame = this.machine.frame(reference);
    assert(frame !== undefined, "a picture is kept until it has been delivered");
    return toBase64(png(frame));
  }
}

function pathOf(service: string): string {
  return `${XFS_PATH}/${service}`;
}
