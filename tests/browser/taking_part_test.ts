/** The developer's way with hands: fork a run, be the customer, and see that what was done replays. */
import assert from "node:assert/strict";
import type { Dialog, Page } from "playwright-core";
import { textOf } from "../../core/locale/mod.ts";
import { hasChromium, theBrowser } from "./browser.ts";
import { cutTexts, runScenario, screenshot, withDashboard } from "./dashboard_page.ts";
import { withRealDashboard } from "./real_page.ts";

const ignore = !hasChromium;
/** The twin opens and runs on whatever processor is left: patience, not a measurement. */
const PATIENCE = { timeout: 120_000 };

function isOn(page: Page, name: string) {
  return page.waitForSelector(`.screen[data-page="${name}"]`, PATIENCE);
}

/** What the server's own run of the same plan came to. */
async function kept(page: Page): Promise<string | null> {
  await page.waitForSelector('[data-kept]:not([data-kept="keeping"])', PATIENCE);
  return await page.getAttribute("[data-kept]", "data-kept");
}

Deno.test(
  { name: "fork: with the keyboard alone, in Chinese, to two runs side by side", ignore },
  async () => {
    await withRealDashboard(async ({ open, complaints }) => {
      const page = await open("#lang=zh");
      await page.waitForSelector(".card h2");
      await page.focus('[data-scenario="returning-customer"] .primary');
      await page.keyboard.press("Enter");
      await page.waitForSelector(".stage", PATIENCE);
      await page.keyboard.press("End");
      for (let second = 0; second < 13; second++) await page.keyboard.press("Shift+ArrowLeft");
      await page.keyboard.press("f");
      await page.waitForSelector(".fork");
      await page.keyboard.press("ArrowDown");
      assert.equal(await page.locator(".fork :checked").getAttribute("value"), "slip");
      await screenshot(page, "fork-zh-light-1280");
      await page.keyboard.press("Enter");
      await page.waitForSelector(".compare", PATIENCE);
      assert.equal(await kept(page), "kept");
      await page.keyboard.press("d");
      const said = await page.textContent(".parting") ?? "";
      assert.match(said, new RegExp(textOf("zh", "compare-parting")));
      assert.equal(await page.locator('.log [data-parted="true"]').count(), 2);
      const letters = await page.locator(".compare-head").allTextContents();
      assert.match(letters[0] ?? "", new RegExp(textOf("zh", "outcome-served")));
      assert.doesNotMatch(letters[1] ?? "", new RegExp(textOf("zh", "outcome-served")));
      assert.ok(await page.locator(".changes tbody tr").count() > 0);
      assert.deepEqual(await cutTexts(page), []);
      await screenshot(page, "compare-zh-light-1280", "page");
      const linked = page.url();
      await page.reload();
      await page.waitForSelector(".compare", PATIENCE);
      assert.equal(page.url(), linked);
      assert.deepEqual(complaints, []);
    });
  },
);

Deno.test(
  {
    name: "play: a withdrawal by hand, in Tibetan, is served and replays to the same root",
    ignore,
  },
  async () => {
    await withRealDashboard(async ({ open, complaints }) => {
      const page = await open("#page=play&scenario=first-use&seed=4&lang=bo");
      await page.waitForSelector(".stage", PATIENCE);
      await screenshot(page, "play-bo-light-1280");
      await page.click('[data-deed="stand"]');
      await page.click('.screen button[data-control="language_bo"]');
      await page.waitForSelector('.screen[lang="bo"]', PATIENCE);
      await page.click('.screen button[data-control="first_use"]');
      await isOn(page, "consent");
      await page.click('.screen button[data-control="agree"]');
      await isOn(page, "enter_number");
      await page.waitForSelector('[data-panel="camera"] .badge[data-tone="good"]', PATIENCE);
      await page.click('[data-deed="type-phone"]');
      await isOn(page, "enter_pin");
      const pin = await page.textContent(".knowledge div:last-child code") ?? "";
      assert.match(pin, /^\d{6}$/);
      for (const digit of pin) await page.keyboard.press(digit);
      await page.keyboard.press("Enter");
      await isOn(page, "choose_service");
      // Not the newest: that one begins anew when the next comes, and one may come at any time.
      const message = await page.waitForSelector(".messages li + li details");
      const isOpen = () => message.getAttribute("open");
      const before = await isOpen();
      await (await message.waitForSelector("summary")).press("Enter");
      assert.notEqual(await isOpen(), before, "Enter opens and closes a message");
      await page.click('.screen button[data-control="withdraw"]');
      await isOn(page, "choose_amount");
      await page.click('.screen button[data-control="amount_500"]');
      await page.click('[data-deed="take-cash"]', PATIENCE);
      await screenshot(page, "play-bo-light-1280-whole", "page");
      assert.deepEqual(await cutTexts(page), []);
      await page.click('[data-deed="end"]');
      await page.waitForSelector(".transport", PATIENCE);
      assert.equal(await page.getAttribute(".result .outcome", "data-outcome"), "served");
      assert.equal(await kept(page), "kept");
      assert.deepEqual(complaints, []);
    });
  },
);

