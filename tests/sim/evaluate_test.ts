import assert from "node:assert/strict";
import {
  acceptedAt,
  CALIBRATION,
  compareAttempts,
  equalErrorRate,
  fnmrByGroup,
  fnmrByGroupWhenStrict,
  groupsOf,
  landmarkError,
  overlap,
  type PersonObservation,
  placeOf,
  rateOf,
  rateText,
  refusedAt,
  ScoreHistogram,
  TEST,
  TRAINING,
  verifyModels,
} from "../../sim/evaluate/mod.ts";
import { filesOf, parseManifest, ROLES } from "../../core/face/mod.ts";
import { randomStream } from "../../core/numeric/mod.ts";
import { defaultScene, faceOf } from "../../devices/camera/mod.ts";
import { picturedScene } from "../../devices/camera/props.ts";

const MODELS = new URL("../../models/", import.meta.url);

Deno.test("evaluate: the Wilson interval is the published one", () => {
  // Newcombe 1998, table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
  const cases = [[81, 263, 0.2553, 0.3662], [15, 148, 0.0624, 0.1605], [0, 20, 0, 0.1611], [
    1,
    29,
    0.0061,
    0.1718,
  ]] as const;
  for (const [count, of, low, high] of cases) {
    const rate = rateOf(count, of);
    assert.ok(Math.abs(rate.low - low) < 6e-5 && Math.abs(rate.high - high) < 6e-5, `${count}`);
  }
  assert.deepEqual(rateOf(0, 0), { count: 0, of: 0, rate: 0, low: 0, high: 1 });
});

Deno.test("evaluate: a few strangers of millions are told from none", () => {
  assert.equal(
    rateText(rateOf(6, 5_820_174)),
    "0.000103 % (6 of 5820174; 0.000047 % to 0.000225 %)",
  );
  assert.match(rateText(rateOf(0, 2000)), /^0\.000 % \(0 of 2000; 0\.000 % to 0\.192 %\)$/);
});

Deno.test("evaluate: a score at the threshold is accepted", () => {
  const scores = [0.1, 0.4, 0.5, 0.9];
  assert.equal(acceptedAt(scores, 0.5).count, 2);
  assert.equal(refusedAt(scores, 0.5).count, 2);
});

Deno.test("evaluate: the threshold at a false match rate lets in no more than that", () => {
  const impostors = Array.from({ length: 1000 }, (_, i) => i / 1000);
  const histogram = ScoreHistogram.of(impostors);
  for (const rate of [0, 0.001, 0.01, 0.1]) {
    const threshold = histogram.thresholdAt(rate);
    assert.equal(acceptedAt(impostors, threshold).count, rate * 1000);
    // One step lower would let one more in.
    assert.equal(histogram.acceptedAt(threshold - 1e-4).count, rate * 1000 + 1);
  }
});

Deno.test("evaluate: counted scores give the same rates as the scores themselves", () => {
  const stream = randomStream("test/histogram");
  const scores = Array.from(
    { length: 20_000 },
    () => Math.round(1e6 * (2 * stream.uniform() - 1)) / 1e6,
  );
  const histogram = ScoreHistogram.of([...scores, -1, 1, 0.503]);
  for (let step = -10_000; step <= 10_000; step += 37) {
    const threshold = step / 10_000;
    const slowly = acceptedAt([...scores, -1, 1, 0.503], threshold);
    assert.deepEqual(histogram.acceptedAt(threshold), slowly, `at ${threshold}`);
  }
  assert.ok(Math.abs(histogram.mean) < 0.02 && Math.abs(histogram.percentile(0.75) - 0.5) < 0.02);
  assert.equal(histogram.bars(80).reduce((sum, bar) => sum + bar, 0), histogram.count);
});

Deno.test("evaluate: the equal error rate of scores that overlap by a tenth", () => {
  const genuine = Array.from({ length: 100 }, (_, i) => 0.45 + i / 200);
  const impostors = ScoreHistogram.of(Array.from({ length: 100 }, (_, i) => i / 200));
  assert.ok(Math.abs(equalErrorRate(genuine, impostors)! - 0.05) < 0.006);
  assert.equal(equalErrorRate([0.8, 0.9], ScoreHistogram.of([0.1, 0.2])), 0);
});

