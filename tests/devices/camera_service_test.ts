import assert from "node:assert/strict";
import { createCamera, type ExposureRecord } from "../../devices/mod.ts";
import { defaultScene, type Scene, type Shot } from "../../devices/camera/mod.ts";
import { Client, lobbyProfile, TestWorld } from "./surroundings.ts";

/** Stands in for the renderer: four pixels that say which moment it was. */
function picture(scene: Scene): Shot {
  return {
    width: 320,
    height: 240,
    rgb: Uint8Array.of(scene.noise, 1, 1),
    nir: Uint8Array.of(scene.noise),
    depth: Uint16Array.of(scene.noise),
    truth: null,
  };
}

function hash(sensor: string, pixels: ArrayLike<number>): string {
  const code = `${sensor}${Array.from(pixels).join(".")}`;
  return Array.from(code, (c) => c.charCodeAt(0).toString(16)).join("").padEnd(64, "0");
}

function camera(fitted: { nir?: boolean } = {}) {
  const world = new TestWorld();
  const profile = lobbyProfile();
  Object.assign(profile.camera, fitted);
  const records: ExposureRecord[] = [];
  const device = createCamera(profile, world, {
    sceneAt: (t) => ({ ...defaultScene(null), noise: Math.floor(t / 1_000) % 251 }),
    render: picture,
    hashes: (shot) => ({
      rgb: hash("rgb", shot.rgb),
      nir: hash("nir", shot.nir),
      depth: hash("depth", shot.depth),
    }),
    exposed: (record) => records.push(record),
  });
  return { world, device, records, client: new Client(world, device) };
}

type Sensor = "rgb" | "nir" | "depth";

function shoot(client: Client, sensor: Sensor, ms = 1_000) {
  return client.ask("Camera.TakePicture", { camera: sensor }, ms);
}

Deno.test("camera: three pictures asked together are one exposure", () => {
  const { client, world, records, device } = camera();
  const ids = (["rgb", "nir", "depth"] as const).map((sensor) =>
    client.send("Camera.TakePicture", { camera: sensor })
  );
  world.pass(33 + 3 * 40);
  const files = ids.map((id) => client.completion(id)?.payload?.["pictureFile"]);
  assert.equal(records.length, 1);
  assert.deepEqual(files, [records[0]?.rgb, records[0]?.nir, records[0]?.depth]);
  assert.deepEqual(device.frame(String(files[2]))?.pixels, Uint16Array.of(33));
});

Deno.test("camera: pictures asked one after another, in time, are one exposure", () => {
  const { client, records } = camera();
  shoot(client, "rgb", 73);
  shoot(client, "nir", 40 + 50);
  shoot(client, "depth", 40);
  assert.equal(records.length, 1);
});

Deno.test("camera: colour always triggers; a late or second look at a sensor does too", () => {
  const { client, records, world } = camera();
  shoot(client, "rgb", 73);
  shoot(client, "rgb", 73);
  assert.equal(records.length, 2);
  shoot(client, "nir", 40);
  shoot(client, "nir", 73);
  assert.equal(records.length, 3);
  world.pass(61);
  shoot(client, "depth");
  assert.equal(records.length, 4);
});

Deno.test("camera: person is the colour picture; other cameras are not fitted", () => {
  const { client, records } = camera({ nir: false });
  const person = client.ask("Camera.TakePicture", { camera: "person" }, 1_000);
  assert.equal(person.payload.pictureFile, records[0]?.rgb);
  assert.equal(client.ask("Camera.TakePicture", { camera: "room" }).code, "cameraNotSupported");
  assert.equal(shoot(client, "nir").code, "cameraNotSupported");
});

Deno.test("camera: the store of frames is bounded", () => {
  const { client, records, device } = camera();
  for (let n = 0; n < 30; n++) shoot(client, "rgb", 107);
  assert.equal(device.frame(records[0]?.rgb ?? ""), undefined);
  assert(device.frame(records.at(-1)?.rgb ?? "") !== undefined);
});

Deno.test("camera: C1, it does not work and says so", () => {
  const { client, device } = camera();
  device.fault("C1", true);
  assert.equal(shoot(client, "rgb").code, "cameraInoperable");
  const { payload } = client.ask("Common.Status", {});
  assert.deepEqual(payload.camera?.cameras, { rgb: "inop", nir: "inop", depth: "inop" });
  device.fault("C1", false);
  assert.equal(shoot(client, "rgb").code, "success");
});

Deno.test("camera: C4, covered lenses give black pictures and success", () => {
  const { client, device, records } = camera();
  device.fault("C4", true);
  const { payload } = shoot(client, "rgb");
  const frame = device.frame(payload.pictureFile ?? "");
  assert(frame?.pixels.every((value) => value === 0));
  assert.equal(records[0]?.covered, true);
});

Deno.test("camera: C7, a frozen picture is the same bytes while time goes on", () => {
  const { client, device } = camera();
  const before = shoot(client, "rgb").payload.pictureFile;
  device.fault("C7", true);
  assert.equal(shoot(client, "rgb").payload.pictureFile, before);
  device.fault("C7", false);
  assert.notEqual(shoot(client, "rgb").payload.pictureFile, before);
});

Deno.test("camera: C10, only the near infrared is missing, and the wire says success", () => {
  const { client, device } = camera();
  device.fault("C10", true);
  assert.equal(shoot(client, "rgb").code, "success");
  const { code, payload } = shoot(client, "nir");
  assert.equal(code, "success");
  assert.ok(device.frame(payload.pictureFile ?? "")?.pixels.every((value) => value === 0));
  assert.equal(shoot(client, "depth").code, "success");
});

Deno.test("camera: a picture can be cancelled while it is exposed", () => {
  const { client, world, records } = camera();
  const request = client.send("Camera.TakePicture", { camera: "rgb" });
  world.pass(10);
  client.send("Common.Cancel", { requestIds: [request] });
  world.pass(1_000);
  assert.equal(client.code(request), "canceled");
  assert.equal(records.length, 0);
});