Deno.test(
  { name: "play: hands take over a run, hold up a photo, and are refused", ignore },
  async () => {
    await withRealDashboard(async ({ open, complaints }) => {
      const page = await open("#lang=en", { width: 820, height: 1180, scheme: "dark" });
      await page.waitForSelector(".card h2");
      await runScenario(page, "returning-customer");
      await page.keyboard.press("Home");
      await page.keyboard.press("Shift+ArrowRight");
      await page.click('[data-deed="fork"]');
      await page.click('[data-change="by_hand"]');
      await page.click(".fork .primary");
      await page.waitForSelector("[data-live]", PATIENCE);
      await page.selectOption(".stand-choice label:nth-child(3) select", "printed-photo");
      await page.click('[data-deed="stand"]');
      await page.click('.screen button[data-control="face"]');
      await page.waitForSelector('[data-panel="face"] .badge[data-tone="bad"]', PATIENCE);
      await screenshot(page, "play-en-dark-820");
      await page.click('[data-deed="leave"]');
      await page.click('[data-deed="end"]');
      await page.waitForSelector(".transport", PATIENCE);
      assert.notEqual(await page.getAttribute(".result .outcome", "data-outcome"), "served");
      assert.equal(await kept(page), "kept");
      assert.deepEqual(complaints, []);
    });
  },
);

Deno.test(
  {
    name: "play: who has taken over a run can reload, also where that run is kept no more",
    ignore,
  },
  async () => {
    await withRealDashboard(async ({ open }) => {
      const page = await open("#lang=en");
      await page.waitForSelector(".card h2");
      await runScenario(page, "spoof-printed-photo");
      await page.keyboard.press("Shift+ArrowRight");
      await page.keyboard.press("f");
      await page.click('[data-change="by_hand"]');
      await page.click(".fork .primary");
      await page.waitForSelector("[data-live]", PATIENCE);
      const gone = { status: 404, json: { status: 404, detail: "no such run" } };
      await page.route(/\/api\/runs\/[0-9a-f]+$/, (route) => route.fulfill(gone));
      await page.reload();
      await page.waitForSelector("[data-live], .failure", PATIENCE);
      assert.equal(await page.locator(".failure").count(), 0);
    });
  },
);

Deno.test(
  { name: "play: a link beyond the end takes over at the end, one to nothing says so", ignore },
  async () => {
    await withRealDashboard(async ({ open }) => {
      const page = await open("#lang=en");
      await page.waitForSelector(".card h2");
      await runScenario(page, "spoof-printed-photo");
      const run = /run=([0-9a-f]+)/.exec(page.url())?.[1] ?? "";
      const goTo = (hash: string) => page.evaluate((hash) => void (location.hash = hash), hash);
      await goTo(`page=play&run=${run}&t=99999999&lang=en`);
      await page.waitForSelector("[data-live]", PATIENCE);
      for (const name of ["play", "handout"]) {
        await goTo(`page=${name}&scenario=not-here&lang=en`);
        await page.waitForSelector('.failure:has-text("not-here")', PATIENCE);
        assert.match(await page.textContent(".failure") ?? "", /there is no scenario/);
      }
    });
  },
);

/** The list of what may stand here: by itself, or asked for until the schema has been read. */
async function completions(page: Page): Promise<void> {
  for (let asked = 0; asked < 24; asked++) {
    const shown = page.waitForSelector(".cm-tooltip-autocomplete li", { timeout: 5_000 });
    if (await shown.then(() => true, () => false)) return;
    await page.keyboard.press("Control+Space");
  }
  assert.fail("nothing is offered to complete");
}

Deno.test(
  {
    name: "editor: completes from the schema, shows a problem in place, runs and lets watch",
    ignore,
  },
  async () => {
    await withRealDashboard(async ({ open, complaints }) => {
      const page = await open("#page=edit&scenario=returning-customer&lang=en");
      await page.waitForSelector(".cm-content", PATIENCE);
      await page.waitForSelector('.edit .badge[data-tone="good"]', PATIENCE);
      await page.click(".cm-content");
      await page.keyboard.press("Control+End");
      await page.keyboard.type("faults:\n- { id: ");
      await completions(page);
      await page.waitForSelector('.edit .badge[data-tone="bad"]', PATIENCE);
      assert.ok(await page.locator(".cm-lint-marker-error").count() > 0);
      await page.keyboard.press("Escape");
      await page.keyboard.type("D8, when: { command: CashDispenser.Dispense } }");
      // The way out for who has no mouse, as the page says it.
      assert.match(await page.textContent(".edit-head") ?? "", /Esc, then Tab/);
      await page.keyboard.press("Escape");
      await page.waitForSelector('.edit .badge[data-tone="good"]', PATIENCE);
      const focused = () => page.evaluate(() => document.activeElement?.className);
      assert.equal(await focused(), "edit-code");
      await page.keyboard.press("Escape");
      await page.keyboard.press("Tab");
      assert.notEqual(await focused(), "edit-code");
      await page.click(".edit-deeds .primary");
      await page.waitForSelector(".edit-seen", PATIENCE);
      assert.equal(await page.getAttribute(".edit-seen", "data-ok"), "false");
      await screenshot(page, "edit-en-light-1280");
      await page.click('[data-deed="watch"]');
      await page.waitForSelector(".transport", PATIENCE);
      assert.equal(await kept(page), "kept");
      const saved = page.waitForEvent("download");
      await page.click(".menu summary");
      await page.click('[data-export="perfetto"]');
      assert.match((await saved).suggestedFilename(), /\.perfetto\.json$/);
      assert.deepEqual(complaints, []);
    });
  },
);

