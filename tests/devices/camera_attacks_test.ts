import assert from "node:assert/strict";
import {
  ATTACK_SPECIES,
  type AttackSpecies,
  defaultScene,
  render,
  type Scene,
  type Shot,
  shotHashes,
  SPECIES,
} from "../../devices/camera/mod.ts";
import { mean, offPlane, overFace, spread, truthOf, WIDTH } from "./camera_measures.ts";

const VICTIM = { person: 31, kin: "self", visit: 0 } as const;

function sceneOf(species: AttackSpecies | null, more: Partial<Scene> = {}, instrument = 3): Scene {
  const scene = defaultScene(VICTIM);
  const { near_mm, far_mm } = species === null ? { near_mm: 400, far_mm: 400 } : SPECIES[species];
  return {
    ...scene,
    attack: species === null ? null : { species, instrument },
    head: { ...scene.head, distance_mm: Math.round((2 * near_mm + far_mm) / 3) },
    ...more,
  };
}

const live = render(sceneOf(null));

/** Spread of the near infrared over the face, of its mean. */
function contrast(shot: Shot): number {
  const values = overFace(shot, shot.nir);
  return spread(values) / mean(values);
}

/** How much darker the eyes are than the cheeks in the near infrared, 0…1. */
function eyesInInfrared(shot: Shot): number {
  const [[lx, ly], [rx], , , [, my]] = truthOf(shot).landmarks;
  const around = (x: number, y: number) => {
    let sum = 0;
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        sum += shot.nir[(Math.round(y) + dy) * WIDTH + Math.round(x) + dx] ?? 0;
      }
    }
    return sum / 9;
  };
  const eyes = (around(lx, ly) + around(rx, ly)) / 2;
  const cheeks = (around(lx, (ly + my) / 2) + around(rx, (ly + my) / 2)) / 2;
  return 1 - eyes / cheeks;
}

Deno.test("attacks: there are prints, cloth, screens, recordings and masks, the first two unchanged", () => {
  assert.deepEqual(ATTACK_SPECIES.slice(0, 2), ["printed-photo", "phone-replay"]);
  assert.ok(ATTACK_SPECIES.length >= 14);
});

for (const species of ATTACK_SPECIES) {
  Deno.test(`attacks: ${species} gives the same bytes twice, and others with another specimen`, () => {
    const first = shotHashes(render(sceneOf(species)));
    render(sceneOf("mannequin-head", { light: "dim" }));
    assert.deepEqual(shotHashes(render(sceneOf(species))), first);
    assert.notEqual(shotHashes(render(sceneOf(species, {}, 4))).rgb, first.rgb);
    assert.equal(truthOf(render(sceneOf(species))).attack, species);
  });

  Deno.test(`attacks: ${species} says where the face it shows is`, () => {
    const { box: [x, y, w, h], landmarks } = truthOf(render(sceneOf(species)));
    for (const [px, py] of landmarks) {
      assert.ok(px > x && px < x + w && py > y && py < y + h, `${px},${py} outside the box`);
    }
  });
}

for (const species of ATTACK_SPECIES.filter((s) => SPECIES[s].body === "screen")) {
  Deno.test(`attacks: ${species} is black in the near infrared, and flat`, () => {
    const shot = render(sceneOf(species));
    const dark = overFace(shot, shot.nir).sort((a, b) => a - b);
    const skin = mean(overFace(live, live.nir));
    // half of it at least: the infrared lamp's own reflection is a bright spot
    assert.ok((dark[dark.length >> 1] ?? 255) < 0.5 * skin);
    assert.ok(offPlane(shot) < offPlane(live) / 2.5);
  });
}

const PAPERS = ["glossy-print", "matt-print", "bent-print", "cloth-print"] as const;
for (const species of [...PAPERS, "eye-hole-print", "paper-mask"] as const) {
  Deno.test(`attacks: the dyes of ${species} vanish in the near infrared`, () => {
    const relief = contrast(render(sceneOf(species)));
    const holes = SPECIES[species].eyeHoles ? 1.15 : 0.75;
    assert.ok(relief < holes * contrast(live), `${relief}, a face ${contrast(live)}`);
  });
}

