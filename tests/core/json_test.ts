import fc from "fast-check";
import { equal, throws } from "node:assert/strict";
import { canonicalJson, nameTwice, sameJson } from "../../core/json.ts";

/** The same spelling, as simply as it can be said. */
function spelled(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(spelled)}]`;
  const members = value as Record<string, unknown>;
  const names = Object.keys(members).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${spelled(members[name])}`)}}`;
}

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

Deno.test("json: every value is spelled with JSON.stringify's texts and numbers", () => {
  fc.assert(fc.property(fc.jsonValue(), fc.string({ unit: "binary" }), (value, text) => {
    equal(canonicalJson([value, text]), spelled([value, text]));
  }));
  // A control character, the ends of what stands as it is, halves of pairs in either order.
  for (
    const text of [
      "\0",
      "\x1f",
      " ~\x7f",
      "\ud7ff\ue000\uffff",
      "\ud83d",
      "\udc00\ud800",
      "😀\u2028",
    ]
  ) {
    equal(canonicalJson({ [text]: text }), spelled({ [text]: text }));
  }
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
