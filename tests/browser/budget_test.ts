/**
 * What the dashboard weighs, and how quickly it answers: sizes are held; times are measured and printed,
 * because they are of whatever processor is left.
 */
import assert from "node:assert/strict";
import { gzipSync } from "fflate";
import { readTrace } from "../../sim/trace/mod.ts";
import { Replay } from "../../ui/app/replay/mod.ts";
import { STATIC_DIR, upToDateBundle } from "../../ui/bundle.ts";
import { hasChromium } from "./browser.ts";
import { runScenario, withDashboard } from "./dashboard_page.ts";
import { sampleTrace } from "../ui/sample.ts";

const ignore = !hasChromium;
/** Of the app with its styles, without fonts. */
const APP_MAX_BYTES = 120_000;
/** Lines that one seek may fold: what keeps it under 50 ms. */
const FOLDED_MAX = 63;

/** A script and everything it imports before it runs. */
async function withImports(name: string, seen = new Set<string>()): Promise<Set<string>> {
  if (seen.has(name)) return seen;
  seen.add(name);
  const text = await Deno.readTextFile(`${STATIC_DIR}/build/${name}`);
  for (const [, imported = ""] of text.matchAll(/(?:from|import)"\.\/([^"]+\.js)"/g)) {
    await withImports(imported, seen);
  }
  return seen;
}

Deno.test("budget: the app is at most 120 kB gzip, styles included", async () => {
  await upToDateBundle();
  const page = await Deno.readTextFile(`${STATIC_DIR}/index.html`);
  const styles = [...page.matchAll(/href="\/assets\/([\w/]+\.css)"/g)].map(([, name]) => name!);
  const first = await withImports("main.js");
  const scripts = [...first].map((name) => `build/${name}`);
  const sizes = await Promise.all([...scripts, ...styles].map(async (name) => {
    return gzipSync(await Deno.readFile(`${STATIC_DIR}/${name}`)).length;
  }));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const kB = (bytes: number) => (bytes / 1_000).toFixed(1);
  console.log(`what the page loads: ${kB(total)} kB gzip in ${sizes.length} files`);
  const main = await Deno.readTextFile(`${STATIC_DIR}/build/main.js`);
  const stage = /\.\/(run_page-\w+\.js)/.exec(main)?.[1];
  assert.ok(stage !== undefined, "the stage is loaded by the page");
  const more = [...await withImports(stage)].filter((name) => !first.has(name));
  const bytes = await Promise.all(more.map((name) => Deno.readFile(`${STATIC_DIR}/build/${name}`)));
  const staged = bytes.reduce((sum, each) => sum + gzipSync(each).length, 0);
  console.log(`and with the first run on the stage: ${kB(total + staged)} kB`);
  assert.ok(total <= APP_MAX_BYTES, `${total} bytes`);
});

Deno.test("budget: a seek to any moment folds at most 63 lines", () => {
  const reading = readTrace(sampleTrace);
  assert.ok(reading.ok);
  const { trace } = reading;
  let read = 0;
  const counted = new Proxy(trace.lines, {
    get(target, name, receiver) {
      if (name === "slice") {
        return (from: number, to: number) => {
          read = to - from;
          return target.slice(from, to);
        };
      }
      return Reflect.get(target, name, receiver);
    },
  });
  const replay = new Replay({ ...trace, lines: counted });
  for (let n = 0; n <= trace.lines.length; n++) {
    replay.momentAfter(n);
    assert.ok(read <= FOLDED_MAX, `${read} lines for ${n}`);
  }
});

Deno.test({ name: "budget: first paint, seeks and frames are measured", ignore }, async () => {
  await withDashboard(async ({ open, complaints }) => {
    const page = await open("#lang=en");
    await page.waitForSelector(".card h2");
    const painted = await page.evaluate(() =>
      performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? -1
    );
    await runScenario(page, "returning-customer");
    const seeks = await page.evaluate(async () => {
      const times: number[] = [];
      const frame = () => new Promise((resolve) => requestAnimationFrame(() => resolve(0)));
      const track = document.querySelector(".track")!;
      const { left, width, top } = track.getBoundingClientRect();
      for (let i = 0; i < 40; i++) {
        await frame();
        const began = performance.now();
        const clientX = left + width * ((i * 17) % 40) / 40;
        const at = { clientX, clientY: top + 10, buttons: 1, pointerId: 1, bubbles: true };
        track.dispatchEvent(new PointerEvent("pointermove", at));
        await Promise.resolve();
        // What the seek changed is laid out, not only asked for.
        void document.body.offsetHeight;
        times.push(performance.now() - began);
      }
      return times.toSorted((a, b) => a - b);
    });
    await page.keyboard.press("Home");
    await page.keyboard.press(" ");
    const frames = await page.evaluate(() =>
      new Promise<number>((resolve) => {
        let count = 0;
        const began = performance.now();
        requestAnimationFrame(function frame() {
          count++;
          if (performance.now() - began < 2_000) requestAnimationFrame(frame);
          else resolve(1_000 * count / (performance.now() - began));
        });
      })
    );
    const [median = 0, worst = 0] = [seeks[20], seeks.at(-1)];
    console.log(
      `first paint ${painted.toFixed(0)} ms · seek ${median.toFixed(1)} ms median, ` +
        `${worst.toFixed(1)} ms at most of 40 · ${frames.toFixed(0)} frames a second while playing`,
    );
    assert.ok(painted > 0 && frames > 0 && seeks.length === 40);
    assert.deepEqual(complaints, []);
  });
});
