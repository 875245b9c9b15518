/**
 * `Common.SetVersions`, and the capabilities of a service as they are on the wire.
 *
 * Every message here has one version. So a client may ask for the major versions there are, and gets
 * `invalidData`, naming the first, when it asks for another.
 *
 * @module
 */
import {
  type CapabilitiesTree,
  type CommandMessage,
  type CommandOf,
  commands,
  completion,
  type CompletionMessage,
  readCommand,
  refusal,
} from "../../core/xfs4iot/mod.ts";
import { REQUESTS_MAX } from "./connection.ts";

const NAME = "Common.SetVersions";

/** Capabilities with what the wire adds: SetVersions, and the requests one client may have open. */
export function asSpokenHere(tree: CapabilitiesTree): CapabilitiesTree {
  return {
    ...tree,
    interfaces: (tree.interfaces ?? []).map((each) => ({
      ...each,
      ...(each.name === "Common"
        ? { commands: { ...each.commands, [NAME]: { versions: [commands[NAME].version] } } }
        : {}),
      maximumRequests: REQUESTS_MAX,
    })),
  };
}

export function answerSetVersions(
  message: CommandMessage,
  capabilities: CapabilitiesTree,
): CompletionMessage {
  const read = readCommand<typeof NAME>(message);
  if (!read.ok) return read.refusal;
  for (const kind of ["commands", "events"] as const) {
    const spoken = new Map(
      (capabilities.interfaces ?? []).flatMap((each) => Object.entries(each[kind] ?? {})),
    );
    for (const [name, major] of Object.entries(read.payload[kind] ?? {})) {
      const versions = spoken.get(name)?.versions ?? [];
      if (versions.some((version) => version.split(".")[0] === String(major))) continue;
      const spokenHere = versions.length === 0 ? "is not spoken here" : `is ${versions.join(", ")}`;
      return refusal(message, "invalidData", `payload.${kind}.${name}: ${spokenHere}`);
    }
  }
  return completion(message as CommandOf<typeof NAME>, "success");
}
