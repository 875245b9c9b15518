import assert from "node:assert/strict";
import {
  Behaviour,
  type Covering,
  COVERINGS,
  defaultScene,
  faceOf,
  LENSES,
  LIGHTS,
  render,
  type Scene,
  type Shot,
  shotHashes,
} from "../../devices/camera/mod.ts";
import { mean, offPlane, overFace, truthOf, WIDTH } from "./camera_measures.ts";

const SOMEBODY = { person: 7, kin: "self", visit: 0 } as const;

function sceneOf(more: Partial<Scene> = {}): Scene {
  return { ...defaultScene(SOMEBODY), ...more };
}

function wearing(...worn: Covering[]): Shot {
  return render(sceneOf({ worn }));
}

const bare = render(sceneOf());

/** Mean of a channel (bytes a pixel `stride`) in a square around a landmark, of the bare face. */
function around(shot: Shot, channel: "rgb" | "nir", landmark: number): number {
  const [x, y] = truthOf(bare).landmarks[landmark] ?? [0, 0];
  const values: number[] = [];
  for (let dy = -3; dy <= 3; dy++) {
    for (let dx = -4; dx <= 4; dx++) {
      const k = (Math.round(y) + dy) * WIDTH + Math.round(x) + dx;
      values.push((channel === "rgb" ? shot.rgb[3 * k + 1] : shot.nir[k]) ?? 0);
    }
  }
  return mean(values);
}

Deno.test("conditions: a scene that asks for nothing gives the bytes it always gave", () => {
  const asked = render(sceneOf({ worn: [], optics: { lens: "clean", exposure_stops: 0 } }));
  assert.deepEqual(shotHashes(asked), shotHashes(bare));
  assert.deepEqual(shotHashes(render(sceneOf({ readout: {} }))), shotHashes(bare));
});

for (const covering of COVERINGS) {
  Deno.test(`conditions: ${covering} covers what it covers, and comes out the same twice`, () => {
    const first = wearing(covering);
    assert.notEqual(shotHashes(first).rgb, shotHashes(bare).rgb);
    render(sceneOf({ light: "dim" }));
    assert.deepEqual(shotHashes(wearing(covering)), shotHashes(first));
    assert.deepEqual(first.truth, bare.truth);
  });
}

Deno.test("conditions: sunglasses are dark to the eye and clear in the near infrared", () => {
  const shot = wearing("sunglasses");
  assert.ok(around(shot, "rgb", 0) < 0.5 * around(bare, "rgb", 0));
  assert.ok(around(shot, "nir", 0) > 0.75 * around(bare, "nir", 0));
});

Deno.test("conditions: a mask and a scarf hide the mouth, a hat does not", () => {
  const depthAt = (shot: Shot) => {
    const [x, y] = truthOf(bare).landmarks[3];
    return shot.depth[Math.round(y) * WIDTH + Math.round(x)] ?? 0;
  };
  assert.ok(depthAt(wearing("surgical-mask")) < depthAt(bare) - 4);
  assert.ok(depthAt(wearing("scarf")) < depthAt(bare) - 4);
  assert.ok(Math.abs(depthAt(wearing("fur-hat")) - depthAt(bare)) < 4);
});

for (const light of LIGHTS) {
  Deno.test(`conditions: under ${light} the truth names the light, and the face is in the picture`, () => {
    const shot = render(sceneOf({ light }));
    assert.equal(truthOf(shot).light, light);
    assert.ok(mean(overFace(shot, shot.nir)) > 40);
    assert.ok(offPlane(shot) > 4);
  });
}

Deno.test("conditions: sunlight drowns the pattern of the depth sensor", () => {
  const holes = (light: Scene["light"]) =>
    overFace(render(sceneOf({ light })), render(sceneOf({ light })).depth)
      .filter((mm) => mm === 0).length;
  assert.ok(holes("direct-sun") > 5 * (holes("lobby-day") + 1));
});

