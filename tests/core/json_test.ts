import { equal, throws } from "node:assert/strict";
import { canonicalJson, nameTwice, sameJson } from "../../core/json.ts";

const VALUES: readonly unknown[] = [
  null,
  0,
  -0,
  1.5,
  "",
  "1",
  true,
  [],
  [1, 2],
  [2, 1],
  [[]],
  {},
  { a: 1 },
  { a: 1, b: undefined },
  { a: 1, b: null },
  { b: { d: [1], c: "ཀ" }, a: 1 },
  { a: 1, b: { c: "ཀ", d: [1] } },
  { a: 1, b: { c: "ཀ", d: [2] } },
];

Deno.test("json: two values are the same exactly when they are spelled the same", () => {
  for (const a of VALUES) {
    for (const b of VALUES) {
      equal(sameJson(a, b), canonicalJson(a) === canonicalJson(b), `${canonicalJson([a, b])}`);
    }
  }
});

Deno.test("json: keys are sorted, and what is undefined is left out", () => {
  equal(
    canonicalJson({ b: [1, { z: 0, a: "\n" }], B: undefined, a: null }),
    `{"a":null,"b":[1,{"a":"\\n","z":0}]}`,
  );
});

Deno.test("json: a number that is not finite is refused", () => {
  throws(() => canonicalJson({ a: [Infinity] }), RangeError);
});

Deno.test("json: a name that stands twice in one object is found, however it is spelled", () => {
  const once = [
    "{}",
    "[]",
    '"a"',
    '{"a":{"a":1},"b":[{"a":2},{"a":3}]}',
    '{"a":"a","b":"\\"a\\":"}',
  ];
  for (const text of once) equal(nameTwice(text), null, text);
  const twice = [
    '{"a":1,"a":1}',
    '{"a" \n:1,"b":{"c":[]},"\\u0061":2}',
    '[0,{"b":"{","a":"}","a":"]"}]',
    '{"__proto__":1,"a":[],"a":2}',
  ];
  for (const text of twice) equal(nameTwice(text), "a", text);
});
