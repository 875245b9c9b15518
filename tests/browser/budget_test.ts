/**
 * What the dashboard weighs, and how quickly it answers: sizes are held; times are measured and printed,
 * because they are of whatever processor is left.
 */
import assert from "node:assert/strict";
import { gzipSync } from "fflate";
import type { Page } from "playwright-core";
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

Deno.test("budget: the app with a run on its stage is at most 120 kB gzip, styles included", async () => {
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
  assert.ok(total + staged <= APP_MAX_BYTES, `${total + staged} bytes`);
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

const SEEKS = 40;

/** Seeks as a drag does, and waits until every panel has followed; until the first layout, in ms. */
function seekTo(page: Page, share: number): Promise<number> {
  return page.evaluate(async (share) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => resolve(0)));
    const track = document.querySelector(".track")!;
    const { left, width, top } = track.getBoundingClientRect();
    await frame();
    const began = performance.now();
    const at = { clientX: left + width * share, clientY: top + 10, buttons: 1, bubbles: true };
    track.dispatchEvent(new PointerEvent("pointermove", { ...at, pointerId: 1 }));
    await Promise.resolve();
    // What the seek changed is laid out, not only asked for.
    void document.body.offsetHeight;
    const answered = performance.now() - began;
    const now = () => document.querySelector(".log [data-when=now]")?.getAttribute("data-line");
    const shown = () => document.querySelector("[data-shown]")?.getAttribute("data-shown");
    do await frame(); while (shown() !== (now() ?? "0"));
    await frame();
    return answered;
  }, share);
}

/** How long the page's thread has been on a processor, in ms: what a busy computer does not change. */
async function processorTime(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1_000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0);
  };
}

Deno.test({ name: "budget: first paint, seeks and frames are measured", ignore }, async () => {
  await withDashboard(async ({ open, complaints }) => {
    const page = await open("#lang=en");
    await page.waitForSelector(".card h2");
    const painted = await page.evaluate(() =>
      performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? -1
    );
    await runScenario(page, "returning-customer");
    const busy = await processorTime(page);
    const seeks: { readonly answered: number; readonly all: number }[] = [];
    for (let i = 0; i < SEEKS; i++) {
      const before = await busy();
      const answered = await seekTo(page, ((i * 17) % SEEKS) / SEEKS);
      seeks.push({ answered, all: await busy() - before });
    }
    await page.keyboard.press("Home");
    await page.keyboard.press(" ");
    const before = await busy();
    const frames = await page.evaluate(() =>
      new Promise<{ count: number; ms: number }>((resolve) => {
        let count = 0;
        const began = performance.now();
        requestAnimationFrame(function frame() {
          count++;
          const ms = performance.now() - began;
          if (ms < 2_000) requestAnimationFrame(frame);
          else resolve({ count, ms });
        });
      })
    );
    const a_frame = (await busy() - before) / frames.count;
    const told = (name: "answered" | "all") => {
      const times = seeks.map((seek) => seek[name]).toSorted((a, b) => a - b);
      return `${times[SEEKS / 2]?.toFixed(1)} ms median, ${times.at(-1)?.toFixed(1)} at most`;
    };
    console.log(
      `first paint ${painted.toFixed(0)} ms · of ${SEEKS} seeks: laid out after ${
        told("answered")
      }; the page's processor time until all has followed ${told("all")} · ${
        (1_000 * frames.count / frames.ms).toFixed(0)
      } frames a second while playing, ${a_frame.toFixed(1)} ms of processor each`,
    );
    assert.ok(painted > 0 && frames.count > 0 && a_frame > 0);
    assert.deepEqual(complaints, []);
  });
});
