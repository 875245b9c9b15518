import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { randomStream } from "../../core/numeric/mod.ts";
import {
  ageAndSexOf,
  defaultScene,
  faceDistance,
  faceOf,
  KIN_DISTANCE,
  LIGHTS,
  PARAMETER_NAMES,
  randomScene,
  render,
  type Scene,
  type Shot,
  shotHashes,
  type Subject,
  VISITS_PER_AGE,
} from "../../devices/camera/mod.ts";
import { mean, offPlane, overFace, spread, truthOf, WIDTH } from "./camera_measures.ts";

function person(number: number, more: Partial<Subject> = {}): Subject {
  return { person: number, kin: "self", visit: 0, ...more };
}

function sceneOf(subject: Subject | null, more: Partial<Scene> = {}): Scene {
  return { ...defaultScene(subject), ...more };
}

function turned(head: Partial<Scene["head"]>): Shot {
  const scene = defaultScene(person(7));
  return render({ ...scene, head: { ...scene.head, ...head } });
}

Deno.test("camera: the same scene gives the same bytes, in whatever order it is rendered", () => {
  const a = shotHashes(render(sceneOf(person(1))));
  render(sceneOf(person(2), { light: "side-sun", lobby: 4 }));
  assert.deepEqual(shotHashes(render(sceneOf(person(1)))), a);
  assert.match(a.rgb, /^[0-9a-f]{64}$/);
});

Deno.test("camera: another process gives the same bytes", async () => {
  const front = new URL("../../devices/camera/mod.ts", import.meta.url).href;
  const code = `import { defaultScene, render, shotHashes } from ${JSON.stringify(front)};` +
    `console.log(JSON.stringify(shotHashes(render(defaultScene(` +
    `{ person: 1, kin: "self", visit: 0 })))));`;
  const config = fileURLToPath(new URL("../../deno.json", import.meta.url));
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-check", "--config", config, code],
    stderr: "inherit",
  }).output();
  const other = JSON.parse(new TextDecoder().decode(stdout));
  assert.deepEqual(shotHashes(render(sceneOf(person(1)))), other);
});

Deno.test("camera: another noise seed changes pixels by noise only", () => {
  const a = render(sceneOf(person(1), { noise: 1 }));
  const b = render(sceneOf(person(1), { noise: 2 }));
  const apart = mean(Array.from(a.rgb, (v, i) => Math.abs(v - (b.rgb[i] ?? 0))));
  assert.ok(apart > 0.3 && apart < 6, `mean difference ${apart}`);
  assert.deepEqual(a.truth, b.truth);
});

Deno.test("camera: different people look different", () => {
  const rgb = [1, 2, 3, 4].map((n) => shotHashes(render(sceneOf(person(n)))).rgb);
  assert.equal(new Set(rgb).size, 4);
});

Deno.test("camera: the same person on another visit looks a little different", () => {
  const [a, b] = [0, 1].map((visit) => render(sceneOf(person(5, { visit }))));
  assert.notEqual(shotHashes(a as Shot).rgb, shotHashes(b as Shot).rgb);
  const shape = (visit: number) => faceOf(person(5, { visit }));
  assert.equal(shape(0).eye_spacing, shape(1).eye_spacing);
  assert.equal(shape(0).nose_tip, shape(1).nose_tip);
});

Deno.test("camera: five years later it is the same person with more years on the face", () => {
  const [now, later] = [0, VISITS_PER_AGE].map((visit) => faceOf(person(5, { visit })));
  assert.ok(now !== undefined && later !== undefined);
  assert.equal(later.age, now.age + 5);
  assert.equal(later.eye_spacing, now.eye_spacing);
  assert.deepEqual(later.marks.slice(0, now.marks.length), now.marks);
});

Deno.test("camera: no face has parts that would be a caricature together", () => {
  for (let n = 0; n < 400; n++) {
    const p = faceOf(person(n));
    const betweenCorners = 2 * (p.eye_spacing - p.eye_width);
    assert.ok(betweenCorners > 2 && betweenCorners < 4.5, `person ${n}: ${betweenCorners} cm`);
    assert.ok(p.brow_height > p.eye_opening + 0.4, `person ${n}: a brow across the lid`);
    assert.ok(p.mouth_height < p.nose_tip_height - 1.9, `person ${n}: a mouth at the nose`);
    assert.ok(p.nose_tip > p.nose_bridge, `person ${n}: a nose without a tip`);
  }
});

