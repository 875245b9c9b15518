/** The server where it meets strangers: other computers, files from elsewhere, long work. */
import assert from "node:assert/strict";
import { Validator } from "@seriousme/openapi-schema-validator";
import type { Hono } from "hono";
import * as z from "zod";
import { newKeys, openSigningKey, packBundle } from "../../sim/evidence/mod.ts";
import { NotKept, openRunStore, type RunStore } from "../../sim/store/mod.ts";
import { readTrace } from "../../sim/trace/mod.ts";
import { accessOf, addressOf } from "../../ui/server/access.ts";
import { type Access, createServer, type Simulator } from "../../ui/server/mod.ts";
import { ENDPOINTS } from "../../ui/server/openapi.ts";
import {
  auditsSchema,
  jobEventSchemas,
  jobSchema,
  runSchema,
  runsSchema,
  scenariosSchema,
} from "../../ui/server/schemas.ts";
import { DAMAGES, forged } from "../sim/damages.ts";
import { sampleScenarios, sampleSimulator, sampleTrace } from "./sample.ts";

const HERE = "http://127.0.0.1:8420";

function server(
  parts: { access?: Access; simulator?: Simulator; store?: RunStore } = {},
): Hono {
  return createServer({
    simulator: sampleSimulator,
    scenarios: sampleScenarios,
    store: openRunStore(":memory:"),
    assets: new Map(),
    now: () => 5,
    version: "0",
    machine: {
      uri: "ws://127.0.0.1:5846",
      describe: () => [],
      control: () => Promise.resolve(Response.json({})),
    },
    ...parts,
  });
}

function send(app: Hono, path: string, body: BodyInit, type: string) {
  return app.request(HERE + path, { method: "POST", headers: { "content-type": type }, body });
}

Deno.test("access: the loopback needs no token, any other address has its own", () => {
  assert.equal(accessOf("127.0.0.1").token, null);
  assert.equal(accessOf("localhost").token, null);
  assert.equal(accessOf("::1").token, null);
  const [one, other] = [accessOf("0.0.0.0"), accessOf("0.0.0.0")];
  assert.match(one.token ?? "", /^[\w-]{43}$/);
  assert.notEqual(one.token, other.token);
  assert.equal(addressOf("127.0.0.1", 8420, accessOf("127.0.0.1")), "http://127.0.0.1:8420/");
  const named = accessOf("192.0.2.7");
  assert.equal(addressOf("192.0.2.7", 80, named), `http://192.0.2.7:80/?token=${named.token}`);
  assert.ok(named.hosts.includes("192.0.2.7") && !named.hosts.includes("192.0.2.8"));
});

Deno.test("access: without the token nothing is answered, with it everything", async () => {
  const access: Access = { hosts: ["192.0.2.7"], token: "s3cret-token" };
  const app = server({ access });
  const ask = (path: string, headers: Record<string, string> = {}) =>
    app.request(`http://192.0.2.7:8420${path}`, { headers });
  const paths = ["/", "/api/runs", "/openapi.json", "/control", "/assets/build/main.js", "/none"];
  for (const path of paths) {
    for (
      const headers of [
        {},
        { authorization: "Bearer s3cret-tokem" },
        { authorization: "Bearer s3cret" },
        { cookie: "atm_twin_token_8420=wrong" },
      ]
    ) {
      const refused = await ask(path, headers);
      assert.equal(refused.status, 401, path);
      assert.equal(refused.headers.get("www-authenticate"), "Bearer");
      assert.match(refused.headers.get("content-security-policy") ?? "", /default-src 'none'/);
    }
  }
  assert.equal(
    (await ask("/api/runs?token=s3cret-token")).status,
    401,
    "only the page takes it so",
  );
  assert.equal((await ask("/api/runs", { authorization: "Bearer s3cret-token" })).status, 200);
  assert.equal((await ask("/api/runs", { authorization: "bearer s3cret-token" })).status, 200);
  const opened = await ask("/?token=s3cret-token");
  assert.deepEqual([opened.status, opened.headers.get("location")], [303, "/"]);
  const cookie = opened.headers.get("set-cookie") ?? "";
  assert.match(cookie, /HttpOnly; SameSite=Lax/);
  const beside = await app.request("http://192.0.2.7:8421/?token=s3cret-token");
  const nameOf = (header: string | null) => header?.split("=")[0];
  assert.notEqual(nameOf(beside.headers.get("set-cookie")), nameOf(cookie), "each port its own");
  const carried = await ask("/api/runs", { cookie: `other=1; ${cookie.split(";")[0]}` });
  assert.equal(carried.status, 200);
});

