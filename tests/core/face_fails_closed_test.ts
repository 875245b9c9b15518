import * as assert from "node:assert/strict";
import { assessed, judgeLiveness, parsePack } from "../../core/face/mod.ts";
import { readManifest } from "../../sim/adapters/models.ts";

Deno.test("face: a liveness that is no number is an attack", () => {
  const finding = { box: [0, 0, 1, 1], landmarks: [], detection: 1, problem: null } as const;
  const frames = [NaN, 1, 1].map((liveness) => ({
    finding: { ...finding, liveness },
    threshold: 0.7,
  }));
  assert.equal(assessed(frames, 0.7).verdict, "presentation_attack");
});

Deno.test("face: one usable exposure of several decides nothing, and the strictest sensors judge", () => {
  const finding = { box: [0, 0, 1, 1], landmarks: [], detection: 1, liveness: 0.8 } as const;
  const seen = (problems: readonly ("blurred" | null)[], thresholds = [0.7, 0.7, 0.7]) =>
    assessed(
      problems.map((problem, i) => ({
        finding: { ...finding, problem },
        threshold: thresholds[i] ?? 0.7,
      })),
      0.7,
    );
  assert.equal(seen([null, "blurred", null]).verdict, "live");
  const alone = seen([null, "blurred", "blurred"]);
  assert.deepEqual([alone.verdict, alone.problem], ["unusable", "blurred"]);
  assert.equal(seen([null]).verdict, "live", "where only one was taken");
  assert.equal(seen([]).verdict, "unusable");
  assert.equal(seen([null, null, null], [0.7, 0.9, 0.7]).verdict, "presentation_attack");
});

Deno.test("face: a model that gives no number has seen nobody alive", async () => {
  const { liveness } = await readManifest();
  const picture = new Uint8Array(5 * 160 * 160);
  const said = (...live: number[]) =>
    judgeLiveness(
      { run: () => Promise.resolve({ live: Float32Array.of(...live) }) },
      liveness,
      picture,
    );
  assert.equal(await said(NaN), 0);
  assert.equal(await said(Infinity), 0);
  assert.equal(await said(0.75), 0.75);
});

Deno.test("face: a pack's five planes are normalised inside the graph or not at all", async () => {
  const { liveness } = await readManifest();
  const input = { ...liveness.input, mean: [127.5, 127.5, 127.5], scale: [1, 1, 1] };
  const pack = { schema: 1, name: "five", liveness: { ...liveness, input } };
  assert.throws(() => parsePack(pack), /manifest\.json: liveness\.input\.mean: .*inside the graph/);
  assert.throws(() => parsePack({ schema: 1, name: "none" }), /Cannot read manifest\.json: has no/);
});
