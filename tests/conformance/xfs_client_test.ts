/**
 * Somebody else's ATM software at the twin: an ordinary WebSocket client, from the publisher to the
 * customer's hand. Nothing of the project is used here but the function that opens the port.
 */
import assert from "node:assert/strict";
import { decode } from "fast-png";
import { readProfile } from "../../sim/adapters/files.ts";
import { serveXfs, type XfsServer } from "../../sim/adapters/xfs_server.ts";
import { openRunStore } from "../../sim/store/mod.ts";
import { createServer } from "../../ui/server/mod.ts";
import { anotherMachine } from "./serving.ts";
import { findPublishers, type Message, Service } from "./xfs_client.ts";

/** Eight virtual seconds in a real one: a dispense takes a third of a second. */
const SPEED = 8;

async function atTheMachine(use: (server: XfsServer) => Promise<void>): Promise<void> {
  const profile = await readProfile("lhasa-lobby", "test");
  const server = await serveXfs({ profile, seed: 1, speed: SPEED });
  try {
    await use(server);
  } finally {
    await server.stop();
  }
}

async function customer(server: XfsServer, deed: object): Promise<Response> {
  const response = await fetch(`http://127.0.0.1:${server.port}/control`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(deed),
  });
  if (response.status === 204) await response.body?.cancel();
  return response;
}

async function does(server: XfsServer, deed: object): Promise<void> {
  const response = await customer(server, deed);
  assert.equal(response.status, 204, `${JSON.stringify(deed)}: ${await response.text()}`);
}

/** Finds the machine as the standard says, and connects to the services that hold these words. */
async function machine(server: XfsServer) {
  const published = (await findPublishers()).find(({ port }) => port === server.port);
  assert(published !== undefined, "the publisher is at one of the standard's ports");
  const uri = (name: string) => published.services.find((each) => each.endsWith(name))!;
  return {
    camera: await Service.open(uri("/camera")),
    keypad: await Service.open(uri("/pinpad")),
    cash: await Service.open(uri("/cashdispenser")),
  };
}

async function leave(services: Record<string, Service>): Promise<void> {
  for (const service of Object.values(services)) await service.close();
}

function succeeded({ header, payload }: Message): Record<string, unknown> {
  assert.equal(header.completionCode, "success", `${header.name} ${header.errorDescription}`);
  return payload ?? {};
}

/** The pictures of one exposure: asked one after another without waiting. */
async function pictures(camera: Service) {
  const requests = ["rgb", "nir", "depth"].map((name) =>
    camera.send("Camera.TakePicture", { camera: name })
  );
  const taken = await Promise.all(requests.map((id) => camera.completion(id)));
  return taken.map((message) =>
    decode(Uint8Array.fromBase64(succeeded(message)["pictureFile"] as string))
  );
}

const DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const ACTIVE = {
  ...Object.fromEntries(DIGITS.map((key) => [key, {}])),
  enter: { terminate: true },
  cancel: { terminate: true },
};

/** Starts an entry, lets the customer press, returns how it ended. */
async function entry(
  server: XfsServer,
  keypad: Service,
  name: string,
  payload: object,
  press: string[],
): Promise<Message> {
  const from = keypad.messages.length;
  const request = keypad.send(name, { activeKeys: ACTIVE, ...payload });
  await keypad.told("Keyboard.EnterDataEvent", from);
  await does(server, { press });
  return await keypad.completion(request);
}

/** 500 yuan in the device's own mix, at the shutter. */
async function present(cash: Service): Promise<void> {
  const { mixes } = succeeded(await cash.ask("CashDispenser.GetMixTypes"));
  const [mix] = Object.keys(mixes as object);
  const denomination = { service: { currencies: { CNY: 500 }, mix } };
  const wished = succeeded(
    await cash.ask("CashDispenser.Denominate", { request: { denomination } }),
  );
  const { currencies, values } = wished["result"] as Record<string, Record<string, number>>;
  assert.deepEqual(currencies, { CNY: 500 });
  assert.equal(Object.values(values!).reduce((sum, notes) => sum + notes), 5);
  succeeded(await cash.ask("CashDispenser.Dispense", { denomination: { denomination } }));
  succeeded(await cash.ask("CashDispenser.Present"));
  await cash.told("CashManagement.ItemsPresentedEvent");
}

