/** The evaluation as its user has it: workers, a page, figures that do not depend on how it was run. */
import assert from "node:assert/strict";
import { observeTogether } from "../../sim/adapters/evaluate_people.ts";
import { parseManifest } from "../../core/face/mod.ts";
import { ATTACK_SPECIES } from "../../devices/camera/mod.ts";
import { openLeftOut, openModels } from "../../sim/adapters/models.ts";
import {
  compareAttempts,
  evaluationOf,
  evaluationPage,
  evaluationText,
  fnmrByGroup,
  observePeople,
  observeRelative,
  OF_PEOPLE,
  pointAtFmr,
  SPECIAL,
  specialRates,
  TEST,
  withMeasured,
} from "../../sim/evaluate/mod.ts";

const PEOPLE = 2;
const pipeline = await openModels({ memo: 0 });
const left_out = await openLeftOut(pipeline, {});
const seen = await observePeople({ pipeline, split: TEST, people: PEOPLE, kin: true, left_out });

Deno.test("evaluate: two workers see what one process sees", async () => {
  const together = await observeTogether({
    split: "test",
    people: PEOPLE,
    kin: true,
    workers: 2,
  });
  assert.deepEqual(together, seen);
});

Deno.test("evaluate: work that is ended gives nothing rather than half of it, and at once", async () => {
  let met = 0;
  const nothing = await observeTogether({
    split: "test",
    people: 9,
    kin: false,
    workers: 1,
    onProgress: () => void met++,
    ended: Promise.resolve(),
  });
  assert.deepEqual([nothing, met], [null, 0], "nobody is met to the end for it");
});

Deno.test("evaluate: every species is shown to a model that never saw it, and so are the living", () => {
  assert.deepEqual([...left_out.keys()].sort(), [...ATTACK_SPECIES].sort());
  for (const { attacks, attempts } of seen) {
    for (const { scores, left_out } of Object.values(attacks)) {
      assert.equal(left_out.length, scores.length);
    }
    for (const { live, left_out } of attempts) assert.equal(left_out === null, live === null);
  }
  const told = evaluationOf(pipeline.manifest, seen, "a test").liveness.left_out;
  assert.equal(
    told?.bpcer.of,
    seen.flatMap(({ attempts }) => attempts)
      .filter(({ live }) => live !== null).length,
  );
});

Deno.test("evaluate: a relative met alone is the relative met among everybody", async () => {
  const sibling = await observeRelative({ pipeline, split: TEST }, 1, "sibling");
  assert.deepEqual([sibling].filter((score) => score !== null), seen[1]?.kin.sibling);
});

Deno.test("evaluate: every exposure counts once in every comparison and in every dimension", () => {
  const attempts = seen.flatMap((person) => person.attempts);
  assert.equal(attempts.length, 6 * PEOPLE);
  const usable = attempts.filter(({ template }) => template !== null).length;
  const { genuine, impostor } = compareAttempts(seen);
  assert.deepEqual([genuine.length, impostor.count], [usable, usable * (PEOPLE - 1)]);
  for (const [dimension, { groups }] of Object.entries(fnmrByGroup(seen, 0.5))) {
    const counted = Object.values(groups).reduce((sum, { of }) => sum + of, 0);
    assert.equal(counted, usable, dimension);
  }
});

Deno.test("evaluate: whom the quality lets through in odd circumstances is judged to live or not", () => {
  const met = seen.flatMap(({ special }) => special);
  for (const { template, liveness } of met) assert.equal(liveness === null, template === null);
  const counted = (liveness: number) => specialRates(seen, { liveness, embedder: 0.5 });
  for (const [what, { found, refused, bpcer }] of Object.entries(counted(0))) {
    assert.equal(found.of, met.filter((one) => one.what === what).length);
    assert.deepEqual([bpcer.of, bpcer.count], [found.of - refused.count, 0]);
  }
  for (const { bpcer } of Object.values(counted(1.1))) assert.equal(bpcer.count, bpcer.of);
});

Deno.test("evaluate: in odd circumstances things are held up too, and each counts as live or not", () => {
  const met = seen.flatMap(({ special }) => special);
  const told = (liveness: number) =>
    Object.entries(specialRates(seen, { liveness, embedder: 0.5 })).flatMap(([what, { apcer }]) =>
      apcer === undefined ? [] : [{ what, ...apcer }]
    );
  const everywhere = Object.keys(SPECIAL).filter((what) => !OF_PEOPLE.has(what));
  assert.ok(everywhere.length > 3 && told(0).every(({ what }) => everywhere.includes(what)));
  for (const { what, count, of } of told(0)) {
    const judged = met.filter((one) => one.what === what).flatMap(({ attacks }) => attacks);
    assert.deepEqual([count, of], [judged.length, judged.length]);
  }
  for (const { count } of told(1.1)) assert.equal(count, 0);
});