Deno.test("evaluate: the equal error rate lies between genuine scores too, and survives ties", () => {
  // One of fifty is refused from 0.2 on; of a hundred strangers two reach 0.5, none reaches 0.8.
  const genuine = [0.15, ...Array.from({ length: 49 }, () => 0.9)];
  const strangers = Array.from({ length: 100 }, (_, i) => i < 2 ? 0.5 : i < 10 ? 0.3 : 0);
  assert.equal(equalErrorRate(genuine, ScoreHistogram.of(strangers)), 0.02);
  assert.equal(equalErrorRate([0.5, 0.5, 0.5, 0.5], ScoreHistogram.of([0.5, 0.5])), 0.5);
});

Deno.test("evaluate: where nobody could be compared no group has a ratio", () => {
  assert.deepEqual(fnmrByGroup([], 0.5)["age"], { groups: {}, ratio: null });
});

Deno.test("evaluate: where the threshold tells nothing, groups are compared at a strict one", () => {
  const subject = { person: 0, kin: "self", visit: 1 } as const;
  const groups = groupsOf(defaultScene(subject), subject);
  const photo = Float32Array.of(1, 0);
  const people = Array.from({ length: 400 }, (_, n): PersonObservation => ({
    person: n,
    photo,
    enrolled: null,
    attempts: [{
      visit: 1,
      // The four least like themselves are three women and a man.
      groups: { ...groups, sex: n === 3 || n >= 200 ? "male" : "female" },
      landmark_error: null,
      template: Float32Array.of(0.5 + n / 1000, Math.sqrt(1 - (0.5 + n / 1000) ** 2)),
      live: null,
      left_out: null,
    }],
    special: [],
    transactions: [],
    kin: { twin: [], sibling: [], cousin: [] },
    attacks: {},
    ghost: false,
  }));
  assert.equal(fnmrByGroup(people, 0.4)["sex"]?.ratio, null);
  const strict = fnmrByGroupWhenStrict(people, compareAttempts(people)) ?? assert.fail();
  assert.ok(Math.abs(strict.threshold - 0.504) < 1e-6);
  const { groups: sexes, ratio } = strict.by["sex"] ?? assert.fail();
  assert.deepEqual([sexes["female"]?.count, sexes["male"]?.count], [3, 1]);
  assert.equal(ratio, 3.03, "3 of 199 to 1 of 201");
  assert.equal(fnmrByGroupWhenStrict([], compareAttempts([])), null);
});

Deno.test("evaluate: overlap and landmark error, by hand", () => {
  assert.equal(overlap([0, 0, 2, 2], [1, 0, 2, 2]), 2 / 6);
  assert.equal(overlap([0, 0, 1, 1], [5, 5, 1, 1]), 0);
  const truth = [[0, 0], [10, 0], [5, 5], [2, 9], [8, 9]] as const;
  assert.equal(landmarkError(truth.map(([x, y]) => [x + 3, y + 4] as const), truth), 0.5);
});

Deno.test("evaluate: a picture is sorted by what is not as it was on the identity photo", () => {
  const met = new Map<string, number>();
  for (let person = 0; person < 200; person++) {
    const subject = { person, kin: "self", visit: 1 } as const;
    const then = faceOf({ ...subject, visit: 0 }).habits, now = faceOf(subject).habits;
    const change = groupsOf(defaultScene(subject), subject)["change since the photo"];
    met.set(change, (met.get(change) ?? 0) + 1);
    const took_off = then.glasses !== null && now.glasses === null;
    assert.equal(change === "glasses left at home", took_off);
    // Whoever left them at home is still one of those who wear them.
    const { glasses } = groupsOf(defaultScene(subject), subject);
    assert.equal(glasses, then.glasses === null ? "wears none" : "wears them");
    if (change === "nothing") {
      assert.equal(`${now.beard} ${now.hair}`, `${then.beard} ${then.hair}`);
    }
  }
  assert.deepEqual([...met.keys()].sort(), [
    "another haircut",
    "beard shaved",
    "glasses left at home",
    "nothing",
  ]);
});