async function presentState(cash: Service): Promise<unknown> {
  return succeeded(await cash.ask("CashDispenser.GetPresentStatus"))["presentState"];
}

Deno.test("wire: a client finds the publisher, and every service says what it can", () =>
  atTheMachine(async (server) => {
    const published = (await findPublishers()).find(({ port }) => port === server.port);
    assert.equal(new Set(published?.services).size, published?.services.length);
    assert(published!.services.length >= 5);
    for (const uri of published!.services) {
      const service = await Service.open(uri);
      const status = succeeded(await service.ask("Common.Status"));
      assert.equal((status["common"] as { device: string }).device, "online", uri);
      const versions = { commands: { "Common.Status": 2 }, events: { "Common.ErrorEvent": 2 } };
      succeeded(await service.ask("Common.SetVersions", versions));
      const refused = await service.ask("Common.SetVersions", { commands: { "Common.Status": 9 } });
      assert.equal(refused.header.completionCode, "invalidData");
      assert.match(refused.header.errorDescription!, /commands\.Common\.Status/);
      await service.close();
    }
  }));

Deno.test("wire: who speaks no WebSocket gets 400, and who asks for nothing we have gets 404", () =>
  atTheMachine(async ({ port }) => {
    for (const [path, status] of [["", 400], ["/camera", 400], ["/Camera", 404]] as const) {
      const response = await fetch(`http://127.0.0.1:${port}/xfs4iot/v1.0${path}`);
      assert.equal(response.status, status, path);
      assert.equal(response.headers.get("content-type"), "application/problem+json");
      await response.body?.cancel();
    }
  }));

Deno.test("wire: three pictures of whoever stands there, 45 cm away", () =>
  atTheMachine(async (server) => {
    const { camera, ...others } = await machine(server);
    const middle = 120 * 320 + 160;
    const [, , emptyDepth] = await pictures(camera);
    await does(server, { stand: { person: 7, distance_cm: 45, attack: null } });
    const [rgb, nir, depth] = await pictures(camera);
    const shape = ({ width, height, channels, depth }: typeof rgb & object) => //
    [width, height, channels, depth];
    assert.deepEqual(shape(rgb!), [320, 240, 3, 8]);
    assert.deepEqual(shape(nir!), [320, 240, 1, 8]);
    assert.deepEqual(shape(depth!), [320, 240, 1, 16]);
    const face_mm = depth!.data[middle]!;
    assert(face_mm > 400 && face_mm < 520, `a face is 45 cm away, not ${face_mm} mm`);
    assert(emptyDepth!.data[middle]! === 0 || emptyDepth!.data[middle]! > 1000, "nobody was there");
    await leave({ camera, ...others });
  }));

