import assert from "node:assert/strict";
import type { Hono } from "hono";
import { openRunStore } from "../../sim/store/mod.ts";
import { Jobs } from "../../ui/server/jobs.ts";
import { isHost } from "../../ui/server/access.ts";
import { type Asset, packAssets } from "../../ui/server/assets.ts";
import { createServer, readAssets, type Simulator } from "../../ui/server/mod.ts";
import { answerOf } from "../../ui/server/serve.ts";
import { serveVerb } from "../../ui/server/serve_verb.ts";
import { SimulatorProcess } from "../../ui/server/simulator_process.ts";
import { EMBEDDER, inPlaces, manifestOf, SHIPPED } from "../sim/pack_places.ts";
import { sampleScenarios, sampleSimulator, sampleTrace } from "./sample.ts";

const HERE = "http://127.0.0.1:8420";
const JSON_TYPE = { "content-type": "application/json" };

async function server(simulator: Simulator = sampleSimulator): Promise<Hono> {
  return await serverOf(await Deno.makeTempDir(), simulator);
}

async function serverOf(
  dir: string,
  simulator: Simulator = sampleSimulator,
  instead?: ReadonlyMap<string, Asset>,
): Promise<Hono> {
  globalThis.addEventListener("unload", () => Deno.removeSync(dir, { recursive: true }));
  await Deno.writeTextFile(`${dir}/index.html`, "<!doctype html>");
  await Deno.mkdir(`${dir}/build`);
  await Deno.writeTextFile(`${dir}/build/main.js`, "1");
  await Deno.writeTextFile(`${dir}/secret.pem`, "no");
  await Deno.symlink("/etc/hostname", `${dir}/link.txt`);
  const assets = await readAssets(dir, instead);
  const store = openRunStore(":memory:");
  const scenarios = sampleScenarios;
  return createServer({ simulator, scenarios, store, assets, now: () => 5, version: "0" });
}

function post(app: Hono, body: unknown, headers: Record<string, string> = JSON_TYPE) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return app.request(`${HERE}/api/runs`, { method: "POST", headers, body: text });
}

async function problemOf(response: Response) {
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  return await response.json();
}

Deno.test("server: built anew while it runs, it serves what was built", async () => {
  const dir = await Deno.makeTempDir();
  const app = await serverOf(dir);
  const main = `${HERE}/assets/build/main.js`;
  const etag = (await app.request(main)).headers.get("etag") ?? "";
  await Deno.mkdir(`${dir}/fresh`);
  await Deno.writeTextFile(`${dir}/fresh/main.js`, "2");
  await Deno.writeTextFile(`${dir}/fresh/chunk-2.js`, "3");
  await Deno.rename(`${dir}/build`, `${dir}/old`);
  assert.equal((await app.request(`${HERE}/assets/icon.svg`)).status, 404);
  await Deno.rename(`${dir}/fresh`, `${dir}/build`);
  const again = await app.request(main, { headers: { "if-none-match": etag } });
  assert.equal(await again.text(), "2");
  assert.equal(await (await app.request(`${HERE}/assets/build/chunk-2.js`)).text(), "3");
});

Deno.test("server: the app, its files and nothing else", async () => {
  const app = await server();
  assert.equal(
    (await app.request(`${HERE}/`)).headers.get("content-type")?.slice(0, 9),
    "text/html",
  );
  const script = await app.request(`${HERE}/assets/build/main.js`);
  assert.equal(await script.text(), "1");
  const etag = script.headers.get("etag") ?? "";
  const had = [etag, `W/${etag}`, `"other", W/${etag}`, "*"];
  for (const known of [...had, '"other"', etag.slice(1, -1)]) {
    const headers = { "if-none-match": known };
    const again = await app.request(`${HERE}/assets/build/main.js`, { headers });
    assert.equal(again.status, had.includes(known) ? 304 : 200, known);
  }
  for (
    const path of [
      "/assets/../deno.json",
      "/assets/%2e%2e/deno.json",
      "/assets/..%2fdeno.json",
      "/assets//etc/passwd",
      "/assets/secret.pem",
      "/assets/link.txt",
      "/assets/build",
      "/nothing",
    ]
  ) {
    const response = await app.request(HERE + path);
    assert.equal(response.status, 404, path);
    assert.equal((await problemOf(response)).title, "Not found");
  }
});

