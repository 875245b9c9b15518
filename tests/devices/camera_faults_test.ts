/** The camera's faults, and those of the face reader behind the same lens, over the wire. */
import assert from "node:assert/strict";
import type { FrameSet } from "../../core/face/mod.ts";
import { render } from "../../devices/camera/mod.ts";
import { BIOMETRIC_FAULTS, CAMERA_FAULTS, type Frame } from "../../devices/mod.ts";
import { openModels } from "../../sim/adapters/models.ts";
import { randomBytes } from "../../sim/adapters/ports.ts";
import { FaultBench } from "./fault_bench.ts";

const pipeline = await openModels();
globalThis.addEventListener("unload", () => void pipeline.release());

const PERSON = 3007;
const SCAN = { mode: "scan" };

/** Somebody stands at a machine with this fault. */
function standing(id: string, options: { readonly reads?: boolean } = {}): FaultBench {
  const bench = new FaultBench({
    render,
    ...(options.reads ? { face: (frames) => pipeline.serve(frames, randomBytes) } : {}),
  });
  bench.status("camera"); // somebody is connected, and hears of it
  bench.does({ stand: { person: PERSON } });
  bench.break(id);
  return bench;
}

/** What the reader judges of somebody at a machine with this fault, exposure by exposure. */
async function judged(id: string | null): Promise<readonly FrameSet[]> {
  const looks: (readonly FrameSet[])[] = [];
  const bench = new FaultBench({
    render,
    face: (frames) => {
      const reader = pipeline.serve(frames, randomBytes);
      return {
        handle: (asked) => {
          if (asked.op === "assess") looks.push(asked.frames);
          return reader.handle(asked);
        },
        deleteReference: (reference) => reader.deleteReference(reference),
      };
    },
  });
  bench.does({ stand: { person: PERSON } });
  if (id !== null) bench.break(id);
  await read(bench, SCAN, "Biometric.Read", 3_000);
  return looks[0] ?? [];
}

/** The pixels that went out for one picture. */
function picture(bench: FaultBench, camera = "rgb"): Frame {
  // Not longer than it takes: the next sensor's picture is then of the same exposure.
  assert.equal(bench.ask("camera", "Camera.TakePicture", { camera }, 80).code, "success");
  const frame = bench.pictures.at(-1);
  assert(frame !== undefined);
  return frame;
}

function all(frame: Frame, value: number): boolean {
  return frame.pixels.every((pixel) => pixel === value);
}

function same(one: Frame, other: Frame): boolean {
  return one.pixels.every((pixel, i) => pixel === other.pixels[i]);
}

/** Mean absolute step between neighbours: how much edge is in a picture. */
function edges({ pixels }: Frame): number {
  let sum = 0;
  for (let i = 3; i < pixels.length; i++) sum += Math.abs(pixels[i]! - pixels[i - 3]!);
  return sum / pixels.length;
}

