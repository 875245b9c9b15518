/**
 * What the services can do, as a list made from their own capabilities.
 *
 * @module
 */
import { type CapabilitiesTree, commands } from "../../core/xfs4iot/mod.ts";

export interface MessageDescription {
  readonly name: string;
  readonly versions: readonly string[];
}

export interface InterfaceDescription {
  readonly name: string;
  readonly commands: readonly MessageDescription[];
  readonly events: readonly MessageDescription[];
  /** Commands that the standard has and this machine completes with `unsupportedCommand`. */
  readonly unsupported: readonly string[];
}

export function describeInterfaces(capabilities: CapabilitiesTree): InterfaceDescription[] {
  return (capabilities.interfaces ?? []).map(({ name, commands: own = {}, events = {} }) => ({
    name,
    commands: listed(own),
    events: listed(events),
    unsupported: Object.keys(commands)
      .filter((command) => command.startsWith(`${name}.`) && !Object.hasOwn(own, command)),
  }));
}

/** The publisher has no capabilities to tell: it has one command. */
export function describePublisher(): InterfaceDescription[] {
  const name = "ServicePublisher.GetServices";
  const { version } = commands[name];
  return [{
    name: "ServicePublisher",
    commands: [{ name, versions: [version] }],
    events: [],
    unsupported: [],
  }];
}

function listed(messages: Readonly<Record<string, { readonly versions: readonly string[] }>>) {
  return Object.entries(messages).map(([name, { versions }]) => ({ name, versions }));
}
