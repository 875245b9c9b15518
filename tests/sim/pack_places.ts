/** A pack of an embedder alone, where it comes from, and where packs go. */
import assert from "node:assert/strict";
import { SHIPPED_MODELS } from "../../sim/adapters/models.ts";
import { type AddedPack, addPack } from "../../sim/adapters/packs.ts";
import { InputError } from "../../sim/plan/mod.ts";

export const SHIPPED = JSON.parse(
  await Deno.readTextFile(new URL("manifest.json", SHIPPED_MODELS)),
);
export const EMBEDDER = await Deno.readFile(new URL(SHIPPED.embedder.file, SHIPPED_MODELS));

export type Entry = Record<string, unknown>;

/** A pack with an embedder alone: the shipped one under another name and threshold. */
export function manifestOf(changes: Entry = {}): Entry {
  const { sha256, bytes, input, output } = SHIPPED.embedder;
  const embedder = {
    file: "theirs.onnx",
    sha256,
    bytes,
    licence: "Apache-2.0",
    source: "a test",
    input,
    output,
    threshold: 0.42,
    ...changes,
  };
  return { schema: 1, name: "theirs", embedder };
}

const digest = async (bytes: Uint8Array<ArrayBuffer>) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();

/** An entry for one of the tiny models. */
export async function tiny(model: Uint8Array, output: Entry, file = "theirs.onnx"): Promise<Entry> {
  return {
    file,
    sha256: await digest(Uint8Array.from(model)),
    bytes: model.length,
    licence: "Apache-2.0",
    source: "a test",
    input: {
      name: "x",
      shape: [1, 3, 112, 112],
      layout: "nchw",
      channels: "rgb",
      mean: [0, 0, 0],
      scale: [1, 1, 1],
    },
    output: { name: "y", ...output },
    threshold: 0.5,
  };
}

export interface Place {
  /** Where the pack comes from, and where packs go. */
  readonly source: string;
  readonly packs: URL;
}

export async function inPlaces(
  manifest: unknown,
  model: Uint8Array,
  use: (place: Place) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/source`);
    await Deno.mkdir(`${folder}/packs`);
    await Deno.writeTextFile(`${folder}/source/manifest.json`, JSON.stringify(manifest));
    await Deno.writeFile(`${folder}/source/theirs.onnx`, model);
    await use({ source: `${folder}/source`, packs: new URL(`file://${folder}/packs/`) });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

export async function refusalOf(source: string, packs: URL): Promise<string> {
  const error = await addPack(source, packs).then(() => null, (error: unknown) => error);
  assert.ok(error instanceof InputError, String(error));
  const left = [...Deno.readDirSync(packs)].map(({ name }) => name);
  assert.deepEqual(left, [], "nothing is half installed");
  return error.message;
}

/** The pack as it was added. */
export async function added(source: string, packs: URL): Promise<AddedPack> {
  const pack = await addPack(source, packs);
  assert.ok(pack !== null, "nobody interrupts it");
  return pack;
}
