/** The run's ports on Deno: the renderer, the models, and what the trace says of the host. */
import type { FacePipeline, FrameSource, Manifest } from "../../core/face/mod.ts";
import { render } from "../../devices/camera/mod.ts";
import type { TraceHeader } from "../trace/mod.ts";
import { type FaceEngine, pinnedOf, type RunPorts } from "../world/mod.ts";
import { HOME } from "./files.ts";

/** What a person calls this program in a trace. */
export const VERSION = "0.1.0";

/** What seals templates at rest. It decides nothing a trace can see, so it need not be repeatable. */
export function randomBytes(bytes: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(bytes));
}

/** Models, however they are opened. */
export interface ServedModels {
  readonly manifest: Manifest;
  serve(frames: FrameSource, random: typeof randomBytes): FaceEngine;
}

/** Models that are opened when something first has to be judged, and then by all who ask. */
export function openedWhenAsked(
  manifest: Manifest,
  open: () => Promise<FacePipeline>,
): ServedModels {
  let opened: Promise<FacePipeline> | null = null;
  function serve(frames: FrameSource, random: typeof randomBytes): FaceEngine {
    let engine: Promise<FaceEngine> | null = null;
    async function served(): Promise<FaceEngine> {
      return (await (opened ??= open())).serve(frames, random);
    }
    return {
      handle: async (request) => await (await (engine ??= served())).handle(request),
      async enrolFrom(frames, reference) {
        await (await (engine ??= served())).enrolFrom(frames, reference);
      },
    };
  }
  return { manifest, serve };
}

/** The ports of a run over these models. */
export function portsOf(pipeline: ServedModels): RunPorts {
  return {
    face: (frames) => pipeline.serve(frames, randomBytes),
    render,
    pinned: pinnedOf(pipeline.manifest),
    runtime: runtime(),
  };
}

function runtime(): TraceHeader["runtime"] {
  return {
    commit: commit(),
    program: `atm-twin ${VERSION} on Deno ${Deno.version.deno}`,
    v8: Deno.version.v8,
    platform: `${Deno.build.os} ${Deno.build.arch}`,
  };
}

/** The commit the program was started from, read from the checkout; "unknown" outside one. */
function commit(): string {
  try {
    const head = Deno.readTextFileSync(new URL(".git/HEAD", HOME)).trim();
    const ref = /^ref: (.+)$/.exec(head)?.[1];
    if (ref === undefined) return head;
    return Deno.readTextFileSync(new URL(`.git/${ref}`, HOME)).trim();
  } catch {
    return "unknown"; // told, not chained: a packed ref or a plain copy of the files is no error
  }
}