Deno.test("server: every answer forbids what the app does not need", async () => {
  const app = await server();
  for (const path of ["/", "/api/runs", "/nothing"]) {
    const { headers } = await app.request(HERE + path);
    const policy = headers.get("content-security-policy") ?? "";
    assert.match(policy, /default-src 'none'/);
    assert.doesNotMatch(policy, /unsafe|\*|http/);
    assert.equal(headers.get("x-content-type-options"), "nosniff");
  }
});

Deno.test.each(["", "a b", "127.0.0.1:8420", "http://127.0.0.1", "127.0.0.1/x", "user@here"])(
  "serve: --host '%s' is no address, and bad input before anything is done",
  async (host) => {
    const data = `${await Deno.makeTempDir()}/data`;
    await assert.rejects(serveVerb({ port: 0, host, data }), {
      name: "InputError",
      message: `serve: --host: "${host}" is no address; use one of this computer, or 0.0.0.0 ` +
        "(and --port)",
    });
    await assert.rejects(Deno.stat(data));
  },
);

Deno.test("serve: --host may name an address of either kind, or a name", () => {
  for (const host of ["127.0.0.1", "0.0.0.0", "::1", "[::1]", "::", "localhost", "My-Host.local"]) {
    assert.ok(isHost(host), host);
  }
});

Deno.test("server: another host name is refused (DNS rebinding)", async () => {
  const app = await server();
  for (const host of ["evil.example", "127.0.0.1.evil.example:8420", "10.0.0.1"]) {
    const response = await app.request("/api/scenarios", { headers: { host } });
    assert.equal(response.status, 403, host);
    await problemOf(response);
  }
  const own = await app.request("/api/scenarios", { headers: { host: "localhost:8420" } });
  assert.equal(own.status, 200);
});

Deno.test("server: a page of another origin cannot start a run", async () => {
  const app = await server();
  const host = "127.0.0.1:8420";
  for (
    const headers of [
      { ...JSON_TYPE, host, origin: "https://evil.example" },
      { ...JSON_TYPE, host, origin: "http://127.0.0.1:9999" },
      { ...JSON_TYPE, host, origin: "null" },
      { ...JSON_TYPE, host, "sec-fetch-site": "cross-site" },
    ]
  ) {
    assert.equal((await post(app, { scenario: "returning-customer" }, headers)).status, 403);
  }
  const own = { ...JSON_TYPE, host, origin: HERE, "sec-fetch-site": "same-origin" };
  assert.equal((await post(app, { scenario: "returning-customer" }, own)).status, 201);
});

Deno.test("server: a run is started, kept, listed and its trace given", async () => {
  const app = await server();
  const scenarios = await (await app.request(`${HERE}/api/scenarios`)).json();
  assert.equal(scenarios.scenarios[0].title.bo, sampleScenarios[0]?.title.bo);
  const started = await post(app, { scenario: "returning-customer", seed: 7 });
  assert.equal(started.status, 201);
  const run = await started.json();
  assert.equal(run.seed, 7);
  assert.equal(run.created_ms, 5);
  assert.equal(started.headers.get("location"), `/api/runs/${run.id}`);
  assert.deepEqual(await (await app.request(`${HERE}/api/runs/${run.id}`)).json(), run);
  assert.deepEqual(await (await app.request(`${HERE}/api/runs`)).json(), { runs: [run] });
  const trace = await app.request(`${HERE}/api/runs/${run.id}/trace`);
  assert.match(trace.headers.get("content-type") ?? "", /jsonl/);
  assert.match(await trace.text(), /^\{"chain"/);
});

Deno.test("server: HEAD is told how long the answer to GET is, whatever that is", async () => {
  const app = await server();
  const run = await (await post(app, { scenario: "returning-customer" })).json();
  const body = JSON.stringify({ kind: "verification", run: run.id });
  const job = await app.request(`${HERE}/api/jobs`, { method: "POST", headers: JSON_TYPE, body });
  const { events } = await job.json();
  const listening = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => undefined },
    (request) => answerOf(app, request),
  );
  const lengthOf = async (method: string, path: string) => {
    const at = `http://127.0.0.1:${listening.addr.port}${path}`;
    const answer = await fetch(at, { method });
    await answer.body?.cancel();
    return [answer.status, answer.headers.get("content-length")];
  };
  assert.deepEqual(await lengthOf("HEAD", "/assets/build/main.js"), [200, "1"]);
  for (
    const path of ["/", "/api/runs", "/api/audits.csv", "/openapi.json", "/none", "/api/traces"]
  ) {
    const asked = await lengthOf("GET", path);
    assert.match(`${asked[1]}`, /^[1-9]/, path);
    assert.deepEqual(await lengthOf("HEAD", path), asked, path);
  }
  assert.deepEqual(await lengthOf("HEAD", events), [200, null], "nobody knows how much is told");
  await listening.shutdown();
});