Deno.test("access: the token does not open the door to other names and origins", async () => {
  const app = server({ access: { hosts: ["192.0.2.7"], token: "t" } });
  const authorization = "Bearer t";
  for (const headers of [{ host: "evil.example" }, { origin: "http://evil.example" }]) {
    const answer = await app.request("http://192.0.2.7/api/runs", {
      headers: { host: "192.0.2.7", authorization, ...headers },
    });
    assert.equal(answer.status, 403);
  }
});

Deno.test("uploads: a trace from elsewhere is kept, and audited", async () => {
  const app = server();
  const answer = await send(app, "/api/traces", sampleTrace, "application/jsonl");
  assert.equal(answer.status, 201);
  const run = runSchema.parse(await answer.json());
  assert.deepEqual([run.scenario, run.cash_taken_fen], ["returning-customer", 50_000]);
  assert.deepEqual([run.ok, run.expectations], [null, []], "nobody judged it here");
  assert.ok(run.session_ms !== null && run.session_ms < run.virtual_ms, "the visit, not the run");
  const trace = await app.request(`${HERE}/api/runs/${run.id}/trace`);
  assert.equal(await trace.text(), sampleTrace);
  const { audits } = auditsSchema.parse(await (await app.request(`${HERE}/api/audits`)).json());
  assert.deepEqual(audits.map(({ id, decided_by }) => [id, decided_by]), [[run.id, "all"]]);
  const csv = await (await app.request(`${HERE}/api/audits.csv`)).text();
  assert.equal(csv.split("\r\n").length, 3);
});

Deno.test("uploads: a damaged, huge or mislabelled file is refused, and nothing kept", async () => {
  const app = server();
  const reading = readTrace(sampleTrace);
  assert.ok(reading.ok);
  const broken = DAMAGES.filter(({ refusedUnder }) => refusedUnder === "chain");
  assert.ok(broken.length >= 5);
  for (const damage of broken) {
    const text = damage.damaged(reading.trace);
    const answer = await send(app, "/api/traces", text, "application/jsonl");
    assert.equal(answer.status, 422, damage.what);
    assert.match((await answer.json()).field, /^line \d+$/);
  }
  const marked = await send(app, "/api/traces", `\ufeff${sampleTrace}`, "application/jsonl");
  assert.equal(marked.status, 422, "a byte order mark is a byte that nobody wrote");
  assert.equal((await marked.json()).field, "line 1");
  const refused = [
    ["/api/traces", "{}", "application/json", 415],
    ["/api/traces", "", "application/jsonl", 422],
    ["/api/traces", "x".repeat(9 * 1024 * 1024), "application/jsonl", 413],
    ["/api/bundles", "PK nonsense", "application/zip", 422],
    ["/api/bundles", "", "application/zip", 422],
    ["/api/bundles", new Uint8Array(17 * 1024 * 1024), "application/zip", 413],
    ["/api/jobs", JSON.stringify({ kind: "runs", scenario: "x".repeat(200_000) }), "x", 413],
  ] as const;
  for (const [path, body, type, status] of refused) {
    const answer = await send(app, path, body, type);
    assert.equal(answer.status, status, `${path} ${type}`);
    assert.equal(answer.headers.get("content-type"), "application/problem+json");
  }
  assert.deepEqual(await (await app.request(`${HERE}/api/runs`)).json(), { runs: [] });
});

/** The sample with another seed or other amounts in its ledger, chained anew. */
function rechained(seed: unknown, amount: unknown = 50_000): string {
  const reading = readTrace(sampleTrace);
  assert.ok(reading.ok);
  const { pinned } = reading.trace.header;
  return forged(
    reading.trace,
    (body) => body.type === "ledger" ? { ...body, entry: { ...body.entry, amount } } : body,
    { ...pinned, plan: { ...pinned.plan, seed } },
  );
}

Deno.test("uploads: a whole trace of a run that cannot be told is refused, naming the field", async () => {
  const app = server();
  const traces = [
    [rechained("abc"), "seed"],
    [rechained(0.5), "seed"],
    [rechained(1, "lots"), "money.debited_fen"],
    [rechained(1, 0.5), "money.debited_fen"],
  ] as const;
  for (const [text, field] of traces) {
    const answer = await send(app, "/api/traces", text, "application/jsonl");
    assert.equal(answer.status, 422, field);
    const told = await answer.json();
    assert.deepEqual([told.file, told.field], ["trace", field]);
    assert.match(told.detail, /^[^\n]*bring the trace as the run wrote it$/);
  }
  assert.deepEqual(await (await app.request(`${HERE}/api/runs`)).json(), { runs: [] });
  const whole = await send(app, "/api/traces", rechained(7), "application/jsonl");
  assert.equal((await whole.json()).seed, 7);
});