Deno.test("wire: a customer types a number and a PIN, takes the cash, and is seen to", () =>
  atTheMachine(async (server) => {
    const { camera, keypad, cash } = await machine(server);
    await does(server, { stand: { person: 7, distance_cm: 45, attack: null } });
    const phone = ["one", "three", "eight", "zero", "five"];
    const data = succeeded(
      await entry(server, keypad, "Keyboard.DataEntry", { maxLen: 18, autoEnd: false }, [
        ...phone,
        "enter",
      ]),
    );
    const typed = (data["pinKeys"] as { digit: string }[]).map(({ digit }) => digit);
    assert.deepEqual(typed, [...phone, "enter"]);

    const before = keypad.messages.length;
    const pin = ["nine", "two", "four", "seven", "six", "eight"];
    const ended = succeeded(
      await entry(server, keypad, "Keyboard.PinEntry", { minLen: 6, maxLen: 6, autoEnd: false }, [
        ...pin,
        "enter",
      ]),
    );
    assert.deepEqual(ended, { digits: 6, completion: "enter" });
    const told = JSON.stringify(keypad.messages.slice(before));
    for (const digit of DIGITS) assert(!told.includes(`"${digit}"`), "no digit of a PIN is told");
    const seen = await (await fetch(`http://127.0.0.1:${server.port}/control`)).text();
    assert(!/nine|924768/.test(seen.replace(/"active_keys":\[[^\]]*\]/g, "")), seen);

    const block = { customerData: "621700123456789012", format: "iso4", key: "PINKEY" };
    const { pinBlock } = succeeded(await keypad.ask("PinPad.GetPinBlock", block));
    assert.equal(Uint8Array.fromBase64(pinBlock as string).length, 16);
    const again = await keypad.ask("PinPad.GetPinBlock", block);
    assert.equal(again.payload?.["errorCode"], "noPin", "a PIN is used once");

    await present(cash);
    const from = cash.messages.length;
    await does(server, { take_cash: "all" });
    const taken = await cash.told("CashManagement.ItemsTakenEvent", from);
    assert.equal(taken.header.type, "unsolicited");
    assert.equal(taken.header.requestId, undefined);
    assert.equal(await presentState(cash), "presented");
    const late = await cash.ask("CashManagement.Retract");
    assert.equal(late.payload?.["errorCode"], "noItems");
    await leave({ camera, keypad, cash });
  }));

Deno.test("wire: cash that nobody takes is retracted, and is out of reach then", () =>
  atTheMachine(async (server) => {
    const services = await machine(server);
    const { cash } = services;
    await does(server, { stand: { person: 7, distance_cm: 45, attack: null } });
    await present(cash);
    await does(server, { leave: true });
    const back = succeeded(await cash.ask("CashManagement.Retract"));
    const retracted = JSON.stringify(back["storage"]);
    assert.match(retracted, /"typeCNY100":\{[^}]*5/, "five notes of 100 came back");
    const tooLate = await customer(server, { take_cash: "all" });
    assert.equal(tooLate.status, 409);
    assert.match((await tooLate.json()).detail, /no notes/);
    assert(
      cash.messages.every(({ header }) => header.name !== "CashManagement.ItemsTakenEvent"),
      "nobody took anything",
    );
    await leave(services);
  }));

Deno.test("wire: what breaks is seen at once, and heals when it is cleared", () =>
  atTheMachine(async (server) => {
    const services = await machine(server);
    const { camera } = services;
    await does(server, { fault: { id: "C1" } });
    const status = await camera.told("Common.StatusChangedEvent");
    assert.match(JSON.stringify(status.payload), /"nir":"inop"/);
    const blind = await camera.ask("Camera.TakePicture", { camera: "nir" });
    assert.equal(blind.payload?.["errorCode"], "cameraInoperable");
    await does(server, { clear: "C1" });
    succeeded(await camera.ask("Camera.TakePicture", { camera: "nir" }));
    const from = camera.messages.length;
    await does(server, { fault: { id: "C1", for_ms: 500 } });
    await camera.seen(
      ({ payload }) => JSON.stringify(payload ?? {}).includes('"device":"online"'),
      "the camera is online again by itself",
      from,
    );
    await leave(services);
  }));

Deno.test("wire: a power cut ends every connection, and the dispenser still knows what was presented", () =>
  atTheMachine(async (server) => {
    const { cash, ...others } = await machine(server);
    await present(cash);
    await does(server, { power_cut: true });
    assert.equal((await cash.ended()).code, 1001);
    const again = await machine(server);
    assert.equal(await presentState(again.cash), "presented");
    await leave({ ...others, ...again });
  }));

Deno.test.each([
  [{ stand: { person: -1 } }, 400, /stand\.person/],
  [{ jump: true }, 400, /jump/],
  [{ leave: true, take_receipt: true }, 400, /exactly one/],
  [{ sit: true }, 400, /sit: is no deed; must have exactly one of stand, leave, press/],
  [{ fault: { id: "N4" } }, 400, /N4.*C1/],
  [{ leave: true }, 409, /nobody/],
])("control: %o is %d", async (deed, status, pattern) => {
  await atTheMachine(async (server) => {
    const response = await customer(server, deed as object);
    assert.equal(response.status, status);
    assert.equal(response.headers.get("content-type"), "application/problem+json");
    assert.match((await response.json()).detail, pattern as RegExp);
  });
});

