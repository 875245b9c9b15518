/**
 * The page's one twin, opened when it is first wanted: 18 MB of models and runtime from the server, or
 * what was written into a page that stands by itself.
 *
 * @module
 */
import * as z from "zod";
import type { WorkerFiles } from "../../twin/protocol.ts";
import { unreachable } from "../api.ts";
import { refuse } from "../late_code.ts";
import { Twin } from "./twin.ts";

/** Where the worker and its files come from. */
export interface TwinSource {
  worker(): Promise<Worker>;
  files(): Promise<WorkerFiles>;
}

const BUILD = "/assets/build/twin";

/** What stands beside the models: their manifest and names, and machine profiles by name. */
const settingSchema = z.object({
  manifest: z.unknown(),
  models: z.array(z.string()),
  profiles: z.record(z.string(), z.unknown()),
});
export type TwinSetting = z.infer<typeof settingSchema>;

const fromServer: TwinSource = {
  worker: () => Promise.resolve(new Worker(`${BUILD}/worker.js`, { type: "module" })),
  async files() {
    const text = new TextDecoder().decode(await bytes("setting.json"));
    const { models: names, ...setting } = settingSchema.parse(JSON.parse(text));
    const wasm = bytes("ort.wasm");
    const models = await Promise.all(
      names.map(async (name) => [name, new Uint8Array(await bytes(`${name}.onnx`))] as const),
    );
    return { ...setting, wasm: await wasm, models: Object.fromEntries(models) };
  },
};

async function bytes(name: string): Promise<ArrayBuffer> {
  const answer = await fetch(`${BUILD}/${name}`).catch(unreachable);
  refuse(answer, name);
  return await answer.arrayBuffer();
}

let source = fromServer;
let opened: Promise<Twin> | null = null;

/** From now on the twin comes from here. */
export function twinFrom(other: TwinSource): void {
  source = other;
  opened = null;
}

/** The twin; one that did not open, or broke, is opened again the next time. */
export function openTwin(): Promise<Twin> {
  const { worker, files } = source;
  const forget = () => opened = null;
  opened ??= Promise.all([worker(), files()])
    .then(([worker, files]) => new Twin(worker, files, forget));
  return opened.catch((error: unknown) => {
    forget();
    throw error;
  });
}