Deno.test("camera: about one adult in eight has a scar, the old more often", () => {
  const people = Array.from({ length: 1200 }, (_, n) => faceOf(person(n)));
  const share = (of: typeof people) => of.filter(({ scar }) => scar !== null).length / of.length;
  assert.ok(share(people) > 0.08 && share(people) < 0.2, `${share(people)}`);
  const young = share(people.filter(({ age }) => age < 40));
  const old = share(people.filter(({ age }) => age > 60));
  assert.ok(old > young, `old ${old}, young ${young}`);
});

Deno.test("camera: a face is a function of its number alone", () => {
  assert.deepEqual(faceOf(person(99)), faceOf(person(99)));
  assert.ok(PARAMETER_NAMES.length >= 60);
  const { age, sex } = ageAndSexOf(99);
  assert.equal(faceOf(person(99)).age, age);
  assert.equal(faceOf(person(99)).sex, sex);
  assert.throws(() => ageAndSexOf(-1), /Cannot make person -1/);
  assert.throws(() => faceOf(person(0x80000000)), /Cannot make person/);
});

Deno.test("camera: ages run from 18 to 80 and both sexes are about as many", () => {
  const people = Array.from({ length: 400 }, (_, n) => ageAndSexOf(n));
  assert.ok(people.every(({ age }) => age >= 18 && age <= 80));
  const women = people.filter(({ sex }) => sex === "female").length;
  assert.ok(women > 150 && women < 250, `${women} of 400`);
});

Deno.test("camera: a twin has the same shape and other marks", () => {
  const own = faceOf(person(11));
  const twin = faceOf(person(11, { kin: "twin" }));
  assert.equal(faceDistance(person(11), person(11, { kin: "twin" })), 0);
  assert.equal(own.eye_spacing, twin.eye_spacing);
  assert.equal(own.age, twin.age);
  assert.notDeepEqual(own.marks, twin.marks);
  assert.notEqual(
    shotHashes(render(sceneOf(person(11)))).rgb,
    shotHashes(render(sceneOf(person(11, { kin: "twin" })))).rgb,
  );
});

Deno.test("camera: kin stand at their stated distances, strangers at one", () => {
  const numbers = Array.from({ length: 60 }, (_, n) => n);
  for (const kin of ["sibling", "cousin"] as const) {
    const far = mean(numbers.map((n) => faceDistance(person(n), person(n, { kin }))));
    assert.ok(Math.abs(far - KIN_DISTANCE[kin]) < 0.05, `${kin} at ${far}`);
  }
  const strangers = mean(numbers.map((n) => faceDistance(person(n), person(n + 1000))));
  assert.ok(Math.abs(strangers - 1) < 0.06, `strangers at ${strangers}`);
});

Deno.test("camera: landmarks lie in the box, in image order, eyes above nose above mouth", () => {
  for (const light of LIGHTS) {
    const { box: [x, y, w, h], landmarks } = truthOf(render(sceneOf(person(21), { light })));
    for (const [px, py] of landmarks) {
      assert.ok(px > x && px < x + w && py > y && py < y + h, `${px},${py} outside the box`);
    }
    const [left, right, nose, mouthLeft, mouthRight] = landmarks;
    assert.ok(left[0] < nose[0] && nose[0] < right[0] && mouthLeft[0] < mouthRight[0]);
    assert.ok(Math.max(left[1], right[1]) < nose[1] && nose[1] < mouthLeft[1]);
  }
});

Deno.test("camera: eyes are darker than the skin around them, in colour and infrared", () => {
  const scene = defaultScene(person(2));
  const shot = render({ ...scene, head: { ...scene.head, distance_mm: 300 } });
  const [[lx, ly], [rx], , , [, my]] = truthOf(shot).landmarks;
  const at = (x: number, y: number) => Math.round(y) * WIDTH + Math.round(x);
  const cheek = at(lx + 2, (ly + my) / 2);
  for (const eye of [at(lx, ly), at(rx, ly)]) {
    assert.ok((shot.rgb[3 * eye + 1] ?? 0) < (shot.rgb[3 * cheek + 1] ?? 0) - 25);
    assert.ok((shot.nir[eye] ?? 0) < (shot.nir[cheek] ?? 0) - 15);
  }
});