Deno.test("control: pages of somebody else's may not touch the machine", () =>
  atTheMachine(async ({ port }) => {
    const response = await fetch(`http://127.0.0.1:${port}/control`, {
      headers: { origin: "https://example.com" },
    });
    assert.equal(response.status, 403);
    await response.body?.cancel();
  }));

Deno.test("wire: what is supported, and what is not, is the same list wherever it is asked", () =>
  atTheMachine(async (server) => {
    const { port } = server;
    const listed = await (await fetch(`http://127.0.0.1:${port}/describe`)).json();
    assert.deepEqual(listed, JSON.parse(JSON.stringify(server.describe())));
    const named = listed.flatMap(({ interfaces }: { interfaces: { name: string }[] }) =>
      interfaces.map(({ name }) => name)
    );
    for (
      const name of [
        ...["Common", "Camera", "Biometric", "Keyboard", "PinPad", "Crypto", "KeyManagement"],
        ...["CashDispenser", "CashManagement", "Storage", "Printer", "Auxiliaries", "VendorMode"],
        "VendorApplication",
      ]
    ) assert(named.includes(name), name);
    const camera = await Service.open(`ws://127.0.0.1:${port}/xfs4iot/v1.0/camera`);
    assert.equal(
      (await camera.ask("Common.PowerSaveControl", {}, "2.0")).header.completionCode,
      "unsupportedCommand",
    );
    await camera.close();
  }));

Deno.test("dashboard: its server has the same machine, and the same hands", () =>
  atTheMachine(async (machine) => {
    const nothing = () => Promise.reject(new Error("nothing is run here"));
    const app = createServer({
      simulator: { run: nothing, verify: nothing },
      scenarios: [],
      store: openRunStore(":memory:"),
      assets: new Map(),
      now: () => 0,
      version: "0",
      machine: { ...machine, uri: machine.uri },
    });
    const here = "http://127.0.0.1:8420";
    const { publisher, services } = await (await app.request(`${here}/api/machine`)).json();
    assert.equal(publisher, machine.uri);
    assert.equal(services.length, machine.describe().length);
    const stand = { stand: { person: 7, distance_cm: 45, attack: null } };
    const done = await app.request(`${here}/control`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(stand),
    });
    assert.equal(done.status, 204);
    const seen = await (await app.request(`${here}/control`)).json();
    assert.equal(seen.standing.person, 7);
    const foreign = { headers: { origin: "https://example.com" } };
    assert.equal((await app.request(`${here}/control`, foreign)).status, 403);
    const head = await app.request(`${here}/control`, { method: "HEAD" });
    assert.deepEqual([head.status, await head.text()], [200, ""]);
    const wire = await fetch(`http://127.0.0.1:${machine.port}/control`, { method: "HEAD" });
    assert.equal(wire.status, 200);
    for (const bytes of [20_000, 200_000]) {
      const long = await app.request(`${here}/control`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: " ".repeat(bytes),
      });
      assert.deepEqual([long.status, (await long.json()).detail], [413, "at most 16384 bytes"]);
    }
  }));

Deno.test("wire: a machine in another process is switched off by Ctrl-C, and says so", async () => {
  const { process, uri } = await anotherMachine("--port", "0", "--speed", String(SPEED));
  const cash = await Service.open(`${uri}/cashdispenser`);
  await present(cash);
  process.kill("SIGINT");
  assert.equal((await process.status).code, 0);
  assert.equal((await cash.ended()).code, 1001);
});

Deno.test("wire: a port that is taken is bad input, in one line", () =>
  atTheMachine(async ({ port }) => {
    const profile = await readProfile("lhasa-lobby", "test");
    await assert.rejects(serveXfs({ profile, seed: 1, speed: 1, port }), {
      name: "InputError",
      message: `xfs: --port: port ${port} is in use; choose another with --port`,
    });
  }));
