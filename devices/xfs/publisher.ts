/**
 * The publisher: answers `ServicePublisher.GetServices` with every service there is, and nothing else.
 *
 * The services are published whatever their health: a device that is broken says so itself.
 *
 * @module
 */
import {
  acknowledge,
  type CommandMessage,
  type CommandOf,
  completion,
  type DeviceMessage,
  readCommand,
  refusal,
} from "../../core/xfs4iot/mod.ts";
import type { Answering } from "./endpoint.ts";

export const VENDOR = "atm-twin";

const NAME = "ServicePublisher.GetServices";

/** `uris` are asked for at each call: a port is known only once it is open. */
export function createPublisher(
  uris: () => readonly string[],
  send: (message: DeviceMessage) => void,
): Answering {
  return {
    receive(command: CommandMessage): void {
      send(acknowledge(command));
      const { name } = command.header;
      if (name !== NAME) {
        return send(refusal(command, "unsupportedCommand", `the publisher has no ${name}`));
      }
      const read = readCommand<typeof NAME>(command);
      if (!read.ok) return send(read.refusal);
      const services = uris().map((serviceURI) => ({ serviceURI }));
      send(
        completion(command as CommandOf<typeof NAME>, "success", { vendorName: VENDOR, services }),
      );
    },
  };
}
