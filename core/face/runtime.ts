/**
 * The part of `onnxruntime-web` the pipeline uses, as a port.
 *
 * Deno passes `import * as ort from "onnxruntime-web"`, a browser the build it serves itself; the
 * core imports neither, so it bundles for both.
 *
 * @module
 */

export interface OrtTensor {
  readonly data: unknown;
  readonly dims: readonly number[];
}

export interface OrtSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: Readonly<Record<string, OrtTensor>>): Promise<Readonly<Record<string, OrtTensor>>>;
  release(): Promise<void>;
}

export interface OrtSessionOptions {
  readonly executionProviders: readonly "wasm"[];
  readonly logSeverityLevel: 3;
}

/** The namespace of `onnxruntime-web`. */
export interface OrtRuntime {
  readonly env: { readonly wasm: { numThreads?: number | undefined } };
  readonly InferenceSession: {
    create(model: Uint8Array, options: OrtSessionOptions): Promise<OrtSession>;
  };
  readonly Tensor: {
    new (type: "uint8", data: Uint8Array, dims: readonly number[]): OrtTensor;
    new (type: "float32", data: Float32Array, dims: readonly number[]): OrtTensor;
  };
}

/**
 * Opens a session on one thread: results are the same bits everywhere only then.
 *
 * Creating a session replaces `globalThis.Worker` with Node's where both exist; whoever starts a
 * worker of the web afterwards would get another class, so the old one is put back.
 */
export async function openSession(ort: OrtRuntime, model: Uint8Array): Promise<OrtSession> {
  const place: { Worker?: unknown } = globalThis;
  const worker = place.Worker;
  ort.env.wasm.numThreads = 1;
  try {
    return await ort.InferenceSession.create(model, {
      executionProviders: ["wasm"],
      logSeverityLevel: 3,
    });
  } finally {
    if (worker === undefined) delete place.Worker;
    else place.Worker = worker;
  }
}