Deno.test(
  { name: "editor: a machine that is none is told by name, whatever it is called", ignore },
  async () => {
    await withRealDashboard(async ({ open, complaints }) => {
      const page = await open("#page=edit&scenario=returning-customer&lang=en");
      await page.waitForSelector(".cm-content", PATIENCE);
      await page.click('.cm-line:has-text("machine: ")');
      await page.keyboard.press("End");
      for (const _letter of "lhasa-lobby") await page.keyboard.press("Backspace");
      await page.keyboard.type("constructor");
      await page.keyboard.press("Escape");
      await page.waitForSelector('.edit .badge[data-tone="good"]', PATIENCE);
      await page.click(".edit-deeds .primary");
      const told = await page.waitForSelector(".edit-side [role=alert]", PATIENCE);
      assert.match(await told.textContent() ?? "", /there is no machine constructor; use one of: /);
      assert.deepEqual(complaints, []);
    });
  },
);

/** A page in the editor, among pages that keep what it keeps. */
async function openEditor(url: string, beside?: Page): Promise<Page> {
  const context = beside?.context() ?? await (await theBrowser()).newContext();
  const page = await context.newPage();
  await page.goto(`${url}#page=edit&scenario=returning-customer&lang=en`);
  await page.waitForSelector(".cm-content");
  return page;
}

/** What the browser asks when the tab is closed. */
async function askedBeforeClosing(page: Page): Promise<Dialog> {
  const [dialog] = await Promise.all([
    page.waitForEvent("dialog"),
    page.close({ runBeforeUnload: true }),
  ]);
  return dialog;
}

async function writeMine(page: Page): Promise<void> {
  await page.click(".cm-content");
  await page.keyboard.press("Control+End");
  await page.keyboard.type("# mine");
  await page.waitForSelector('.cm-content:has-text("# mine")');
}

Deno.test(
  { name: "editor: what was written is there again, whatever was looked at or closed", ignore },
  async () => {
    await withDashboard(async ({ url }) => {
      const page = await openEditor(url);
      await writeMine(page);
      await page.selectOption(".edit-head select", "first-use");
      await page.waitForSelector('.cm-content:has-text("id: first-use")');
      await page.selectOption(".edit-head select", "returning-customer");
      await page.waitForSelector('.cm-content:has-text("# mine")');
      await page.click('[data-deed="start-over"]');
      await page.waitForSelector('.cm-content:not(:has-text("# mine"))');
      assert.equal(await page.locator('[data-deed="start-over"]').count(), 0);
      await page.click(".cm-content");
      await page.keyboard.press("Control+Z");
      await page.waitForSelector('.cm-content:has-text("# mine")');
      const next = await openEditor(url, page);
      await page.close({ runBeforeUnload: true });
      await next.waitForSelector('.cm-content:has-text("# mine")');
    });
  },
);

Deno.test(
  { name: "editor: where nothing can be kept, the browser asks before it is lost", ignore },
  async () => {
    await withDashboard(async ({ url }) => {
      const page = await openEditor(url);
      await page.evaluate(() => {
        Storage.prototype.setItem = () => {
          throw new DOMException("Full.", "QuotaExceededError");
        };
      });
      await writeMine(page);
      await page.click(".brand");
      await page.waitForSelector(".card h2");
      const dialog = await askedBeforeClosing(page);
      assert.equal(dialog.type(), "beforeunload");
      await dialog.dismiss();
      await page.goBack();
      await page.waitForSelector('.cm-content:has-text("# mine")');
    });
  },
);

Deno.test(
  { name: "editor: no tab writes over what another has kept, and neither is lost unasked", ignore },
  async () => {
    await withDashboard(async ({ url }) => {
      const page = await openEditor(url);
      const other = await openEditor(url, page);
      await writeMine(other);
      await other.close({ runBeforeUnload: true });
      await page.click(".cm-content");
      await page.keyboard.type("# another");
      await page.waitForSelector('.cm-content:has-text("# another")');
      const next = await openEditor(url, page);
      const dialog = await askedBeforeClosing(page);
      await dialog.accept();
      await next.waitForSelector('.cm-content:has-text("# mine")');
    });
  },
);
