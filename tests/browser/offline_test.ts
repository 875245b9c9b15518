/** One HTML file each: opened from `file://`, offline, with every request refused. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import {
  HOME,
  pathOf,
  readProfile,
  readScenario,
  scenarioNames,
} from "../../sim/adapters/files.ts";
import { portsOf } from "../../sim/adapters/ports.ts";
import { newKeys, openSigningKey, packBundle, verifyTrace } from "../../sim/evidence/mod.ts";
import { planOf } from "../../sim/plan/mod.ts";
import { type Trace, traceText } from "../../sim/trace/mod.ts";
import { runPlan } from "../../sim/world/mod.ts";
import { demoPage } from "../../ui/offline/demo_verb.ts";
import { reportPage, runOf } from "../../ui/offline/report_verb.ts";
import { barriers } from "./axe.ts";
import { closePages, hasChromium, theBrowser } from "./browser.ts";
import { screenshot } from "./dashboard_page.ts";
import { theModels } from "./real_page.ts";

const ignore = !hasChromium;

async function returningCustomer(seed: number) {
  const file = pathOf(new URL("scenarios/returning-customer.yaml", HOME));
  const scenario = await readScenario(file);
  return planOf(scenario, seed, await readProfile(scenario.machine, file));
}

/** Opens the page from a file in a browser that is offline; whatever it asks for is a complaint. */
async function fromFile(
  html: string,
  use: (page: Page, complaints: string[], url: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const url = `file://${folder}/page.html`;
  await Deno.writeTextFile(`${folder}/page.html`, html);
  const browser = await theBrowser();
  try {
    const context = await browser.newContext({
      offline: true,
      viewport: { width: 1280, height: 800 },
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    // The whole twin starts in the page: on a busy machine that takes a while.
    page.setDefaultTimeout(600_000);
    const complaints: string[] = [];
    await page.route("**", (route) => {
      const asked = route.request().url();
      if (asked.startsWith(url)) return route.continue();
      complaints.push(`asks for ${asked}`);
      return route.abort();
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    await page.goto(`${url}#lang=en`);
    await use(page, complaints, url);
  } finally {
    await closePages(browser);
    await Deno.remove(folder, { recursive: true });
  }
}

/** Plays to the end, and looks at the pictures of each look on the way: how many hashes were right. */
async function playAndCheck(page: Page): Promise<void> {
  await page.selectOption(".speed select", "10");
  await page.click('[data-icon="play"]');
  await page.waitForSelector('[data-panel="camera"] .badge[data-tone="good"]');
  await page.waitForFunction(() => {
    const [now, end] = [...document.querySelectorAll(".clock > *")].map((one) => one.textContent);
    return end?.includes(now ?? "?");
  });
  await page.waitForSelector('[data-panel="camera"] .badge[data-tone="good"]');
  assert.equal(await page.locator('[data-panel="camera"] .badge[data-tone="bad"]').count(), 0);
}

/** A bundle as `evidence pack` makes it, from somebody with a key of their own. */
async function signedBundle(trace: Trace): Promise<Uint8Array> {
  const key = await openSigningKey((await newKeys()).private_pem);
  assert.ok(key !== null);
  return await packBundle([{ name: "visit", text: traceText(trace), trace }], "{}", key);
}

/** A file let go over the page, as from a USB stick. */
async function dropped(page: Page, bytes: Uint8Array, name: string): Promise<void> {
  await page.evaluate(([base64, name]) => {
    const files = new DataTransfer();
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    files.items.add(new File([bytes], name));
    const drop = new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true });
    document.body.dispatchEvent(drop);
  }, [bytes.toBase64(), name] as const);
}

/** A run with what a report of it is made of. */
async function runToReport() {
  const ports = portsOf(await theModels());
  const plan = await returningCustomer(5);
  const { trace } = await runPlan(plan, ports);
  const text = traceText(trace);
  const checks = await verifyTrace(text, () => Promise.resolve(ports));
  const run = await runOf(trace, plan, checks, ports);
  return { ports, plan, trace, text, checks, run };
}

let reported: ReturnType<typeof runToReport> | undefined;

/** The one run that every report here is of. */
function theRun(): ReturnType<typeof runToReport> {
  return reported ??= runToReport();
}

/** Forks where the run stands, by a wrong digit, and sees both runs side by side. */
async function forkAndCompare(page: Page): Promise<void> {
  await page.click('[data-icon="first"]');
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("f");
  await page.click('[data-change="slip"]');
  await page.click(".fork .primary");
  await page.waitForSelector('.compare .outcome[data-outcome="served"]');
  await page.waitForSelector('[data-kept="kept"]');
  assert.equal(await page.locator('.log [data-parted="true"]').count(), 2);
}

Deno.test(
  { name: "report: plays and forks from file:// with the network off, and proves itself", ignore },
  async () => {
    const { ports, plan, trace, text, checks, run } = await theRun();
    const html = await reportPage(text, plan, run, checks, ports);
    assert.ok(html.length < 20_000_000, `${html.length} bytes`);
    await fromFile(html, async (page, complaints, url) => {
      await page.waitForSelector(".stage");
      assert.equal(await page.locator('.verification [data-verdict="proven"]').count(), 5);
      await page.click('[data-deed="verify-again"]');
      await page.waitForFunction(
        () => document.querySelectorAll('.verification-again [data-verdict="proven"]').length === 5,
      );
      assert.match(
        await page.textContent('.verification-again [data-check="resimulation"]') ?? "",
        new RegExp(trace.end.root),
      );
      await playAndCheck(page);
      for (const language of ["bo", "zh", "en"]) {
        await page.click(`.languages [lang=${language}]`);
        await screenshot(page, `report-${language}`);
      }
      assert.deepEqual(await barriers(page), []);
      await page.emulateMedia({ media: "print" });
      assert.ok(await page.isVisible(".report-sheet .sheet-facts"), "the sheet is on paper");
      assert.equal(await page.isVisible(".transport"), false);
      await screenshot(page, "report-print", "page");
      await page.emulateMedia({ media: "screen" });
      await forkAndCompare(page);
      await screenshot(page, "report-fork", "page");
      await page.click(".bar-home");
      await page.waitForSelector(".verification");
      await page.goto(`${url}#page=play&run=${run.id}&t=3000&lang=bo`);
      await page.waitForSelector("[data-live]");
      await page.click('[data-deed="leave"]');
      assert.deepEqual(complaints, []);
    });
  },
);

Deno.test(
  { name: "report: a frame that is not the trace's is shown as such", ignore },
  async () => {
    const { ports, plan, trace, run } = await theRun();
    const { forged } = await import("../sim/damages.ts");
    const text = forged(
      trace,
      (body) => body.type === "frame" ? { ...body, nir: `sha256:${"0".repeat(64)}` } : body,
    );
    const checks = [{ name: "resimulation", ok: false, evidence: "line 7 differs" }] as const;
    const html = await reportPage(text, plan, { ...run, id: "ab" }, checks, ports);
    await fromFile(html, async (page) => {
      await page.waitForSelector('.verification [data-verdict="refused"]');
      await page.click('[data-icon="last"]');
      await page.waitForSelector('[data-panel="camera"] .badge[data-tone="bad"]');
      await page.click('[data-deed="verify-again"]');
      await page.waitForSelector(
        '.verification-again [data-check="resimulation"][data-verdict="refused"]',
      );
    });
  },
);

Deno.test(
  { name: "demo: the whole twin runs from file:// with the network off", ignore },
  async () => {
    const ports = portsOf(await theModels());
    const here = await runPlan(await returningCustomer(1), ports);
    const elsewhere = await signedBundle((await runPlan(await returningCustomer(2), ports)).trace);
    await fromFile(await demoPage(), async (page, complaints, url) => {
      await page.waitForSelector('[data-scenario="returning-customer"]');
      assert.equal(
        await page.locator("[data-scenario]").count(),
        (await scenarioNames()).length,
      );
      for (const language of ["bo", "zh", "en"]) {
        await page.click(`.languages [lang=${language}]`);
        await screenshot(page, `demo-${language}`, "page");
      }
      await page.click('[data-scenario="returning-customer"] .primary');
      await page.waitForSelector(".stage");
      assert.equal(await page.getAttribute(".result code", "title"), here.trace.end.root);
      await playAndCheck(page);

      await page.click('.bar-pages a[href*="page=audit"]');
      await page.click(".audit-table a");
      await page.click(".audit-verification .primary");
      await page.waitForFunction(
        () => document.querySelectorAll('[data-verdict="proven"]').length === 5,
      );
      assert.deepEqual(await barriers(page), []);
      await dropped(page, elsewhere.subarray(0, 900), "half.zip");
      await page.waitForSelector(".drop-problem");
      await dropped(page, elsewhere, "visit.zip");
      await page.waitForFunction(() =>
        /Seed 2/.test(document.querySelector(".sheet")?.textContent ?? "")
      );
      await page.click(".audit-verification .primary");
      await page.waitForFunction(
        () => document.querySelectorAll('[data-verdict="proven"]').length === 5,
      );
      await screenshot(page, "demo-bundle-dropped", "page");
      await page.click('.bar-pages a[href*="page=teach"]');
      await page.click('[data-story="returning-customer"] .primary');
      await page.waitForSelector(".show");
      await page.keyboard.press("ArrowRight");
      await screenshot(page, "demo-lesson-en");

      await page.goto(`${url}#run=${here.trace.end.root.slice(0, 16)}&t=1000&lang=en`);
      await page.waitForSelector(".stage");
      await page.keyboard.press("f");
      await page.click('[data-change="slip"]');
      await page.click(".fork .primary");
      await page.waitForSelector(".compare");
      await page.waitForSelector('[data-kept="kept"]');
      await page.goto(`${url}#page=play&scenario=first-use&lang=bo`);
      await page.click('[data-deed="stand"]');
      await page.waitForSelector('[data-panel="hands"] .badge[data-tone="good"]');
      await screenshot(page, "demo-play-bo");

      await page.goto(`${url}#page=edit&scenario=returning-customer&lang=bo`);
      await page.waitForSelector(".cm-content");
      await page.click(".edit-deeds .primary");
      await page.waitForSelector('.edit-seen[data-ok="true"]');
      await screenshot(page, "demo-edit-bo");
      await page.click('.bar-pages a[href*="page=campaign"]');
      await page.fill('.campaign-order input[max="5000"]', "2");
      await page.click(".campaign-order .primary");
      await page.waitForSelector('.campaign-facts[data-broken="0"]');
      assert.deepEqual(complaints, []);
    });
  },
);
