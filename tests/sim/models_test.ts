/** A folder of models that is not what its manifest says is refused by name, before anything runs. */
import assert from "node:assert/strict";
import { filesOf, parseManifest } from "../../core/face/mod.ts";
import { openModels, SHIPPED_MODELS } from "../../sim/adapters/models.ts";
import { InputError } from "../../sim/plan/mod.ts";

async function inCopy(use: (folder: URL, file: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const manifest = await Deno.readTextFile(new URL("manifest.json", SHIPPED_MODELS));
    await Deno.writeTextFile(`${folder}/manifest.json`, manifest);
    for (const { file } of filesOf(parseManifest(JSON.parse(manifest))).values()) {
      await Deno.copyFile(new URL(file, SHIPPED_MODELS), `${folder}/${file}`);
    }
    await use(new URL(`file://${folder}/`), JSON.parse(manifest).liveness.file);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function refusalOf(folder: URL): Promise<string> {
  const error = await openModels({ folder }).then(() => null, (error: unknown) => error);
  assert.ok(error instanceof InputError, String(error));
  return error.message;
}

Deno.test("models: a missing file is named", () =>
  inCopy(async (folder, file) => {
    await Deno.remove(new URL(file, folder));
    assert.match(await refusalOf(folder), new RegExp(`${file}.*does not exist`));
  }));

Deno.test("models: one changed byte is noticed, and both hashes are told", () =>
  inCopy(async (folder, file) => {
    const bytes = await Deno.readFile(new URL(file, folder));
    bytes[1000] = (bytes[1000] ?? 0) ^ 1;
    await Deno.writeFile(new URL(file, folder), bytes);
    assert.match(
      await refusalOf(folder),
      new RegExp(`${file}: sha256:.*[0-9a-f]{64}.*[0-9a-f]{64}`),
    );
  }));

Deno.test("models: a manifest that is none is named", () =>
  inCopy(async (folder) => {
    await Deno.writeTextFile(new URL("manifest.json", folder), "{}");
    assert.match(await refusalOf(folder), /manifest\.json: is not a manifest/);
  }));

Deno.test("models: a manifest in which a field stands twice is refused, whichever was meant", () =>
  inCopy(async (folder) => {
    const file = new URL("manifest.json", folder);
    const text = await Deno.readTextFile(file);
    await Deno.writeTextFile(file, text.replace('"threshold":', '"threshold": 0, "threshold":'));
    assert.match(await refusalOf(folder), /manifest\.json: threshold: stands twice/);
  }));