Deno.test("camera: the face follows the pose", () => {
  const calm = truthOf(turned({}));
  const right = truthOf(turned({ yaw_deg: 20 }));
  const up = truthOf(turned({ pitch_deg: 15 }));
  const leaning = truthOf(turned({ roll_deg: 10 }));
  const aside = truthOf(turned({ x_mm: 60 }));
  const near = truthOf(turned({ distance_mm: 300 }));
  const noseAside = (t: typeof calm) =>
    t.landmarks[2][0] - (t.landmarks[0][0] + t.landmarks[1][0]) / 2;
  assert.ok(noseAside(right) > noseAside(calm) + 3);
  const noseBelow = (t: typeof calm) => t.landmarks[2][1] - t.landmarks[0][1];
  assert.ok(noseBelow(up) < noseBelow(calm) - 2);
  assert.ok(leaning.landmarks[1][1] > leaning.landmarks[0][1] + 3);
  assert.ok(aside.landmarks[2][0] > calm.landmarks[2][0] + 15);
  assert.ok(near.box[3] > calm.box[3] * 1.2);
});

Deno.test("camera: a face at 450 mm fills about half the height and reads about 450 mm", () => {
  const shot = turned({});
  const [nx, ny] = truthOf(shot).landmarks[2];
  const nose = shot.depth[Math.round(ny) * WIDTH + Math.round(nx)] ?? 0;
  assert.ok(nose > 400 && nose < 460, `nose at ${nose} mm`);
  const wall = shot.depth[40 * WIDTH + 20] ?? 0;
  assert.ok(wall === 0 || wall > 1500, `wall at ${wall} mm`);
  const [, , , h] = truthOf(shot).box;
  assert.ok(h > 60 && h < 130, `face ${h} pixels high`);
});

Deno.test("camera: a face is not flat, a printed photo and a phone are", () => {
  const live = offPlane(render(sceneOf(person(31))));
  assert.ok(live > 5, `face ${live} mm off a plane`);
  for (const species of ["printed-photo", "phone-replay"] as const) {
    const scene = sceneOf(person(31), { attack: { species, instrument: 3 } });
    scene.head.distance_mm = species === "phone-replay" ? 250 : 400;
    const flat = offPlane(render(scene));
    assert.ok(flat < live / 2.5, `${species} ${flat} mm off a plane, a face ${live}`);
  }
});

Deno.test("camera: a printed photo is pale and without contrast in the near infrared", () => {
  const live = render(sceneOf(person(31)));
  const print = render(
    sceneOf(person(31), { attack: { species: "printed-photo", instrument: 1 } }),
  );
  const relative = (shot: Shot) => {
    const values = overFace(shot, shot.nir);
    return spread(values) / mean(values);
  };
  assert.ok(relative(print) < 0.6 * relative(live), `${relative(print)} ${relative(live)}`);
  assert.equal(truthOf(print).attack, "printed-photo");
});

Deno.test("camera: a phone's screen is dark in the near infrared", () => {
  const scene = sceneOf(person(31), { attack: { species: "phone-replay", instrument: 1 } });
  scene.head.distance_mm = 250;
  const shot = render(scene);
  const live = render(sceneOf(person(31)));
  const dark = mean(overFace(shot, shot.nir));
  const skin = mean(overFace(live, live.nir));
  assert.ok(dark < 0.5 * skin, `screen ${dark}, skin ${skin}`);
  assert.ok(mean(overFace(shot, shot.rgb.filter((_, i) => i % 3 === 1))) > 30);
});

Deno.test("camera: two prints of one person are two instruments", () => {
  const [a, b] = [1, 2].map((instrument) =>
    render(sceneOf(person(31), { attack: { species: "printed-photo", instrument } }))
  );
  assert.notEqual(shotHashes(a as Shot).rgb, shotHashes(b as Shot).rgb);
});

Deno.test("camera: nobody there has no truth and shows the lobby", () => {
  const shot = render(sceneOf(null));
  assert.equal(shot.truth, null);
  assert.ok(mean(Array.from(shot.rgb)) > 40);
});

Deno.test("camera: ordinary scenes stay ordinary and repeat by name", () => {
  const draw = () => {
    const stream = randomStream("test/ordinary");
    return Array.from({ length: 200 }, () => randomScene(person(3), stream));
  };
  const scenes = draw();
  assert.deepEqual(scenes, draw());
  for (const { head, expression, light } of scenes) {
    assert.ok(Math.abs(head.yaw_deg) <= 20 && Math.abs(head.pitch_deg) <= 15);
    assert.ok(Math.abs(head.roll_deg) <= 10);
    assert.ok(head.distance_mm >= 250 && head.distance_mm <= 650);
    assert.ok(expression.blink >= 0 && expression.blink <= 1);
    assert.ok(LIGHTS.includes(light));
  }
});

Deno.test("camera: a scene is plain data and survives JSON", () => {
  const scene = randomScene(person(8), randomStream("test/json"));
  const back: Scene = JSON.parse(JSON.stringify(scene));
  assert.deepEqual(shotHashes(render(back)), shotHashes(render(scene)));
});