Deno.test("server: another method at an address is told which it answers", async () => {
  const app = await server();
  const asked = [
    ["PUT", "/api/runs", "GET, HEAD, POST"],
    ["OPTIONS", "/api/runs", "GET, HEAD, POST"],
    ["DELETE", "/api/runs/none", "GET, HEAD"],
    ["GET", "/api/jobs", "POST"],
    ["HEAD", "/api/traces", "POST"],
    ["POST", "/api/jobs/1", "DELETE"],
    ["POST", "/", "GET, HEAD"],
    ["PATCH", "/assets/build/main.js", "GET, HEAD"],
  ] as const;
  for (const [method, path, allow] of asked) {
    const answer = await app.request(HERE + path, { method });
    assert.deepEqual([answer.status, answer.headers.get("allow")], [405, allow], path);
  }
  assert.equal((await app.request(`${HERE}/nothing`, { method: "PUT" })).status, 404);
});

Deno.test("server: bad requests are answered with a problem that names them", async () => {
  const app = await server();
  assert.equal((await post(app, "{")).status, 400);
  assert.equal((await post(app, { scenario: 5 })).status, 400);
  assert.equal((await post(app, { scenario: "x", seed: -1 })).status, 400);
  assert.equal((await post(app, { scenario: "x", more: 1 })).status, 400);
  const unclear = await post(app, { seed: 1 });
  assert.equal(unclear.status, 400);
  assert.match((await problemOf(unclear)).detail, /"scenario".*"yaml".*seed/);
  assert.equal((await post(app, {}, { "content-type": "text/plain" })).status, 415);
  assert.equal((await post(app, { yaml: "x".repeat(100_001) })).status, 400);
  assert.equal((await post(app, { yaml: "x".repeat(700_000) })).status, 413);
  const whole = JSON.stringify({ yaml: "藏".repeat(100_000) });
  for (const body of [whole, whole.replaceAll("藏", String.raw`\u85cf`)]) {
    assert.equal(
      (await post(app, body)).status,
      422,
      "as long as it may be, however it is spelled",
    );
  }
  assert.equal((await app.request(`${HERE}/api/runs/none`)).status, 404);
  assert.equal((await app.request(`${HERE}/api/runs/none/trace`)).status, 404);
  const spelled = { "content-type": "Application/JSON; charset=utf-8" };
  assert.equal((await post(app, { scenario: "no-such" }, spelled)).status, 422);
  const refused = await post(app, { scenario: "no-such" });
  assert.equal(refused.status, 422);
  const { field, file, detail } = await problemOf(refused);
  assert.deepEqual([file, field, detail], ["no-such", "scenario", "there is no such scenario"]);
});

Deno.test("server: runs wait in a bounded queue, one at a time", async () => {
  let running = 0;
  let most = 0;
  const slow: Simulator = {
    ...sampleSimulator,
    async run(request, seed) {
      most = Math.max(most, ++running);
      await new Promise((done) => setTimeout(done, 5));
      running--;
      return await sampleSimulator.run(request, seed);
    },
  };
  const app = await server(slow);
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => post(app, { scenario: "returning-customer" })),
  );
  assert.equal(most, 1);
  const statuses = answers.map((answer) => answer.status);
  assert.equal(statuses.filter((status) => status === 201).length, 8);
  assert.equal(statuses.filter((status) => status === 503).length, 4);
});

Deno.test("server: a bug in a run is a 500 without its innards, and the next run works", async () => {
  let first = true;
  const broken: Simulator = {
    ...sampleSimulator,
    run(request, seed) {
      if (!first) return sampleSimulator.run(request, seed);
      first = false;
      return Promise.reject(new Error("secret path /root"));
    },
  };
  const app = await server(broken);
  const { error } = console;
  console.error = () => undefined;
  const response = await post(app, { scenario: "returning-customer" });
  console.error = error;
  assert.equal(response.status, 500);
  assert.doesNotMatch(await response.text(), /secret/);
  assert.equal((await post(app, { scenario: "returning-customer" })).status, 201);
});

