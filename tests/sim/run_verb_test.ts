/** `run`: what it says about a run, and what it writes. */
import assert from "node:assert/strict";
import { TEST_KEY } from "../../sim/adapters/options.ts";
import { again, type RunVerbOptions } from "../../sim/adapters/run_verb.ts";

const USUAL: RunVerbOptions = {
  seed: 1,
  format: "text",
  cache: true,
  pinKey: TEST_KEY,
  tokenKey: TEST_KEY + TEST_KEY,
  bitmap: "hex",
  encoding: "ascii",
  speed: 1,
};

const AGAIN: readonly (readonly [string, Partial<RunVerbOptions>])[] = [
  ["", {}],
  [" --no-cache --pack theirs", { cache: false, pack: "theirs" }],
  [" --devices ws://h:1 --speed 5", { devices: "ws://h:1", speed: 5 }],
  [" --bank h:2", { bank: "h:2" }],
  [" --bank h:2 --pin-key 0A --token-key 0B --mac-key 0C --bitmap binary --encoding bcd", {
    bank: "h:2",
    pinKey: "0A",
    tokenKey: "0B",
    macKey: "0C",
    bitmap: "binary",
    encoding: "bcd",
  }],
];

Deno.test.each(AGAIN)("run: what repeats a run ends with%s", (more, options) => {
  assert.equal(
    again("a.yaml", { ...USUAL, ...options }),
    `deno run -A main.ts run a.yaml --seed 1${more}`,
  );
});