Deno.test("conditions: backlight at altitude leaves the face darker than backlight below", () => {
  const green = (light: Scene["light"]) => {
    const shot = render(sceneOf({ light }));
    return mean(overFace(shot, shot.rgb.filter((_, i) => i % 3 === 1)));
  };
  assert.ok(green("altitude-backlight") < green("backlight"));
});

for (const lens of LENSES.filter((each) => each !== "clean")) {
  Deno.test(`conditions: through a lens that is ${lens} two people differ less`, () => {
    const apart = (optics: Scene["optics"] & object) => {
      const [a, b] = [7, 22].map((person) => {
        const { rgb } = render({ ...sceneOf({ optics }), subject: { ...SOMEBODY, person } });
        return Array.from(rgb);
      });
      return mean((a ?? []).map((v, i) => Math.abs(v - (b?.[i] ?? 0))));
    };
    assert.ok(apart({ lens }) < 0.9 * apart({}), `${apart({ lens })} of ${apart({})}`);
  });
}

Deno.test("conditions: each stop of exposure moves the whole picture", () => {
  const bright = (exposure_stops: number) =>
    mean(Array.from(render(sceneOf({ optics: { exposure_stops } })).rgb));
  assert.ok(bright(-2) < 0.65 * bright(0) && bright(1.5) > 1.15 * bright(0));
});

Deno.test("conditions: a moving picture is smeared along its way, and depth is not", () => {
  const shot = render(sceneOf({ optics: { motion_px: [18, 0] } }));
  assert.ok(around(shot, "nir", 0) !== around(bare, "nir", 0));
  assert.equal(shotHashes(shot).depth, shotHashes(bare).depth);
});

const earlier = {
  head: { ...defaultScene(null).head, x_mm: -60 },
  expression: defaultScene(null).expression,
  noise: 5,
};
const before = render(sceneOf(earlier));

Deno.test("conditions: a torn frame is now above the tear and earlier below it", () => {
  const torn = render(sceneOf({ readout: { earlier, torn_row: 120 } }));
  const cut = 120 * WIDTH;
  assert.deepEqual(torn.nir.subarray(0, cut), bare.nir.subarray(0, cut));
  assert.deepEqual(torn.nir.subarray(cut), before.nir.subarray(cut));
  assert.deepEqual(torn.rgb.subarray(3 * cut), before.rgb.subarray(3 * cut));
});

Deno.test("conditions: out of step, colour is now and infrared and depth are earlier", () => {
  const late = shotHashes(render(sceneOf({ readout: { earlier, out_of_step: true } })));
  assert.equal(late.rgb, shotHashes(bare).rgb);
  assert.equal(late.nir, shotHashes(before).nir);
  assert.equal(late.depth, shotHashes(before).depth);
});

Deno.test("conditions: a frozen frame is the earlier one, a black one is zero", () => {
  const frozen = render(sceneOf({ readout: { earlier, frozen: true } }));
  assert.deepEqual(shotHashes(frozen), shotHashes(before));
  const black = render(sceneOf({ readout: { black: true } }));
  assert.ok(black.rgb.every((v) => v === 0) && black.depth.every((v) => v === 0));
});

Deno.test("conditions: a second person has a face of their own, behind and beside", () => {
  const companion = {
    subject: { person: 9, kin: "self", visit: 1 },
    head: { ...defaultScene(null).head, x_mm: 170, distance_mm: 640 },
  } as const;
  const truth = truthOf(render(sceneOf({ companion })));
  assert.ok(truth.companion !== undefined);
  assert.ok(truth.companion.box[0] > truth.box[0] && truth.companion.box[2] < truth.box[2]);
});

Deno.test("behaviour: people blink 12 to 25 times a minute, each in their own rhythm", () => {
  const rates = Array.from({ length: 60 }, (_, n) => new Behaviour(`test/${n}`).blinks(120) / 2);
  assert.ok(mean(rates) > 12 && mean(rates) < 25, `${mean(rates)} a minute`);
  assert.ok(new Set(rates).size > 5);
});