Deno.test("uploads: a rule that was broken is told, though nobody judges the rest", async () => {
  const reading = readTrace(sampleTrace);
  assert.ok(reading.ok);
  const finding = {
    type: "oracle",
    oracle: "cash_conserved",
    finding: "a note is missing",
  } as const;
  const text = forged(reading.trace, (body) => body.type === "outcome" ? finding : body);
  const answer = await send(server(), "/api/traces", text, "application/jsonl");
  const run = runSchema.parse(await answer.json());
  assert.deepEqual([run.ok, run.outcome, run.session_ms], [false, "failed", null]);
});

Deno.test("uploads: a signed bundle is kept whole, one with a changed byte not at all", async () => {
  const reading = readTrace(sampleTrace);
  assert.ok(reading.ok);
  const key = await openSigningKey((await newKeys()).private_pem);
  const run = { name: "visit", text: sampleTrace, trace: reading.trace };
  const bundle = await packBundle([run], "{}", key!);
  const app = server();
  const changed = Uint8Array.from(bundle);
  changed[200] = (changed[200] ?? 0) ^ 1;
  const refused = await send(app, "/api/bundles", changed, "application/zip");
  assert.equal(refused.status, 422);
  assert.deepEqual(await (await app.request(`${HERE}/api/runs`)).json(), { runs: [] });
  const answer = await send(
    app,
    "/api/bundles",
    bundle as Uint8Array<ArrayBuffer>,
    "application/zip",
  );
  assert.equal(answer.status, 201);
  assert.equal(runsSchema.parse(await answer.json()).runs[0]?.root, reading.trace.end.root);
});

interface Told {
  readonly id: number;
  readonly name: keyof typeof jobEventSchemas;
  readonly data: unknown;
}

/** Every event of a stream, each held to its schema. */
async function eventsOf(answer: Response): Promise<Told[]> {
  assert.equal(answer.headers.get("content-type"), "text/event-stream");
  return (await answer.text()).split("\n\n").filter((part) => part.startsWith("id")).map((part) => {
    const [, id, name, data] = /^id: (\d+)\nevent: (\w+)\ndata: (.*)$/.exec(part) ?? [];
    const schema = jobEventSchemas[name as keyof typeof jobEventSchemas];
    return { id: Number(id), name: name as Told["name"], data: schema.parse(JSON.parse(data!)) };
  });
}

async function begin(app: Hono, request: unknown): Promise<string> {
  const answer = await send(app, "/api/jobs", JSON.stringify(request), "application/json");
  assert.equal(answer.status, 202);
  return jobSchema.parse(await answer.json()).events;
}

Deno.test("jobs: many runs tell of their progress, and each is kept", async () => {
  const app = server();
  const request = { kind: "runs", scenario: "returning-customer", seed: 7, count: 3 };
  const events = await begin(app, request);
  const told = await eventsOf(await app.request(HERE + events));
  const names = told.map(({ name }) => name);
  const step = ["run", "progress"];
  assert.deepEqual(names, [...step, ...step, ...step, "end"]);
  assert.deepEqual(told.at(-2)?.data, { done: 3, of: 3 });
  assert.deepEqual(told.at(-1)?.data, { state: "done" });
  const late = await app.request(HERE + events, { headers: { "last-event-id": "5" } });
  assert.deepEqual((await eventsOf(late)).map(({ id }) => id), [6, 7]);
});

Deno.test("jobs: whoever comes back to a server that was started anew meets nobody else's job", async () => {
  const request = { kind: "runs", scenario: "returning-customer", seed: 7, count: 1 };
  const events = await begin(server(), request);
  const anew = server();
  assert.notEqual(await begin(anew, request), events);
  assert.equal((await anew.request(HERE + events)).status, 404);
});

Deno.test("jobs: a verification answers with its questions, one by one", async () => {
  const app = server();
  const run = await (await send(app, "/api/traces", sampleTrace, "application/jsonl")).json();
  const events = await begin(app, { kind: "verification", run: run.id });
  const told = await eventsOf(await app.request(HERE + events));
  assert.deepEqual(told.map(({ name }) => name), ["check", "end"]);
});

Deno.test("jobs: a cancelled one ends after the piece under way, what was done is kept", async () => {
  const gate = Promise.withResolvers<void>();
  let runs = 0;
  const slow: Simulator = {
    ...sampleSimulator,
    async run(request, seed) {
      if (++runs === 2) await gate.promise;
      return await sampleSimulator.run(request, seed);
    },
  };
  const app = server({ simulator: slow });
  const request = { kind: "runs", scenario: "returning-customer", seed: 1, count: 100 };
  const events = await begin(app, request);
  const told = eventsOf(await app.request(HERE + events));
  const path = events.replace("/events", "");
  assert.equal((await app.request(HERE + path, { method: "DELETE" })).status, 204);
  gate.resolve();
  assert.deepEqual((await told).at(-1)?.data, { state: "cancelled" });
  assert.ok(runs <= 2);
});