Deno.test("server: models that are there no more are a problem that names them, and no bug", {
  // Nothing is left that would keep a program from ending.
  sanitizeOps: true,
  sanitizeResources: true,
}, async () => {
  const removed = new SimulatorProcess("/nowhere/their-models");
  const told = /^\/nowhere\/their-models: --pack: cannot read: it does not exist$/;
  const app = await server(removed);
  const answer = await post(app, { scenario: "returning-customer" });
  assert.equal(answer.status, 422);
  const { file, field, detail } = await problemOf(answer);
  assert.match(`${file}: ${field}: ${detail}`, told);
  const jobs = new Jobs();
  const id = jobs.start((tell) => removed.verify("", (data) => tell({ name: "check", data })));
  const [, end] = /data: (.*)/.exec(await new Response(jobs.events(id!, 0)).text()) ?? [];
  const { state, detail: why } = JSON.parse(end!);
  assert.equal(state, "failed");
  assert.match(why, told);
  const underway = removed.run({ scenario: "returning-customer" }, 1);
  await removed.close();
  const late = await removed.run({ scenario: "returning-customer" }, 1);
  const problems = [await underway, late].map((ran) => ran.ok ? "" : ran.problem.message);
  assert.deepEqual(problems, ["cannot read: it does not exist", "is ending; start it again"]);
});

Deno.test("jobs: a verification that is cancelled before its turn asks nothing", async () => {
  const gate = Promise.withResolvers<void>();
  let asked = 0;
  const app = await server({
    async run(request, seed) {
      await gate.promise;
      return await sampleSimulator.run(request, seed);
    },
    verify(trace, tell) {
      asked++;
      return sampleSimulator.verify(trace, tell);
    },
  });
  const kept = await app.request(`${HERE}/api/traces`, {
    method: "POST",
    headers: { "content-type": "application/jsonl" },
    body: sampleTrace,
  });
  const underway = post(app, { scenario: "returning-customer" });
  const body = JSON.stringify({ kind: "verification", run: (await kept.json()).id });
  const begun = await app.request(`${HERE}/api/jobs`, { method: "POST", headers: JSON_TYPE, body });
  const { id, events } = await begun.json();
  await app.request(`${HERE}/api/jobs/${id}`, { method: "DELETE" });
  gate.resolve();
  await underway;
  const told = await (await app.request(HERE + events)).text();
  assert.match(told, /^id: 1\nevent: end\ndata: \{"state":"cancelled"\}\n\n$/);
  assert.equal(asked, 0);
});

Deno.test("jobs: who stops them waits for the piece under way, though nobody listens", async () => {
  const jobs = new Jobs();
  const gate = Promise.withResolvers<void>();
  let kept = 0;
  for (let job = 0; job < 2; job++) {
    jobs.start(async (_tell, signal) => {
      while (!signal.aborted) {
        await gate.promise;
        await new Promise((resolve) => setTimeout(resolve, 5));
        kept++;
      }
    });
  }
  const stopped = jobs.stop();
  gate.resolve();
  await stopped;
  assert.equal(kept, 2);
});

Deno.test("server: with a pack, the twin in the page's tab is given its models and thresholds", () =>
  inPlaces(manifestOf(), EMBEDDER, async ({ source }) => {
    const app = await serverOf(await Deno.makeTempDir(), sampleSimulator, await packAssets(source));
    const at = `${HERE}/assets/build/twin`;
    const setting = await (await app.request(`${at}/setting.json`)).json();
    const { detector, embedder } = setting.manifest;
    assert.deepEqual([embedder.file, embedder.threshold], ["theirs.onnx", 0.42]);
    assert.equal(detector.sha256, SHIPPED.detector.sha256, "whom they bring nobody for");
    assert.deepEqual(setting.models.sort(), ["detector", "embedder", "landmarks", "liveness"]);
    assert.ok("lhasa-lobby" in setting.profiles);
    const model = await app.request(`${at}/embedder.onnx`);
    assert.deepEqual(await model.bytes(), EMBEDDER);
    await Deno.remove(`${source}/theirs.onnx`);
    const gone = await app.request(`${at}/embedder.onnx`);
    assert.equal(gone.status, 422);
    assert.match((await problemOf(gone)).detail, /theirs\.onnx: cannot read this model: it does/);
  }));

Deno.test("openapi: a deed is exactly one, and its keys are those of the pad", async () => {
  const app = await server();
  const document = await (await app.request(`${HERE}/openapi.json`)).json();
  const { minProperties, maxProperties, properties } = document.components.schemas.Deed;
  assert.deepEqual([minProperties, maxProperties], [1, 1]);
  const { items } = properties.press;
  assert.ok(items.enum.includes("enter") && !items.enum.includes("banana"));
});