Deno.test("evaluate: a look is judged as a session judges it, and what is not judged is told", () => {
  const [someone] = seen;
  assert.ok(someone?.enrolled);
  const score = (value: number) => ({ rgb: value, "rgb+nir": value, "rgb+nir+depth": value });
  const [probe] = someone.attempts.flatMap(({ template }) => template ?? []);
  const [attempt] = someone.attempts;
  assert.ok(probe !== undefined && attempt !== undefined);
  const exposure = (visit: number, live: number | null) => ({
    ...attempt,
    visit,
    template: live === null ? null : probe,
    live: live === null ? null : score(live),
  });
  const look = (...scores: number[]) => ({
    presented: 2,
    scores: scores.map(score),
    left_out: [],
  });
  const person = {
    ...someone,
    attempts: [
      ...[1, null, null].map((live) => exposure(1, live)),
      ...[0, 0, null].map((live) => exposure(2, live)),
    ],
    transactions: [null, someone.enrolled],
    attacks: { "printed-photo": look(1), "matt-print": look(1, 1) },
  };
  const { detector, liveness, embedder } = evaluationOf(pipeline.manifest, [person], "a test");
  assert.equal(liveness.bpcer.of, 3, "every usable exposure");
  assert.deepEqual([liveness.looks?.bpcer.count, liveness.looks?.bpcer.of], [1, 1], "not of one");
  assert.deepEqual(
    ["printed-photo", "matt-print"].map((species) => [
      liveness.apnrr[species]?.count,
      liveness.apcer[species]?.of,
      liveness.looks?.apcer[species]?.of,
    ]),
    [[1, 1, 0], [0, 2, 1]],
  );
  const { look_failure_to_acquire: missed } = detector;
  const { transaction_fnmr, transaction_frr } = embedder;
  assert.deepEqual([missed?.count, missed?.of], [1, 2]);
  assert.deepEqual([transaction_fnmr.count, transaction_fnmr.of], [0, 1]);
  assert.deepEqual([transaction_frr?.count, transaction_frr?.of], [1, 2]);
});

Deno.test("evaluate: a false match rate that too few impostors can show is not told", () => {
  const comparisons = compareAttempts(seen);
  assert.equal(pointAtFmr(comparisons, 1e-5), null);
  assert.notEqual(pointAtFmr(comparisons, 0.5), null);
});

Deno.test("evaluate: text and page tell every figure, and the page needs nothing but itself", () => {
  const report = evaluationOf(pipeline.manifest, seen, "a test");
  const stages = [{ stage: "decide", median_ms: 31.5, p95_ms: 40 }] as const;
  const text = evaluationText(report, stages);
  const page = evaluationPage({
    report,
    stages,
    models: { embedder: pipeline.manifest.embedder.sha256 },
    threshold: pipeline.manifest.embedder.threshold,
  });
  for (const figure of ["FNMR at FMR 0.0001", "accepted: twin", "FNMR by age", "31.5 ms"]) {
    assert.ok(text.includes(figure), figure);
  }
  for (const figure of ["Trade-off of errors", "by skin tone", "31.5 ms"]) {
    assert.ok(page.includes(figure), figure);
  }
  assert.ok(page.includes(pipeline.manifest.embedder.sha256));
  assert.doesNotMatch(page, /<script|<link|src=|https?:\/\//);
});

Deno.test("evaluate: a detector that finds nobody has its report too", () => {
  const unseen = { template: null, live: null, landmark_error: null, left_out: null };
  const nobody = seen.map((person) => ({
    ...person,
    photo: null,
    enrolled: null,
    transactions: person.transactions.map(() => null),
    kin: { twin: [], sibling: [], cousin: [] },
    attempts: person.attempts.map((attempt) => ({ ...attempt, ...unseen })),
    special: [],
  }));
  const report = evaluationOf(pipeline.manifest, nobody, "a test");
  const { detector, embedder } = report;
  assert.deepEqual([detector.recall.count, detector.recall.of], [0, 6 * PEOPLE]);
  assert.equal(detector.look_failure_to_acquire?.count, 2 * PEOPLE);
  const { photo, enrolment } = detector.failure_to_enrol ?? assert.fail();
  assert.deepEqual([photo.count, enrolment.count, enrolment.of], [PEOPLE, PEOPLE, PEOPLE]);
  assert.deepEqual([embedder.equal_error_rate, embedder.impostor_cosine], [null, undefined]);
  const figures = withMeasured(pipeline.manifest, report);
  assert.deepEqual(parseManifest(JSON.parse(JSON.stringify(figures))), figures);
  const page = evaluationPage({ report, stages: [], models: {}, threshold: 0.5 });
  for (const told of [evaluationText(report, []), page]) {
    assert.match(told, /equal error rate, one exposure: nobody to compare/i);
    assert.doesNotMatch(told, /NaN|undefined|Infinity/);
  }
});

Deno.test("evaluate: models are let go", () => pipeline.release());