Deno.test("jobs: what cannot be begun is a problem, a bad scenario an end that says so", async () => {
  const app = server();
  const bad = [
    [{ kind: "runs", scenario: "x", count: 501 }, 400],
    [{ kind: "no-such" }, 400],
    [{ kind: "verification", run: "none" }, 404],
  ] as const;
  for (const [request, status] of bad) {
    const answer = await send(app, "/api/jobs", JSON.stringify(request), "application/json");
    assert.equal(answer.status, status);
  }
  assert.equal((await app.request(`${HERE}/api/jobs/77/events`)).status, 404);
  assert.equal((await app.request(`${HERE}/api/jobs/77`, { method: "DELETE" })).status, 404);
  const events = await begin(app, { kind: "runs", scenario: "no-such", count: 2 });
  const told = await eventsOf(await app.request(HERE + events));
  assert.deepEqual(told.at(-1)?.data, { state: "failed", detail: "there is no such scenario" });
});

Deno.test("server: a run that the disk does not take is no bug, however it came", async () => {
  const store = openRunStore(":memory:");
  store.putAll = () => {
    throw new NotKept("the run cannot be kept: database or disk is full");
  };
  const app = server({ store });
  const run = JSON.stringify({ scenario: "returning-customer" });
  for (
    const [path, body, type] of [
      ["/api/runs", run, "application/json"],
      ["/api/traces", sampleTrace, "application/jsonl"],
    ] as const
  ) {
    const answer = await send(app, path, body, type);
    const { status, detail } = await answer.json();
    assert.deepEqual([answer.status, status], [507, 507], path);
    assert.match(detail, /^the run cannot be kept: database or disk is full/);
  }
  const events = await begin(app, { kind: "runs", scenario: "returning-customer", count: 2 });
  const [end] = await eventsOf(await app.request(HERE + events));
  const detail = "the run cannot be kept: database or disk is full";
  assert.deepEqual(end?.data, { state: "failed", detail });
});

Deno.test("jobs: no more than four are under way", async () => {
  const gate = Promise.withResolvers<void>();
  const waiting: Simulator = {
    ...sampleSimulator,
    async run(request, seed) {
      await gate.promise;
      return await sampleSimulator.run(request, seed);
    },
  };
  const app = server({ simulator: waiting });
  const request = { kind: "runs", scenario: "returning-customer", count: 1 };
  const begun = [];
  for (let job = 0; job < 4; job++) begun.push(await begin(app, request));
  const fifth = await send(app, "/api/jobs", JSON.stringify(request), "application/json");
  assert.equal(fifth.status, 503);
  gate.resolve();
  for (const events of begun) await (await app.request(HERE + events)).text();
  assert.ok(await begin(app, request));
});

Deno.test("openapi: the description is valid, and describes exactly what is answered", async () => {
  const app = server();
  const document = await (await app.request(`${HERE}/openapi.json`)).json();
  const { valid, errors } = await new Validator().validate(document);
  assert.ok(valid, JSON.stringify(errors));
  const described = ENDPOINTS.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  const routed = app.routes.filter(({ path, method }) =>
    method !== "ALL" && (path.startsWith("/api") || path === "/control" || path === "/openapi.json")
  ).map(({ path, method }) => `${method} ${path.replace(/:(\w+)/g, "{$1}")}`);
  assert.deepEqual(described.sort(), [...new Set(routed)].sort());
});

Deno.test("openapi: answers are what the description says", async () => {
  const app = server();
  const body = JSON.stringify({ scenario: "returning-customer", seed: 7 });
  const started = runSchema.parse(
    await (await send(app, "/api/runs", body, "application/json")).json(),
  );
  const told: Record<string, z.ZodType> = {
    "/api/scenarios": scenariosSchema,
    "/api/runs": runsSchema,
    [`/api/runs/${started.id}`]: runSchema,
    "/api/audits": auditsSchema,
  };
  for (const [path, schema] of Object.entries(told)) {
    schema.parse(await (await app.request(HERE + path)).json());
  }
  const document = await (await app.request(`${HERE}/openapi.json`)).json();
  const { content } = document.paths["/openapi.json"].get.responses[200];
  assert.deepEqual(
    content,
    { "application/json": { schema: { type: "object" } } },
    "of itself too",
  );
  const { parameters } = document.paths["/api/jobs/{id}/events"].get;
  assert.deepEqual([parameters[1].in, parameters[1].name], ["header", "Last-Event-ID"]);
});