for (const species of ["glossy-print", "matt-print", "cloth-print"] as const) {
  Deno.test(`attacks: ${species} is flat in depth`, () => {
    const flat = offPlane(render(sceneOf(species)));
    assert.ok(flat < offPlane(live) / 2, `${flat} mm off a plane, a face ${offPlane(live)}`);
  });
}

Deno.test("attacks: bent paper is farther from a plane than flat paper, a paper mask farther still", () => {
  const [flat = 0, bent = 0, mask = 0] = (["matt-print", "bent-print", "paper-mask"] as const)
    .map((species) => offPlane(render(sceneOf(species))));
  assert.ok(flat < bent && bent < mask, `${flat} ${bent} ${mask}`);
});

for (const species of ["resin-mask", "silicone-mask", "mannequin-head"] as const) {
  Deno.test(`attacks: ${species} is as deep as a face`, () => {
    const deep = offPlane(render(sceneOf(species)));
    assert.ok(deep > 0.6 * offPlane(live), `${deep} mm off a plane, a face ${offPlane(live)}`);
  });
}

Deno.test("attacks: painted eyes vanish in the near infrared, eyes behind silicone or holes do not", () => {
  const [face, resin = 0, head = 0, silicone = 0] = [
    live,
    ...(["resin-mask", "mannequin-head", "silicone-mask"] as const).map((species) =>
      render(sceneOf(species))
    ),
  ].map(eyesInInfrared);
  // what is left of painted eyes is the shade of their sockets, which are deep in this face
  assert.ok(face !== undefined && resin < 0.85 * face && head < 0.75 * face);
  assert.ok(silicone > 0.85 * face, `${face} ${silicone}`);
});

Deno.test("attacks: painted eyes never blink, a recording's do", () => {
  const blinking = { blink: 1, smile: 0, mouth_open: 0, gaze_x: 0, gaze_y: 0 };
  const changed = (species: AttackSpecies) => {
    const open = render(sceneOf(species));
    const shut = render(sceneOf(species, { expression: blinking }));
    return shotHashes(open).rgb !== shotHashes(shut).rgb;
  };
  assert.ok(!changed("mannequin-head") && !changed("tablet-photo") && !changed("glossy-print"));
  assert.ok(changed("phone-video") && changed("tablet-video") && changed("silicone-mask"));
});

Deno.test("attacks: the face of a recording turns while the screen stands still", () => {
  const scene = sceneOf("tablet-video");
  const shown = { yaw_deg: 14, pitch_deg: 0, roll_deg: 0 };
  const turned = { ...scene, attack: { species: "tablet-video", instrument: 3, shown } } as const;
  const nose = (shot: Shot) => truthOf(shot).landmarks[2][0] - truthOf(shot).box[0];
  const [still, moved] = [render(scene), render(turned)];
  assert.ok(nose(moved) > nose(still) + 2);
  assert.deepEqual(moved.depth.length, still.depth.length);
  assert.ok(offPlane(moved) < offPlane(live) / 2.5);
});

Deno.test("attacks: eyes behind silicone lie deeper than the mask, within a dark edge", () => {
  const mask = render(sceneOf("silicone-mask", { head: sceneOf(null).head }));
  const [[x, y]] = truthOf(live).landmarks;
  const around = (reach: number, of: (k: number) => number) => {
    const values: number[] = [];
    for (let dy = -reach; dy <= reach; dy++) {
      for (let dx = -reach; dx <= reach; dx++) {
        values.push(of((Math.round(y) + dy) * WIDTH + Math.round(x) + dx));
      }
    }
    return values;
  };
  const deeper = around(3, (k) => (mask.depth[k] ?? 0) - (live.depth[k] ?? 0))
    .filter((mm) => Math.abs(mm) < 20);
  assert.ok(mean(deeper) > 2, `${mean(deeper)} mm`);
  const darker = around(12, (k) => (mask.nir[k] ?? 0) / Math.max(1, live.nir[k] ?? 0));
  assert.ok(Math.min(...darker) < 0.75, `${Math.min(...darker)} of the living skin`);
});
