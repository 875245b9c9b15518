/** `run`: what it says about a run, and what it writes. */
import assert from "node:assert/strict";
import { TEST_KEY } from "../../sim/adapters/options.ts";
import { again, runVerb, type RunVerbOptions } from "../../sim/adapters/run_verb.ts";

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

Deno.test("run: two scenarios of one id are refused before one trace is written over the other", async () => {
  const folder = await Deno.makeTempDir();
  const first = new URL("../../scenarios/wrong-pin-three-times.yaml", import.meta.url).pathname;
  const second = `${folder}/second.yaml`;
  try {
    await Deno.copyFile(first, second);
    await assert.rejects(runVerb([first, second], { ...USUAL, out: `${folder}/out` }), {
      name: "InputError",
      message: `${second}: id: is wrong-pin-three-times in ${first} too; ` +
        "give it another, or run them apart",
    });
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["second.yaml"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
