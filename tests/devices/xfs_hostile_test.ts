/**
 * A hostile client at the whole machine: nothing it sends crashes it, stops it, fills its memory or
 * moves a note, and whoever else is connected notices nothing.
 *
 * XFS_FUZZ_RUNS is the number of hostile messages (`deno task fuzz:xfs`: 100 000).
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { seconds } from "../../core/units.ts";
import { problemOf } from "../../core/xfs4iot/mod.ts";
import { defaultScene, render } from "../../devices/camera/mod.ts";
import type { Connection, Endpoint } from "../../devices/xfs/mod.ts";
import { XFS_PATH, XfsServices } from "../../sim/world/paced/mod.ts";
import { lobbyProfile } from "./surroundings.ts";
import { type Hostile, hostileAndHuge, hostileTo } from "./xfs_hostile.ts";

const RUNS = Number(Deno.env.get("XFS_FUZZ_RUNS") ?? 4_000);
const SEED = Number(Deno.env.get("XFS_FUZZ_SEED") ?? 20_261_124);

/** Messages in one visit of a hostile client. */
const VISIT = 40;

/** What one connection may have been told: a bound on what hostile requests can bring about. */
const TOLD_MAX = 64 * VISIT;

const picture = render(defaultScene(null));

function machine() {
  const lobby = lobbyProfile();
  const policies = { ...lobby.policies, dispense_tokens: "required" as const };
  return new XfsServices({
    profile: { ...lobby, policies },
    seed: 1,
    render: () => picture,
    png: () => new Uint8Array(1_000),
    origin: () => "ws://127.0.0.1:5846",
  });
}

/** A client that holds every message to its schema; `reads`: until it stops. */
class Client {
  readonly connection: Connection;
  told: string[] = [];
  count = 0;
  closed = false;
  reads = true;
  #unread = 0;

  constructor(endpoint: Endpoint) {
    this.connection = endpoint.connect({
      send: (text) => {
        assert(!this.closed, "nothing is sent over a closed connection");
        const problem = problemOf(JSON.parse(text));
        assert.equal(problem, null, text.slice(0, 400));
        this.told = [...this.told.slice(-20), text];
        this.count++;
        if (!this.reads) this.#unread += text.length;
      },
      unread: () => this.#unread,
      close: () => {
        this.closed = true;
      },
    });
  }
}

/** Notes by place, and how many there are in all. */
function notesOf(services: XfsServices) {
  const devices = services.machine.state()["devices"] as Record<string, { notes?: unknown }>;
  const notes = devices["cashdispenser"]!.notes as Record<string, Record<string, number>>;
  const sum = (place: string) => Object.values(notes[place] ?? {}).reduce((a, b) => a + b, 0);
  const all = Object.keys(notes).reduce((total, place) => total + sum(place), 0);
  return { all, outside: sum("position") + sum("customer") };
}

/** For every service, what somebody hostile does there. */
function hostileByPath(services: XfsServices): [path: string, deed: fc.Arbitrary<Hostile>][] {
  return services.describe().map(({ path, interfaces }) => [
    path,
    hostileTo(interfaces.flatMap(({ commands }) => commands.map(({ name }) => name))),
  ]);
}

function visit(services: XfsServices, path: string, deeds: readonly Hostile[]): void {
  const endpoint = services.at(path)!;
  let client = new Client(endpoint);
  for (const deed of deeds) {
    if (client.closed) client = new Client(endpoint);
    switch (deed.does) {
      case "send":
        client.connection.receive(deed.frame);
        break;
      case "wait":
        services.machine.advance(seconds(2));
        break;
      case "stop reading":
        client.reads = false;
        break;
      case "leave":
        client.closed = true;
        client.connection.closed();
        break;
    }
    assert(client.count <= TOLD_MAX, `one visit was told ${client.count} messages`);
  }
  client.closed = true;
  client.connection.closed();
  services.machine.advance(seconds(120));
}

Deno.test(`hostile: ${RUNS} messages do no harm, and a bystander notices nothing`, () => {
  const services = machine();
  const before = notesOf(services);
  const bystander = new Client(services.at(`${XFS_PATH}/camera`)!);
  let asked = 0;
  const visits = fc.oneof(
    ...hostileByPath(services).map(([path, deed]) =>
      fc.tuple(
        fc.constant(path),
        fc.array(deed, { minLength: VISIT, maxLength: VISIT }),
        fc.option(hostileAndHuge, { freq: 20 }),
      )
    ),
  );
  fc.assert(
    fc.property(visits, ([path, deeds, oneMore]) => {
      visit(services, path, oneMore === null ? deeds : [...deeds, oneMore]);
      assert.deepEqual(notesOf(services), before, "no note has moved out");
      const header = { type: "command", name: "Common.Status", version: "2.0", requestId: ++asked };
      bystander.connection.receive(JSON.stringify({ header }));
      assert.match(bystander.told.at(-1)!, /"type":"completion".*"completionCode":"success"/);
    }),
    { seed: SEED, numRuns: Math.ceil(RUNS / VISIT), endOnFailure: true },
  );
  assert(!bystander.closed);
});

Deno.test("hostile: the memory a long visit takes is given back", {
  ignore: !("gc" in globalThis),
}, () => {
  const services = machine();
  const used = (messages: number): number => {
    const each = Math.ceil(messages / hostileByPath(services).length);
    for (const [path, deed] of hostileByPath(services)) {
      const deeds = fc.sample(deed, { seed: SEED, numRuns: each });
      for (let at = 0; at < each; at += VISIT) visit(services, path, deeds.slice(at, at + VISIT));
    }
    (globalThis as unknown as { gc(): void }).gc();
    return Deno.memoryUsage().heapUsed;
  };
  const early = used(4_000);
  const late = used(20_000);
  const grown_mb = (late - early) / 1e6;
  assert(grown_mb < 8, `the heap has grown by ${grown_mb.toFixed(1)} MB`);
});
