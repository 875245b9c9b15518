import assert from "node:assert/strict";
import { micros } from "../../core/units.ts";
import type { Conditions } from "../../sim/plan/mod.ts";
import { runStream } from "../../sim/prng/mod.ts";
import { Presence, type Standing } from "../../sim/world/presence.ts";

const at = (seconds: number) => micros(Math.round(seconds * 1e6));

function presence(conditions?: Conditions, attack: Standing["attack"] = null): Presence {
  const subject = { person: 42, kin: "self", visit: 3 } as const;
  const standing = { subject, attack, light: "lobby-day", lobby: 5000, conditions } as const;
  return new Presence(standing, runStream(1, "test/presence"));
}

function looking(conditions?: Conditions): Presence {
  const somebody = presence(conditions);
  somebody.comes(at(0));
  somebody.looks(at(1));
  return somebody;
}

Deno.test("presence: somebody comes from farther away, and is there after a moment", () => {
  const somebody = presence();
  somebody.comes(at(1));
  const far = (t: number) => somebody.scene(at(t)).head.distance_mm;
  assert.ok(far(1) > far(1.5) + 200 && far(1.5) > far(3));
});

Deno.test("presence: somebody who goes turns away, walks off and is gone", () => {
  const somebody = looking();
  somebody.leaves(at(10));
  const { head, subject } = somebody.scene(at(10.8));
  assert.ok(subject !== null && Math.abs(head.yaw_deg) > 60 && head.distance_mm > 600);
  assert.equal(somebody.scene(at(12)).subject, null);
});

Deno.test("presence: nothing out of the ordinary leaves the scene as it was", () => {
  assert.deepEqual(looking({}).scene(at(5)), looking().scene(at(5)));
});

Deno.test("presence: conditions are in every scene: light, distance, what is worn, the lens", () => {
  const scene = looking({
    light: "direct-sun",
    distance_cm: 70,
    wears: ["fur-hat", "sunglasses"],
    lens: "dirty",
    exposure_stops: -1,
  }).scene(at(5));
  assert.equal(scene.light, "direct-sun");
  assert.deepEqual(scene.worn, ["fur-hat", "sunglasses"]);
  assert.deepEqual(scene.optics, { lens: "dirty", exposure_stops: -1 });
  assert.ok(Math.abs(scene.head.distance_mm - 700) < 20);
});

Deno.test("presence: a wheelchair user and a child are lower in the picture, a tall man higher", () => {
  const height = (stature?: "wheelchair" | "child" | "tall") =>
    looking(stature === undefined ? {} : { stature }).scene(at(5)).head.y_mm;
  assert.ok(height("child") < height("wheelchair") && height("wheelchair") < height() - 50);
  assert.ok(height("tall") > height() + 50);
});

Deno.test("presence: eyes stay closed, the face turned away, where that is the manner", () => {
  assert.equal(looking({ manner: "eyes-closed" }).scene(at(5)).expression.blink, 1);
  assert.ok(Math.abs(looking({ manner: "looks-away" }).scene(at(5)).head.yaw_deg) > 25);
});

Deno.test("presence: a companion looks over the visitor's shoulder", () => {
  const { companion, head } = looking({ companion: 77 }).scene(at(5));
  assert.equal(companion?.subject.person, 77);
  assert.ok((companion?.head.distance_mm ?? 0) > head.distance_mm + 100);
});

Deno.test("presence: what plays on a screen moves, what is printed does not", () => {
  const shown = (species: "tablet-video" | "glossy-print") => {
    const somebody = presence({}, { species, instrument: 5001 });
    somebody.comes(at(0));
    return somebody.scene(at(4)).attack?.shown;
  };
  assert.notEqual(shown("tablet-video"), undefined);
  assert.equal(shown("glossy-print"), undefined);
});
