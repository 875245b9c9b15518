/**
 * Ports for tests of everything around the face: an engine that believes every face, and a camera that
 * always shows the same picture. Runs then take milliseconds, and say nothing about recognition.
 */
import type { FaceRequest, FaceResult } from "../../core/face/mod.ts";
import { defaultScene, render, type Scene, type Shot } from "../../devices/camera/mod.ts";
import { HOME, readProfile, readScenario } from "../../sim/adapters/files.ts";
import { type CustomerAction, type Plan, planOf, type Scenario } from "../../sim/plan/mod.ts";
import type { RunPorts } from "../../sim/world/mod.ts";

/** A visit that ends with the cash in the hand, and the receipt where it is. */
export const WITHDRAWS: CustomerAction[] = [
  "show_face",
  { enter: "id" },
  { pin: "correct" },
  { choose: "withdraw" },
  { amount_yuan: 200 },
  { take: "cash" },
];

const picture = render(defaultScene({ person: 1, kin: "self", visit: 0 }));

const stills = new Map<number, Shot>();

/**
 * The same picture, but for one pixel: no sensor gives the same bytes twice. What the same scene gave
 * before is given again, so that its hash is known.
 */
function still(scene: Scene): Shot {
  const known = stills.get(scene.noise);
  if (known !== undefined) return known;
  if (stills.size >= 200) stills.clear();
  const shot = withNoise(scene.noise);
  stills.set(scene.noise, shot);
  return shot;
}

function withNoise(noise: number): Shot {
  const rgb = picture.rgb.slice();
  rgb[0] = noise & 255;
  rgb[1] = (noise >> 8) & 255;
  rgb[2] = (noise >> 16) & 255;
  return { ...picture, rgb };
}

function believe(request: FaceRequest): FaceResult {
  const capture = "capture" in request ? request.capture : "";
  switch (request.op) {
    case "assess":
      return {
        op: "assess",
        capture,
        verdict: "live",
        problem: null,
        liveness: 0.9,
        liveness_threshold: 0.5,
        frames: [],
      };
    case "verify":
      return { op: "verify", capture, verdict: "match", score: 0.8, threshold: 0.5, model: "none" };
    case "enrol":
      return { op: "enrol", capture, verdict: "enrolled" };
    case "delete":
      return { op: "delete", verdict: "deleted" };
    case "forget":
      return { op: "forget", capture, verdict: "forgotten" };
  }
}

export const CREDULOUS: RunPorts = {
  face: () => ({
    handle: (request) => Promise.resolve(believe(request)),
    enrolFrom: () => Promise.resolve(),
  }),
  render: still,
  pinned: { renderer: "still", models: {}, locale: {} },
  runtime: { commit: "", program: "test", v8: "", platform: "" },
};

const scenarios = new Map<string, Promise<Scenario>>();
const profiles = new Map<string, ReturnType<typeof readProfile>>();

function once<T>(read: Map<string, Promise<T>>, name: string, how: () => Promise<T>): Promise<T> {
  const known = read.get(name) ?? how();
  read.set(name, known);
  return known;
}

/** The plan of a shipped scenario, changed as the test needs it. */
export async function planFrom(id: string, change: Partial<Scenario>, seed = 1): Promise<Plan> {
  const path = new URL(`scenarios/${id}.yaml`, HOME);
  const scenario = { ...await once(scenarios, id, () => readScenario(path)), ...change };
  const { machine } = scenario;
  return planOf(scenario, seed, await once(profiles, machine, () => readProfile(machine, id)));
}