/** A read of the face; real work gets its turn until it is completed. */
async function read(
  bench: FaultBench,
  payload: Record<string, unknown> = SCAN,
  name = "Biometric.Read",
  timeout = 60_000,
) {
  const id = bench.send("biometric", name, payload, timeout);
  for (let turns = 0; turns < 4_000 && bench.answer(id).code === undefined; turns++) {
    bench.pass(50);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return bench.answer(id);
}

function faces(frame: Frame): Promise<number> {
  const { width, height, pixels } = frame;
  assert(pixels instanceof Uint8Array);
  const count = width * height;
  const blank = { nir: new Uint8Array(count), depth: new Uint16Array(count) };
  return pipeline.detect({ width, height, rgb: pixels, ...blank }).then(({ length }) => length);
}

const CAMERA: Record<(typeof CAMERA_FAULTS)[number]["id"], () => void | Promise<void>> = {
  C1: () => {
    const bench = standing("C1");
    const asked = bench.ask("camera", "Camera.TakePicture", { camera: "rgb" });
    assert.equal(asked.code, "cameraInoperable");
    const { common, camera } = bench.status("camera");
    assert.equal(common?.["device"], "hardwareError");
    assert.deepEqual(camera?.["cameras"], { rgb: "inop", nir: "inop", depth: "inop" });
    const reader = standing("C1", { reads: true });
    assert.equal(reader.ask("biometric", "Biometric.Read", SCAN).code, "hardwareError");
  },
  C2: () => {
    const bench = standing("C2", { reads: true });
    const asked = bench.ask("camera", "Camera.TakePicture", { camera: "person" });
    assert.equal(asked.code, "cameraNotSupported");
    assert.equal(bench.ask("biometric", "Biometric.Read", SCAN).code, "hardwareError");
  },
  C3: () => {
    const bench = standing("C3");
    assert.deepEqual(bench.told("Camera.MediaThresholdEvent"), [{ mediaThreshold: "full" }]);
    const asked = bench.ask("camera", "Camera.TakePicture", { camera: "rgb" });
    assert.equal(asked.code, "mediaFull");
    assert.deepEqual(bench.status("camera")["camera"]?.["media"], { person: "full" });
  },
  C4: () => {
    const bench = standing("C4");
    for (const camera of ["rgb", "nir", "depth"]) assert.ok(all(picture(bench, camera), 0), camera);
  },
  C5: () => {
    const bench = standing("C5");
    assert.ok(all(picture(bench), 255));
    const { auxiliaries } = bench.status("auxiliaries");
    assert.equal(auxiliaries?.["ambientLightSensor"], "veryLight");
  },
  C6: () => {
    const bench = standing("C6");
    const blurred = edges(picture(bench));
    bench.clear("C6");
    assert.ok(blurred < 0.5 * edges(picture(bench)), "no edges");
  },
  C7: async () => {
    const bench = standing("C7");
    assert.ok(same(picture(bench), picture(bench)));
    assert.equal(new Set((await judged(null)).map(({ rgb }) => rgb)).size, 3, "as it should be");
    assert.equal(new Set((await judged("C7")).map(({ rgb }) => rgb)).size, 1);
  },
  C8: async () => {
    const bench = standing("C8");
    const taken = Array.from({ length: 6 }, () => picture(bench));
    const fresh = taken.slice(1).map((frame, i) => !same(frame, taken[i]!));
    assert.deepEqual(fresh, [false, false, true, false, false]);
    assert.equal(new Set((await judged("C8")).map(({ rgb }) => rgb)).size, 1);
  },
  C9: () => {
    const bench = new FaultBench(); // whose picture is always the same
    const upright = picture(bench).pixels;
    bench.break("C9");
    const { pixels } = picture(bench);
    for (const i of [0, 5_000, 76_799]) {
      const turned = 3 * (76_799 - i);
      assert.deepEqual([...pixels.slice(3 * i, 3 * i + 3)], [...upright.slice(turned, turned + 3)]);
    }
  },
  C10: () => {
    const bench = standing("C10");
    assert.ok(all(picture(bench, "nir"), 0));
    assert.ok(!all(picture(bench, "rgb"), 0));
  },
  C11: async () => {
    const bench = standing("C11");
    const first = [picture(bench, "rgb"), picture(bench, "nir")] as const;
    const [, nir] = [picture(bench, "rgb"), picture(bench, "nir")] as const;
    assert.ok(same(nir, first[1]), "infrared is of the exposure before");
    const [one, two, three] = await judged("C11");
    assert.equal(two!.nir, one!.nir, "before the first there was none");
    assert.notEqual(three!.nir, two!.nir);
    assert.notEqual(two!.rgb, one!.rgb);
  },
  C12: () => {
    const bench = standing("C12");
    const taken = picture(bench).taken!;
    const now_us = 1_000 * Number(bench.services.machine.state()["now_ms"]);
    assert.ok(taken - now_us > 3_500_000_000, "stamped an hour late");
  },
  C13: () => {
    const { pixels } = picture(standing("C13"));
    assert.ok(pixels.slice(pixels.length / 2).every((pixel) => pixel === 0));
    assert.ok(pixels.slice(0, pixels.length / 2).some((pixel) => pixel > 0));
  },
  C14: async () => {
    const bench = standing("C14", { reads: true });
    const looked = () => read(bench, SCAN, "Biometric.Read", 30_000);
    assert.equal((await looked()).code, "timeOut");
    assert.equal(bench.told("Biometric.PresentSubjectEvent").length, 1);
    assert.equal(await faces(picture(bench)), 0);
    bench.does({ stand: { person: PERSON } });
    assert.equal((await looked()).code, "timeOut", "and nobody who steps up is seen");
    bench.clear("C14");
    assert.equal((await looked()).code, "success");
  },
  C15: async () => {
    const bench = standing("C15", { reads: true });
    bench.status("biometric");
    assert.equal(await faces(picture(bench)), 1);
    assert.equal(bench.told("Biometric.SubjectRemovedEvent").length, 1);
    assert.equal(await faces(picture(bench)), 0);
    const reader = standing("C15", { reads: true });
    reader.status("biometric");
    assert.equal((await read(reader, SCAN, "Biometric.Read", 5_000)).code, "timeOut");
    assert.equal(reader.told("Biometric.SubjectRemovedEvent").length, 1);
    reader.clear("C15");
    assert.equal((await read(reader)).code, "success");
  },
  C16: async () => {
    const bench = standing("C16", { reads: true });
    assert.equal(await faces(picture(bench)), 2);
    assert.equal((await read(bench)).code, "readFailed");
  },
  C17: async () => {
    const bench = standing("C17", { reads: true });
    assert.equal((await read(bench)).code, "readFailed");
  },
  C18: async () => {
    const bench = standing("C18", { reads: true });
    assert.equal((await read(bench)).code, "readFailed");
  },
  C19: async () => {
    const bench = standing("C19", { reads: true });
    bench.clear("C19");
    const [scanned] = (await read(bench)).payload["dataRead"] as object[];
    await read(bench, { templates: [scanned] }, "Biometric.Import");
    const level = async () => {
      const match = { compareMode: "verify", identifier: "id1", threshold: 0 };
      await read(bench, match, "Biometric.SetMatch");
      assert.equal((await read(bench, { mode: "match" })).code, "success");
      const { payload } = await read(bench, match, "Biometric.Match");
      const { id1 } = payload["candidates"] as Record<string, { confidenceLevel: number }>;
      return id1!.confidenceLevel;
    };
    const own = await level();
    bench.break("C19");
    const other = await level();
    assert.ok(other < own, `a sibling is less like them: ${other} after ${own}`);
  },
  C20: async () => {
    const bench = standing("C20", { reads: true });
    bench.status("biometric");
    assert.equal((await read(bench)).code, "fraudAttempt");
    assert.equal(bench.told("Common.ErrorEvent")[0]?.["eventId"], "fraudAttempt");
    assert.equal(bench.status("biometric")["common"]?.["device"], "fraudAttempt");
  },
};

/** A face that was read and brought back as a template. */
async function enrolled() {
  const bench = standing("C19", { reads: true });
  bench.clear("C19");
  const [scanned] = (await read(bench)).payload["dataRead"] as object[];
  const imports = () => read(bench, { templates: [scanned] }, "Biometric.Import");
  return { bench, imports };
}

const MATCH = { compareMode: "verify", identifier: "id1", threshold: 50 };

const READER: Record<(typeof BIOMETRIC_FAULTS)[number]["id"], () => Promise<void>> = {
  C21: async () => {
    const { bench, imports } = await enrolled();
    bench.break("C21");
    assert.equal((await imports()).code, "capacityExceeded");
    assert.equal(bench.status("biometric")["biometric"]?.["remainingStorage"], 0);
    bench.clear("C21");
    assert.equal((await imports()).code, "success");
  },
  C22: async () => {
    const { bench, imports } = await enrolled();
    await imports();
    assert.equal((await read(bench, MATCH, "Biometric.Match")).code, "success");
    bench.break("C22");
    assert.equal((await read(bench, MATCH, "Biometric.Match")).code, "noImportedData");
    assert.equal((await read(bench, {}, "Biometric.GetStorageInfo")).code, "noImportedData");
    bench.clear("C22");
    const nobody = { ...MATCH, identifier: "id9" };
    assert.equal((await read(bench, nobody, "Biometric.Match")).code, "invalidIdentifier");
  },
  C23: async () => {
    const { bench } = await enrolled();
    bench.break("C23");
    assert.equal(bench.told("Biometric.OrientationEvent").length, 1);
    assert.equal((await read(bench)).code, "success");
  },
  C24: async () => {
    const { bench, imports } = await enrolled();
    bench.break("C24");
    assert.equal((await imports()).code, "keyNotFound");
    assert.equal((await read(bench)).code, "keyNotFound");
  },
};

for (const { id, does } of CAMERA_FAULTS) {
  Deno.test(`fault ${id} on the wire: ${does.toLowerCase()}`, CAMERA[id]);
}
for (const { id, does } of BIOMETRIC_FAULTS) {
  Deno.test(`fault ${id} on the wire: ${does.toLowerCase()}`, READER[id]);
}
