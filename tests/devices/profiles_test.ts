import assert from "node:assert/strict";
import { noteTypeOf, profileSchema } from "../../devices/mod.ts";
import { FaultBench } from "./fault_bench.ts";
import { lobbyProfile } from "./surroundings.ts";

function problem(change: (profile: ReturnType<typeof lobbyProfile>) => void): string {
  const profile = lobbyProfile();
  change(profile);
  const issue = profileSchema.safeParse(profile).error?.issues[0];
  return issue === undefined ? "" : `${issue.path.join(".")}: ${issue.message}`;
}

Deno.test("profiles: the lobby machine is valid and has all three sensors", () => {
  const { camera, title } = lobbyProfile();
  assert.deepEqual([camera.rgb, camera.nir, camera.depth], [true, true, true]);
  assert.deepEqual(Object.keys(title).sort(), ["bo", "en", "zh"]);
});

Deno.test("profiles: five notes are in reach in under four seconds", () => {
  const { start_ms, pick_ms, transport_ms, shutter_ms } = lobbyProfile().dispenser;
  assert(start_ms + 5 * pick_ms + transport_ms + shutter_ms < 4_000);
});

Deno.test("profiles: a mistake is named by its field", () => {
  assert.match(
    problem((p) => Object.assign(p.cassettes[0] ?? {}, { count: 9_000 })),
    /^cassettes\.0\.count: must not exceed/,
  );
  assert.match(problem((p) => p.reject_bin.unit = "unit1"), /^cassettes: must name each unit once/);
  assert.match(
    problem((p) => Object.assign(p, { flow: ["pin", "face", "number", "service"] })),
    /^flow: must be one of \[face, number, pin, service\]/,
  );
  assert.match(
    problem((p) => p.dispenser.hurry_after_s = 31),
    /^dispenser\.hurry_after_s: must be/,
  );
  assert.match(problem((p) => p.network.latency_ms.jitter = 99), /^network\.latency_ms: jitter/);
  assert.match(problem((p) => Object.assign(p, { colour: "red" })), /colour/);
});

Deno.test("profiles: a note's XFS4IoT type follows from its value", () => {
  assert.equal(noteTypeOf(100), "typeCNY100");
});

Deno.test("profiles: the services say which cameras there are, and know no other", () => {
  const profile = lobbyProfile();
  Object.assign(profile.camera, { nir: false, depth: false });
  const bench = new FaultBench({ profile });
  const { payload } = bench.ask("camera", "Common.Capabilities", {}, 0);
  const { cameras } = (payload as { camera: { cameras: object } }).camera;
  assert.deepEqual(cameras, { rgb: true, person: true });
  assert.deepEqual(bench.status("camera")["camera"]?.["cameras"], { rgb: "ok" });
  const take = (camera: string) => bench.ask("camera", "Camera.TakePicture", { camera }).code;
  assert.deepEqual(["rgb", "nir", "depth", "person"].map(take), [
    "success",
    "cameraNotSupported",
    "cameraNotSupported",
    "success",
  ]);
});

Deno.test("profiles: every camera sees colour, and depth is measured by infrared light", () => {
  assert.match(problem((p) => p.camera.nir = false), /^camera\.depth: needs nir/);
  assert.match(problem((p) => Object.assign(p.camera, { rgb: false })), /^camera\.rgb: /);
});
