/** The server ends: by `kill -9`, with what it acknowledged there afterwards, and by Ctrl-C. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { readTrace } from "../../sim/trace/mod.ts";
import { serve, type Served } from "./served.ts";

async function post(server: Served, path: string, body: unknown): Promise<Response> {
  return await fetch(server.url + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** The ids of the runs that a job has told of, until there are `count`. */
async function toldRuns(server: Served, events: string, count: number): Promise<string[]> {
  const answer = await fetch(server.url.replace(/\/$/, "") + events);
  const stream = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const ids = () =>
    [...text.matchAll(/event: run\ndata: .*?"id":"([0-9a-f]+)"/g)].map(([, id]) => id!);
  while (ids().length < count) {
    const { value, done } = await stream.read();
    assert.ok(!done, "the job goes on");
    text += value;
  }
  await stream.cancel();
  return ids();
}

Deno.test("serve: killed with -9, it has every run it acknowledged when it starts again", async () => {
  const data = await Deno.makeTempDir();
  const first = await serve(data);
  const single = await (await post(first, "api/runs", { scenario: "cassette-jam" })).json();
  const job = { kind: "runs", scenario: "wrong-pin-three-times", seed: 1, count: 50 };
  const { events } = await (await post(first, "api/jobs", job)).json();
  const told = await toldRuns(first, events, 3);
  await first.kill();

  const database = new DatabaseSync(`${data}/runs.sqlite`);
  assert.equal(database.prepare("PRAGMA integrity_check").get()?.integrity_check, "ok");
  database.close();
  const second = await serve(data);
  try {
    for (const id of [single.id, ...told]) {
      const kept = await fetch(`${second.url}api/runs/${id}`);
      assert.equal(kept.status, 200);
      const { root } = await kept.json();
      const reading = readTrace(await (await fetch(`${second.url}api/runs/${id}/trace`)).text());
      assert.ok(reading.ok && reading.trace.end.root === root);
    }
    const again = await fetch(`${second.url}api/runs/${single.id}`);
    assert.deepEqual(await again.json(), single);
  } finally {
    await second.kill();
    await Deno.remove(data, { recursive: true });
  }
});

/** How many runs are kept there. */
function keptIn(data: string): number {
  const database = new DatabaseSync(`${data}/runs.sqlite`);
  const { kept } = database.prepare("SELECT count(*) AS kept FROM runs").get() ?? {};
  database.close();
  return Number(kept);
}

Deno.test("serve: Ctrl-C lets the run under way end, keeps it, and calls nothing a bug", async () => {
  const data = await Deno.makeTempDir();
  const server = await serve(data);
  const job = { kind: "runs", scenario: "first-use", seed: 1, count: 50 };
  const { events } = await (await post(server, "api/jobs", job)).json();
  await toldRuns(server, events, 1);
  const listening = await fetch(server.url.replace(/\/$/, "") + events);
  const told = listening.text();
  assert.equal(await server.interrupt(), 0);
  assert.match(await told, /event: end\ndata: \{"state":"cancelled"\}/);
  assert.equal(keptIn(data), [...(await told).matchAll(/event: run/g)].length);

  const again = await serve(data);
  const unheard = await (await post(again, "api/jobs", { ...job, seed: 100 })).json();
  await toldRuns(again, unheard.events, 1);
  const before = keptIn(data);
  assert.equal(await again.interrupt(), 0);
  assert.ok(keptIn(data) > before, "though nobody listens");
  await Deno.remove(data, { recursive: true });
});

Deno.test("serve: who never sends the rest holds Ctrl-C up, but not a second one", async () => {
  const data = await Deno.makeTempDir();
  const server = await serve(data);
  const { hostname, port } = new URL(server.url);
  const client = await Deno.connect({ hostname, port: Number(port) });
  const head = `POST /api/runs HTTP/1.1\r\nHost: ${hostname}:${port}\r\n` +
    "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n";
  await client.write(new TextEncoder().encode(`${head}{`));
  await fetch(`${server.url}api/runs`).then((answer) => answer.text());
  const ended = server.interrupt();
  const waited = new Promise((resolve) => setTimeout(resolve, 1_000, "waits"));
  assert.equal(await Promise.race([ended, waited]), "waits");
  assert.equal(await server.interrupt(), 130);
  await ended;
  client.close();
  await Deno.remove(data, { recursive: true });
});

Deno.test("serve: on another address it asks for the token that it printed", async () => {
  const data = await Deno.makeTempDir();
  const server = await serve(data, "--host", "0.0.0.0");
  try {
    const { origin, port, searchParams } = new URL(server.url);
    assert.match(searchParams.get("token") ?? "", /^[\w-]{43}$/);
    for (const where of [origin, `http://127.0.0.1:${port}`]) {
      assert.equal((await fetch(`${where}/api/runs`)).status, 401);
      const authorization = `Bearer ${searchParams.get("token")}`;
      const answer = await fetch(`${where}/api/runs`, { headers: { authorization } });
      assert.deepEqual(await answer.json(), { runs: [] });
    }
    const page = await fetch(server.url, { redirect: "manual" });
    assert.equal(page.status, 303);
    assert.ok(page.headers.get("set-cookie")?.startsWith(`atm_twin_token_${port}=`));
    await page.body?.cancel();
  } finally {
    await server.kill();
    await Deno.remove(data, { recursive: true });
  }
});
