import assert from "node:assert/strict";
import {
  type FaceRequest,
  type FaceResult,
  type FrameSet,
  type Picture,
  SealedEngine,
  sealOf,
} from "../../core/face/mod.ts";

const KEY = new Uint8Array(32).fill(7);
const OTHER_KEY = new Uint8Array(32).fill(8);

function frame(n: number): FrameSet & { nonce: string } {
  const nonce = `capture-1/${n}/1500000000000`;
  return { rgb: `sha256:a${n}`, nir: `sha256:b${n}`, depth: `sha256:c${n}`, nonce };
}

/** A credulous engine behind the check, and a store of pictures with these seals. */
function engine(seals: Record<string, string>): SealedEngine {
  const live: FaceResult = {
    op: "assess",
    capture: "capture-1",
    verdict: "live",
    problem: null,
    liveness: 1,
    liveness_threshold: 0.5,
    frames: [],
  };
  const picture = (name: string): Picture => ({
    width: 1,
    height: 1,
    pixels: new Uint8Array(3),
    ...(seals[name] === undefined ? {} : { seals: [seals[name]] }),
  });
  return new SealedEngine({ handle: () => Promise.resolve(live) }, picture, KEY);
}

async function verdict(frames: readonly FrameSet[], seals: Record<string, string>) {
  const request: FaceRequest = { op: "assess", capture: "capture-1", frames };
  const result = await engine(seals).handle(request);
  return result.op === "assess" ? result.verdict : result.op;
}

const frames = [frame(0), frame(1)];
const sealed = (key: Uint8Array, of: readonly (FrameSet & { nonce: string })[]) =>
  Object.fromEntries(of.map((each) => [each.rgb, sealOf(key, each.nonce, each)]));

Deno.test("seals: exposures that the camera sealed for their own nonces are looked at", async () => {
  assert.equal(await verdict(frames, sealed(KEY, frames)), "live");
});

Deno.test("seals: no seal, a guess, or another camera's seal is an injected feed", async () => {
  assert.equal(await verdict(frames, {}), "injected");
  assert.equal(await verdict(frames, { ...sealed(KEY, frames), "sha256:a1": "00" }), "injected");
  assert.equal(await verdict(frames, sealed(OTHER_KEY, frames)), "injected");
});

Deno.test("seals: a recording with the seals of its own day is an injected feed", async () => {
  const old = frames.map((each) => ({ ...each, nonce: "capture-1/0/5" }));
  assert.equal(await verdict(frames, sealed(KEY, old)), "injected");
});

Deno.test("seals: channels of two exposures fit no seal", async () => {
  const mixed = [{ ...frame(0), depth: "sha256:c9" }, frame(1)];
  assert.equal(await verdict(mixed, sealed(KEY, frames)), "injected");
});

Deno.test("seals: one exposure shown twice, or none at all, is an injected feed", async () => {
  assert.equal(await verdict([frame(0), frame(0)], sealed(KEY, frames)), "injected");
  assert.equal(await verdict([], {}), "injected");
});

Deno.test("seals: a frame that was asked for without a nonce is never taken for sealed", async () => {
  const { nonce: _, ...bare } = frame(0);
  assert.equal(await verdict([bare], sealed(KEY, frames)), "injected");
});
