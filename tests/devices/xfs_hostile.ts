/** What a hostile client may send, from bytes without sense to messages that are almost right. */
import fc from "fast-check";
import { commands } from "../../core/xfs4iot/mod.ts";
import { JSON_DEPTH_MAX, MESSAGE_BYTES_MAX } from "../../devices/xfs/mod.ts";

const NAMES = Object.keys(commands);
const KEYS = ["__proto__", "constructor", "toString", "payload", "header", "", "\u0000", "༄"];

/** Words that stand in the standard's own payloads, so that some guesses hit. */
const WORDS = [
  "mix1",
  "unit1",
  "rgb",
  "CNY",
  "outCenter",
  "iso4",
  "PINKEY",
  "enter",
  "id1",
  "data",
];
const MEMBERS = [
  ...[
    "denomination",
    "request",
    "service",
    "app",
    "currencies",
    "counts",
    "mix",
    "token",
    "position",
  ],
  ...["activeKeys", "maxLen", "minLen", "camera", "format", "key", "customerData", "requestIds"],
  ...["commands", "events", "storage", "unit1", "cash", "location", "retractArea", "mediaControl"],
  ...["CNY", "one", "enter", "terminate", "data", "mode", "templates", "nonce", "action", "state"],
];

const leaf = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, -1, 0, 1, 1e308, -0, 2 ** 53, 0.1),
  fc.integer(),
  fc.constantFrom(...WORDS, ...NAMES),
  fc.string({ maxLength: 20 }),
);
const member = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...MEMBERS) },
  { weight: 1, arbitrary: fc.constantFrom(...KEYS) },
);
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie("json"), { maxLength: 4 }),
    fc.array(fc.tuple(member, tie("json")), { maxLength: 5 }).map(Object.fromEntries),
  ),
}));

const object = fc.array(fc.tuple(member, json), { maxLength: 5 }).map(Object.fromEntries);

const CASH = { service: { currencies: { CNY: 300 }, mix: "mix1" } };
const KEYPAD = { activeKeys: { one: {}, enter: { terminate: true } } };
const BLOCK = { customerData: "6217001234567890", format: "iso4", key: "PINKEY" };
const TOKEN = "NONCE=AB,TOKENFORMAT=1,TOKENLENGTH=0120,DISPENSE1=300.00CNY,HMACSHA256=" +
  "0".repeat(64);

/** Payloads with nothing wrong in them, for a machine that wants a token with every Dispense. */
const SOUND: Readonly<Record<string, object>> = {
  "Camera.TakePicture": { camera: "rgb" },
  "Keyboard.DataEntry": KEYPAD,
  "Keyboard.PinEntry": { minLen: 4, maxLen: 6, ...KEYPAD },
  "PinPad.GetPinBlock": BLOCK,
  "CashDispenser.Denominate": { request: { denomination: CASH } },
  "CashDispenser.Dispense": { denomination: { denomination: CASH }, token: TOKEN },
  "Printer.PrintNative": { data: "QUJD" },
};

