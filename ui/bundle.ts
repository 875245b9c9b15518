/**
 * Bundles the dashboard for the browser into `ui/static/build/` (never committed): the app, with a file
 * for each page that not everybody opens, the worker that renders camera frames, the worker that holds
 * the whole twin with the files it wants, and the Tibetan font with its licence.
 *
 * The server calls {@linkcode upToDateBundle} at every start; it takes milliseconds when no source is
 * newer than the bundle, and about a second when one is.
 *
 * @module
 */
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { filesOf, type Manifest } from "../core/face/mod.ts";
import { profileNames, readProfile } from "../sim/adapters/files.ts";
import { readManifest, SHIPPED_MODELS } from "../sim/adapters/models.ts";
import type { TwinSetting } from "./app/twin/open_twin.ts";
// Importing anything of the package is what makes Deno fetch it; its files lie beside this one.
import font from "@fontsource/noto-serif-tibetan/package.json" with { type: "json" };

const ROOT = fileURLToPath(new URL("../", import.meta.url));
/** Everything the server serves lies here. */
export const STATIC_DIR = `${ROOT}ui/static`;
/** In the order in which later ones win. */
export const STYLES = [
  "base",
  "home",
  "stage",
  "panels",
  "taking_part",
  "develop",
  "audit",
  "teach",
  "atm",
  "atm_screen",
] as const;
const BUILD_DIR = `${STATIC_DIR}/build`;
/** Its time says how fresh the bundle is; its text, what it was made with. */
const STAMP = "made_with.txt";

/** What the bundle is made from. */
const SOURCES = [
  "ui/app",
  "ui/bundle.ts",
  ...STYLES.map((name) => `ui/static/${name}.css`),
  "ui/twin",
  "core",
  "devices",
  "sim",
  "models",
  "deno.json",
];
const FONT_FILES = ["files/noto-serif-tibetan-tibetan-400-normal.woff2", "LICENSE"];

/** Bundles when the bundle is missing, older than a source, or made by another Deno or font. */
export async function upToDateBundle(): Promise<void> {
  const made = await Deno.stat(`${BUILD_DIR}/${STAMP}`).catch(() => null);
  const stamp = made && await Deno.readTextFile(`${BUILD_DIR}/${STAMP}`);
  const times = await Promise.all(SOURCES.map((path) => newest(`${ROOT}${path}`)));
  if (stamp === madeWith() && (made?.mtime?.getTime() ?? 0) > Math.max(...times)) return;
  await bundle();
}

/** Bundles into a folder of its own, then puts it in place whole. */
export async function bundle(): Promise<void> {
  const fresh = await Deno.makeTempDir({ dir: STATIC_DIR, prefix: "build-", suffix: ".part" });
  try {
    await runDenoBundle(fresh, ["--code-splitting"], ["ui/app/main.tsx"]);
    await writeLetters(fresh);
    await runDenoBundle(`${fresh}/camera`, [], ["ui/app/camera/render_worker.ts"]);
    await runDenoBundle(`${fresh}/twin`, [], ["ui/twin/worker.ts"]);
    await copyTwinFiles(`${fresh}/twin`);
    await joinStyles(fresh);
    for (const file of FONT_FILES) {
      const path = import.meta.resolve(`@fontsource/noto-serif-tibetan/${file}`);
      const name = file === "LICENSE" ? "noto-serif-tibetan-licence.txt" : basename(file);
      await Deno.copyFile(new URL(path), `${fresh}/${name}`);
    }
    await Deno.writeTextFile(`${fresh}/${STAMP}`, madeWith());
    await Deno.remove(BUILD_DIR, { recursive: true }).catch(ignoreMissing);
    await Deno.rename(fresh, BUILD_DIR);
  } catch (error) {
    await Deno.remove(fresh, { recursive: true });
    throw error;
  }
}

/** A Tibetan or Chinese letter as the bundler spells it, and no backslash before that is its own. */
const SPELLED = /(?<!\\)((?:\\\\)*)\\u(0f[0-9a-f]{2}|[3-9][0-9a-f]{3}|ff[0-9a-f]{2})/gi;

/** The bundler spells what is not ASCII in six letters: written as it is, texts weigh less. */
async function writeLetters(folder: string): Promise<void> {
  for await (const { name } of Deno.readDir(folder)) {
    if (!name.endsWith(".js")) continue;
    const text = await Deno.readTextFile(`${folder}/${name}`);
    const written = text.replaceAll(
      SPELLED,
      (_, before, code) => before + String.fromCharCode(parseInt(code, 16)),
    );
    await Deno.writeTextFile(`${folder}/${name}`, written);
  }
}

/** All styles in their order as one file, without what only its readers need. */
async function joinStyles(into: string): Promise<void> {
  const sheets = await Promise.all(
    STYLES.map((name) => Deno.readTextFile(`${STATIC_DIR}/${name}.css`)),
  );
  const bare = sheets.join("\n").replaceAll(/\/\*[^]*?\*\//g, "").replaceAll(/\s+/g, " ")
    .replaceAll(/ ?([{};,]) ?/g, "$1");
  await Deno.writeTextFile(`${into}/app.css`, bare);
}

/** What the twin in a browser tab is made of besides code: see `WorkerFiles` in `ui/twin/`. */
async function copyTwinFiles(into: string): Promise<void> {
  const manifest = await readManifest();
  const wasm = new URL("ort-wasm-simd-threaded.wasm", import.meta.resolve("onnxruntime-web"));
  await Deno.copyFile(wasm, `${into}/ort.wasm`);
  for (const [name, { file }] of filesOf(manifest)) {
    await Deno.copyFile(new URL(file, SHIPPED_MODELS), `${into}/${name}.onnx`);
  }
  await Deno.writeTextFile(`${into}/setting.json`, JSON.stringify(await twinSetting(manifest)));
}

/** What stands beside the models of a twin in a browser tab: `setting.json`. */
export async function twinSetting(manifest: Manifest): Promise<TwinSetting> {
  const names = await profileNames();
  const profiles = await Promise.all(names.map((name) => readProfile(name, "bundle")));
  return {
    manifest,
    models: [...filesOf(manifest).keys()],
    profiles: Object.fromEntries(names.map((name, i) => [name, profiles[i]])),
  };
}

async function runDenoBundle(
  into: string,
  options: readonly string[],
  entries: readonly string[],
): Promise<void> {
  const fixed = ["bundle", "--quiet", "--platform=browser", "--minify", "--outdir", into];
  const command = new Deno.Command(Deno.execPath(), {
    args: [...fixed, ...options, ...entries],
    cwd: ROOT,
    stdout: "piped",
    stderr: "piped",
  });
  const { success, stderr } = await command.output();
  if (!success) {
    throw new Error(`Cannot bundle the dashboard: ${new TextDecoder().decode(stderr)}`);
  }
}

function madeWith(): string {
  return `deno ${Deno.version.deno}, noto-serif-tibetan ${font.version}\n`;
}

/** The latest change of a file, or of anything in a folder; milliseconds since 1970. */
async function newest(path: string): Promise<number> {
  const info = await Deno.stat(path);
  const own = info.mtime?.getTime() ?? 0;
  if (!info.isDirectory) return own;
  const names = await Array.fromAsync(Deno.readDir(path), (entry) => entry.name);
  return Math.max(own, ...await Promise.all(names.map((name) => newest(`${path}/${name}`))));
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}

if (import.meta.main) {
  await bundle();
  console.log(`The dashboard is in ${dirname(BUILD_DIR)}/build`);
}