Deno.test("evaluate: nobody, no lobby and no instrument is in two of the three splits", () => {
  const splits = [TRAINING, CALIBRATION, TEST];
  for (const what of ["people", "lobbies", "instruments"] as const) {
    const ranges = splits.map((split) => split[what]);
    for (const [i, range] of ranges.entries()) {
      assert.ok(range.first <= range.last);
      const next = ranges[i + 1];
      if (next !== undefined) assert.ok(range.last < next.first, what);
    }
  }
  for (const split of splits) {
    assert.ok(split.people.first >= 100_000, "scenarios' people are in no split");
    const stream = randomStream(`test/${split.name}`);
    for (let i = 0; i < 50; i++) {
      const { lobby } = placeOf(split, stream);
      assert.ok(lobby >= split.lobbies.first && lobby <= split.lobbies.last);
    }
  }
});

Deno.test("evaluate: the wall in a print or on a screen is of the split that it is held up in", () => {
  const { expression } = defaultScene(null);
  const subject = { person: 0, kin: "self", visit: 0 } as const;
  for (const split of [TRAINING, CALIBRATION, TEST]) {
    for (const instrument of [split.instruments.first, split.instruments.last]) {
      const { lobby } = picturedScene(subject, { species: "matt-print", instrument }, expression);
      assert.ok(lobby >= split.lobbies.first && lobby <= split.lobbies.last, split.name);
    }
  }
});

Deno.test("evaluate: the shipped models are whole, measured, and weigh under 12 MB", async () => {
  const text = await Deno.readTextFile(new URL("manifest.json", MODELS));
  const manifest = parseManifest(JSON.parse(text));
  const read = (file: string) => Deno.readFile(new URL(file, MODELS));
  for (const check of await verifyModels(manifest, read)) assert.equal(check.problem, null);
  const lines = ROLES.map((role) => manifest[role]);
  assert.ok(lines.every((line) => line.measured !== null), "every model was measured");
  assert.ok(lines.reduce((sum, { bytes }) => sum + bytes, 0) < 12e6);
  for (const { file, bytes } of lines) assert.equal((await read(file)).length, bytes, file);
  const people = ["training", "calibration"] as const;
  const { embedder } = manifest;
  for (const use of people) {
    assert.ok(embedder[use]!.people.last < (embedder.measured?.protocol.people.first ?? 0), use);
  }
});

Deno.test("evaluate: a model that was changed is told by file and hash", async () => {
  const text = await Deno.readTextFile(new URL("manifest.json", MODELS));
  const manifest = parseManifest(JSON.parse(text));
  const checks = await verifyModels(manifest, () => Promise.resolve(new Uint8Array(3)));
  assert.ok(checks.every(({ ok }) => !ok));
  const files = new Set(checks.map(({ file }) => file));
  for (const { file } of filesOf(manifest).values()) assert.ok(files.has(file), file);
  // Those by which it was measured what is made of things never seen, too.
  for (const { file } of Object.values(manifest.liveness.left_out ?? {})) {
    assert.ok(files.has(file), file);
  }
  assert.equal(files.size, 8);
  assert.match(checks[0]?.problem ?? "", /detector\.onnx: its sha256 is 709e80c8/);
});

Deno.test("evaluate: liveness planes may have any side, as long as they are square", async () => {
  const shipped = JSON.parse(await Deno.readTextFile(new URL("manifest.json", MODELS)));
  const withShape = (shape: number[]) => {
    const manifest = structuredClone(shipped);
    manifest.liveness.input.shape = shape;
    return () => parseManifest(manifest);
  };
  for (const side of [80, 160]) {
    assert.deepEqual(withShape([1, 5, side, side])().liveness.input.shape, [1, 5, side, side]);
  }
  assert.throws(withShape([1, 5, 80, 160]), /liveness\.input\.shape/);
  assert.throws(withShape([1, 3, 80, 80]), /liveness\.input\.shape/);
});