/** An envelope for one of these commands with anything in it, mostly as its schema would have it. */
function envelopeFor(names: readonly string[]): fc.Arbitrary<string> {
  const name = fc.oneof(
    { weight: 30, arbitrary: fc.constantFrom<unknown>(...names) },
    { weight: 5, arbitrary: fc.constantFrom<unknown>(...NAMES) },
    { weight: 1, arbitrary: leaf },
  );
  const rare = <T>(usual: fc.Arbitrary<T>, strange: fc.Arbitrary<unknown>) =>
    fc.oneof<fc.WeightedArbitrary<unknown>[]>(
      { weight: 40, arbitrary: usual },
      { weight: 1, arbitrary: strange },
    );
  return fc.record({
    type: rare(fc.constant("command"), fc.oneof(leaf, fc.constantFrom("event", "completion"))),
    name,
    right: fc.boolean(),
    version: rare(fc.constantFrom("1.0", "2.0", "2.1", "3.0"), leaf),
    requestId: rare(fc.integer({ min: 1, max: 60 }), leaf),
    timeout: rare(fc.constantFrom(undefined, 0, 1, 500, 60_000), leaf),
    sound: fc.boolean(),
    payload: fc.oneof(
      { weight: 8, arbitrary: object as fc.Arbitrary<unknown> },
      { weight: 4, arbitrary: fc.constant<unknown>(undefined) },
      { weight: 1, arbitrary: json },
    ),
  }).map(({ name, right, version, sound, payload, ...header }) => {
    const known = typeof name === "string" ? name : "";
    const spoken = new Map(Object.entries(commands)).get(known as keyof typeof commands)?.version;
    const given = sound ? SOUND[known] ?? {} : {};
    return JSON.stringify({
      header: { ...header, name, version: right ? spoken ?? version : version },
      payload: Object(payload) === payload ? { ...given, ...payload as object } : payload ?? given,
    });
  });
}

/** A text, cut or with one character wrong. */
function broken(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(texts, fc.nat(), fc.string({ maxLength: 1 })).map(([text, at, by]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + by + text.slice(by === "" ? text.length : place + 1);
  });
}

const nonsense = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  json.map((value) => JSON.stringify(value)),
  fc.constantFrom("", "null", "[]", "{}", "\uFEFF{}", '{"header":null}', "\u0000", "NaN", "1e999"),
);

const deep = fc.integer({ min: 1, max: 3 * JSON_DEPTH_MAX }).map((depth) => {
  const payload = '{"a":['.repeat(depth) + "]}".repeat(depth);
  return `{"header":{"type":"command","name":"Common.Status","version":"2.0","requestId":1},` +
    `"payload":${payload}}`;
});
const huge = fc.constantFrom(0.5, 0.99, 1.01, 4)
  .map((share) => JSON.stringify({ x: "x".repeat(share * MESSAGE_BYTES_MAX) }));
/** Many members that nobody knows, each in an object of its own: a whole message of them. */
const strange = fc.constantFrom(1_000, 12_000).map((count) => {
  const keys = Array.from({ length: count }, (_, i) => [`oem${i}`, { x: 1 }]);
  const header = { type: "command", name: "Keyboard.PinEntry", version: "2.0", requestId: 1 };
  const payload = { minLen: 4, activeKeys: Object.fromEntries(keys) };
  return JSON.stringify({ header, payload });
});
const binary = fc.constantFrom<unknown>(new ArrayBuffer(4), new Uint8Array(3), new Blob(["{}"]));

/** A frame, or something else that a client does to its connection. */
export type Hostile =
  | { readonly does: "send"; readonly frame: unknown }
  | { readonly does: "leave" | "stop reading" | "wait" };

/** What somebody hostile does to a service that has these commands. */
export function hostileTo(names: readonly string[]): fc.Arbitrary<Hostile> {
  const envelope = envelopeFor(names);
  return fc.oneof(
    { weight: 60, arbitrary: sends(envelope) },
    { weight: 10, arbitrary: sends(broken(envelope)) },
    { weight: 8, arbitrary: sends(nonsense) },
    { weight: 2, arbitrary: sends(deep) },
    { weight: 1, arbitrary: sends(binary) },
    { weight: 4, arbitrary: fc.constant({ does: "wait" }) },
    { weight: 1, arbitrary: fc.constant({ does: "leave" }) },
    { weight: 1, arbitrary: fc.constant({ does: "stop reading" }) },
  );
}

/** Rare, because it is slow: the size of one is that of a thousand others. */
export const hostileAndHuge: fc.Arbitrary<Hostile> = sends(fc.oneof(huge, strange));

function sends(frame: fc.Arbitrary<unknown>): fc.Arbitrary<Hostile> {
  return frame.map((each) => ({ does: "send", frame: each }));
}
