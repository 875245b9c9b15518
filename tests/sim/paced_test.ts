import assert from "node:assert/strict";
import { micros, milliseconds, seconds } from "../../core/units.ts";
import { command, commands, type DeviceMessage } from "../../core/xfs4iot/mod.ts";
import { render } from "../../devices/camera/mod.ts";
import { control, PacedMachine, XFS_PATH, XfsServices } from "../../sim/world/paced/mod.ts";
import { lobbyProfile } from "../devices/surroundings.ts";

function machine() {
  const heard: DeviceMessage[] = [];
  const paced = new PacedMachine({
    profile: lobbyProfile(),
    seed: 1,
    render,
    heard: (_service, message) => heard.push(message),
  });
  const names = () => heard.map(({ header }) => `${header.type} ${header.name}`);
  return { paced, heard, names };
}

const ENTRY = { activeKeys: { one: {}, two: {}, enter: { terminate: true } } };

Deno.test("paced: time passes only when it is told to, and everything due in it happens", () => {
  const { paced, names } = machine();
  paced.receive("camera", command("Camera.TakePicture", 1, { camera: "depth" }));
  paced.advance(milliseconds(10));
  assert.deepEqual(names(), ["acknowledge Camera.TakePicture"]);
  paced.advance(milliseconds(200));
  assert.equal(names().at(-1), "completion Camera.TakePicture");
  assert.equal(paced.state()["now_ms"], 210);
});

Deno.test("paced: a hand presses one key after another, also when it is told twice", () => {
  const { paced, heard } = machine();
  paced.receive("pinpad", command("Keyboard.DataEntry", 1, ENTRY));
  assert.equal(control(paced, { press: ["one", "two"] }), null);
  assert.equal(control(paced, { press: ["one", "enter"] }), null);
  paced.advance(seconds(2));
  const last = heard.findLast(({ header }) => header.type === "completion");
  assert(last !== undefined && "payload" in last);
  assert.deepEqual(
    (last.payload?.["pinKeys"] as { digit: string }[]).map(({ digit }) => digit),
    ["one", "two", "one", "enter"],
  );
});

Deno.test("paced: a key that no pad has is refused by name", () => {
  const { paced } = machine();
  const refused = control(paced, { press: ["one", "ente"] });
  assert.equal(refused?.status, 400);
  assert.match(refused?.detail ?? "", /there is no key ente; use zero to nine, oemX, enter,/);
});

Deno.test("paced: a hand takes only so many keys in advance", () => {
  const { paced } = machine();
  const keys = Array(64).fill("one");
  const answers = Array.from({ length: 10 }, () => control(paced, { press: keys }));
  assert.equal(answers[0], null);
  assert.equal(answers.at(-1)?.status, 409);
});

Deno.test("paced: a fault ends by itself, when it is cleared, or when it comes again", () => {
  const { paced } = machine();
  const faults = () =>
    (paced.state()["devices"] as Record<string, { faults: string[] }>)["printer"];
  control(paced, { fault: { id: "P3", for_ms: 1_000 } });
  paced.advance(milliseconds(900));
  control(paced, { fault: { id: "P3" } });
  paced.advance(seconds(60));
  assert.deepEqual(faults()?.faults, ["P3"], "the second one has no end");
  control(paced, { clear: "P3" });
  assert.deepEqual(faults()?.faults, []);
  control(paced, { fault: { id: "P3", for_ms: 1_000 } });
  paced.advance(milliseconds(1_001));
  assert.deepEqual(faults()?.faults, []);
});

Deno.test("paced: a hundred thousand cancelled timers of a day do not fill the clock", () => {
  const { paced } = machine();
  for (let id = 1; id <= 110_000; id += 2) {
    paced.receive("pinpad", command("Keyboard.DataEntry", id, ENTRY, 86_400_000));
    paced.receive("pinpad", command("Common.Cancel", id + 1, {}));
    if (id % 1000 === 1) paced.advance(milliseconds(50));
  }
  paced.advance(seconds(2));
  assert.equal(
    (paced.state()["devices"] as Record<string, { mode: string }>)["pinpad"]?.mode,
    "idle",
  );
});

Deno.test("paced: a timer of a day is due in a day, to the microsecond", () => {
  const { paced, heard } = machine();
  paced.receive("pinpad", command("Keyboard.DataEntry", 1, ENTRY, 86_400_000));
  const before = heard.length;
  paced.advance(micros(86_400_000_000 - 1));
  assert.equal(heard.length, before);
  paced.advance(micros(1));
  const last = heard.findLast(({ header }) => header.type === "completion")?.header;
  assert(last?.type === "completion");
  assert.equal(last.completionCode, "timeOut");
});

/** What the services say of themselves, by path. */
function described() {
  const services = new XfsServices({
    profile: lobbyProfile(),
    seed: 1,
    render,
    png: () => new Uint8Array(),
    origin: () => "ws://127.0.0.1:5846",
  });
  return new Map(services.describe().map((each) => [each.path, each]));
}

Deno.test("services: every command of theirs is done, or refused as unsupported: as they say", () => {
  const { paced, heard } = machine();
  const wrong: string[] = [];
  for (const [path, { interfaces }] of described()) {
    if (path === XFS_PATH) continue; // the publisher is no device
    const service = path.slice(XFS_PATH.length + 1);
    const told = new Set(interfaces.flatMap((each) => each.commands.map(({ name }) => name)));
    const names = new Set(interfaces.map(({ name }) => name));
    const all = Object.entries(commands).filter(([name]) => names.has(name.split(".")[0]!));
    for (const [i, [name, { version }]] of all.entries()) {
      if (name === "Common.SetVersions") continue; // the wire's own
      paced.receive(service, {
        header: { type: "command", name, version, requestId: i + 1, timeout: 1_000 },
      });
      paced.advance(seconds(60)); // as long as a Count fills the reject bin
      const last = heard.findLast(({ header }) => header.type === "completion")?.header;
      assert(last?.type === "completion" && last.name === name, `${name} is completed`);
      const done = last.completionCode !== "unsupportedCommand";
      if (done !== told.has(name)) wrong.push(`${service} ${name}: ${last.completionCode}`);
    }
  }
  assert.deepEqual(wrong, []);
});