Deno.test("behaviour: a moment is the same whenever it is asked for, and moments differ", () => {
  const [one, two] = [new Behaviour("test/a"), new Behaviour("test/a")];
  const forth = [0, 1.5, 3, 60].map((t) => one.at(t));
  const back = [60, 3, 1.5, 0].map((t) => two.at(t)).reverse();
  assert.deepEqual(forth, back);
  assert.notDeepEqual(forth[0], forth[1]);
});

Deno.test("behaviour: the head moves smoothly, less than a degree in a thirtieth of a second", () => {
  const person = new Behaviour("test/smooth");
  for (let t = 0; t < 20; t += 1 / 30) {
    const [a, b] = [person.at(t), person.at(t + 1 / 30)];
    assert.ok(Math.abs(a.moved.yaw_deg - b.moved.yaw_deg) < 1, `at ${t}`);
    assert.ok(Math.abs(a.moved.yaw_deg) < 5);
  }
});

Deno.test("behaviour: eyes that are closed stay closed, who looks away is turned away", () => {
  const asleep = new Behaviour("test/b", "eyes-closed");
  const elsewhere = new Behaviour("test/b", "looks-away");
  for (let t = 0; t < 10; t += 0.7) {
    assert.equal(asleep.at(t).expression.blink, 1);
    assert.ok(Math.abs(elsewhere.at(t).moved.yaw_deg) > 25);
  }
});

Deno.test("worn: a scarf lies before whoever's lips it covers", () => {
  for (let person = 500; person < 508; person++) {
    const scene = defaultScene({ person, kin: "self", visit: 0 });
    const bare = render(scene);
    const [, , , [leftX, leftY], [rightX, rightY]] = truthOf(bare).landmarks;
    const at = Math.round((leftY + rightY) / 2) * bare.width + Math.round((leftX + rightX) / 2);
    const covered = render({ ...scene, worn: ["scarf"] });
    assert.notEqual(covered.depth[at], 0);
    assert.ok(covered.depth[at]! < bare.depth[at]!, `the mouth of person ${person} sticks out`);
  }
});

Deno.test("worn: under a fur hat nobody can see who had another haircut", () => {
  for (const [person, visit] of [[8, 2], [9, 2], [15, 3]] as const) {
    const [before, after] = [0, visit].map((visit) => {
      const subject = { person, kin: "self", visit } as const;
      return { hair: faceOf(subject).habits.hair, scene: defaultScene(subject) };
    });
    assert.notEqual(before!.hair, after!.hair);
    const [first, then] = [before!, after!].map(({ scene }) =>
      render({ ...scene, worn: ["fur-hat"] })
    );
    const [[leftX, leftY], [rightX]] = truthOf(first!).landmarks;
    const eyes = rightX - leftX;
    let [seen, parted] = [0, 0];
    for (let y = Math.round(leftY - 1.6 * eyes); y < leftY - 0.8 * eyes; y++) {
      for (let x = Math.round(leftX); x < rightX; x++) {
        const [a = 0, b = 0] = [first!, then!].map(({ depth }) => depth[y * WIDTH + x]);
        if (a === 0 || b === 0) continue;
        seen++;
        if (Math.abs(a - b) > 8) parted++;
      }
    }
    assert.ok(seen > 300 && parted < 0.02 * seen, `person ${person}: ${parted} of ${seen} points`);
  }
});

Deno.test("worn: who puts sunglasses on has taken the glasses off", () => {
  const scene = defaultScene({ person: 4, kin: "self", visit: 0 });
  const shot = render(scene);
  const [x, y] = truthOf(shot).landmarks[0];
  /** Red under the eye, where a round rim passes: the darkest point beside the mean. */
  const rim = ({ rgb }: Shot) => {
    const row = Array.from(
      { length: 21 },
      (_, i) => rgb[3 * ((Math.round(y) + 6) * WIDTH + Math.round(x) + i - 12)] ?? 0,
    );
    return Math.min(...row) / mean(row);
  };
  assert.ok(rim(shot) < 0.7, "who wears glasses");
  assert.ok(rim(render({ ...scene, worn: ["sunglasses"] })) > 0.8);
});
