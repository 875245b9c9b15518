/**
 * One ONNX model whose bytes are the ones the manifest names.
 *
 * @module
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { ModelFile, ModelInput } from "./manifest.ts";
import { openSession, type OrtRuntime, type OrtSession } from "./runtime.ts";

/** The bytes of a model are not those its manifest was made with. */
export class ModelHashError extends Error {
  override name = "ModelHashError";
  readonly file: string;
  readonly expected: string;
  readonly actual: string;

  constructor(file: string, expected: string, actual: string) {
    super(`Cannot use model ${file}: its sha256 is ${actual}, the manifest says ${expected}`);
    this.file = file;
    this.expected = expected;
    this.actual = actual;
  }
}

/** The sha256 of a model's bytes, checked against the manifest's. */
export function checkModelHash(entry: ModelFile, bytes: Uint8Array): string {
  const actual = bytesToHex(sha256(bytes));
  if (actual !== entry.sha256) throw new ModelHashError(entry.file, entry.sha256, actual);
  return actual;
}

/** What the runtime says of a model does not name it, and may run over several lines. */
function unusable(file: string, error: unknown): TypeError {
  const said = error instanceof Error ? error.message : String(error);
  const reason = said.includes("external data")
    ? "its weights lie in another file: save it as one"
    : said.trim().replaceAll(/\s+/g, " ");
  return new TypeError(`Cannot use model ${file}: ${reason}`);
}

/** What a model answers, by the names of its outputs. */
export type Outputs = Readonly<Record<string, Float32Array>>;

/** What opening a model needs to know of it. */
type Openable = ModelFile & { readonly input: ModelInput };

/** A model ready to run: one tensor in, numbers out. */
export class Model {
  readonly #ort: OrtRuntime;
  readonly #session: OrtSession;
  readonly #entry: Openable;
  /** Hex SHA-256 of the model's bytes. */
  readonly sha256: string;

  private constructor(ort: OrtRuntime, session: OrtSession, entry: Openable) {
    this.#ort = ort;
    this.#session = session;
    this.#entry = entry;
    this.sha256 = entry.sha256;
  }

  /** Checks the hash, then opens the session. */
  static async open(ort: OrtRuntime, entry: Openable, bytes: Uint8Array): Promise<Model> {
    checkModelHash(entry, bytes);
    const session = await openSession(ort, bytes).catch((error: unknown) => {
      throw unusable(entry.file, error);
    });
    if (session.inputNames.includes(entry.input.name)) return new Model(ort, session, entry);
    await session.release();
    const has = session.inputNames.join(", ");
    throw new TypeError(
      `Cannot use model ${entry.file}: its input is ${has}, not ${entry.input.name}`,
    );
  }

  /** Runs once on a tensor laid out as the manifest's `input.shape`; every output of floats. */
  async run(tensor: Uint8Array | Float32Array): Promise<Outputs> {
    const { file, input } = this.#entry;
    const { Tensor } = this.#ort;
    const fed = tensor instanceof Uint8Array
      ? new Tensor("uint8", tensor, input.shape)
      : new Tensor("float32", tensor, input.shape);
    const outputs: Record<string, Float32Array> = {};
    const answer = await this.#session.run({ [input.name]: fed }).catch((error: unknown) => {
      throw unusable(file, error);
    });
    for (const [name, { data }] of Object.entries(answer)) {
      if (data instanceof Float32Array) outputs[name] = data;
    }
    return outputs;
  }

  async release(): Promise<void> {
    await this.#session.release();
  }
}
