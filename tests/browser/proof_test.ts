/** The auditor's and the trainer's ways, on the real simulator; how a lesson looks, on the sample. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { LANGUAGES, textOf } from "../../core/locale/mod.ts";
import "../../core/locale/lessons.ts";
import { AUDIT_COLUMNS } from "../../sim/audit/mod.ts";
import { hasChromium } from "./browser.ts";
import { cutTexts, goTo, screenshot, withDashboard } from "./dashboard_page.ts";
import { withRealDashboard } from "./real_page.ts";

const ignore = !hasChromium;

async function text(page: Page, selector: string): Promise<string> {
  return (await page.textContent(selector)) ?? "";
}

async function runMany(page: Page, scenario: string, count: number): Promise<void> {
  await page.selectOption(".audit-batch select", scenario);
  await page.fill(".audit-batch label:nth-of-type(3) input", String(count));
  await page.click(".audit-batch .primary");
}

Deno.test(
  { name: "auditor: runs many, filters, proves one, takes the table away", ignore },
  async () => {
    await withRealDashboard(async ({ open, complaints }) => {
      const page = await open("#page=audit&lang=zh");
      await page.click(".audit-more summary");
      await runMany(page, "spoof-printed-photo", 3);
      const rows = page.locator(".audit-table tbody tr");
      await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 3);
      await runMany(page, "returning-customer", 1);
      await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 4);

      await page.selectOption(".audit-filters label:nth-of-type(3) select", "liveness");
      assert.equal(await rows.count(), 3);
      assert.match(await text(page, ".judged-numbers"), /^0\.\d{3} < 0\.\d{3}$/);
      await page.selectOption(".audit-filters label:nth-of-type(3) select", "");
      await page.fill(".audit-filters input[type=search]", "cash_taken");
      assert.equal(await rows.count(), 1);
      const download = page.waitForEvent("download");
      await page.click(".audit-filters button");
      const csv = await Deno.readTextFile((await (await download).path()) ?? "");
      const [head, only, end] = csv.replace("\ufeff", "").split("\r\n");
      assert.equal(head, AUDIT_COLUMNS.join(","));
      assert.match(only ?? "", /returning-customer,1,.*,500\.00,0\.00,500\.00,0\.00,paid,0,/);
      assert.equal(end, "");

      await page.click(".audit-table a");
      await page.waitForSelector(".sheet");
      assert.match(await text(page, ".sheet-facts"), /\d{6}\*+\d{4}/);
      await page.click(".audit-verification .primary");
      await page.waitForFunction(
        () => document.querySelectorAll('[data-verdict="proven"]').length === 5,
      );
      await screenshot(page, "sheet-proven-zh", "page");
      await page.emulateMedia({ media: "print" });
      await screenshot(page, "sheet-print-zh", "page");
      await page.emulateMedia({ media: "screen" });
      await page.click(".sheet .link");
      await page.waitForSelector(".stage");
      assert.match(page.url(), /run=[0-9a-f]{16}/);
      assert.deepEqual(complaints, []);
    });
  },
);

Deno.test(
  { name: "auditor: long work is cancelled, and a changed trace is refused", ignore },
  async () => {
    await withRealDashboard(async ({ open, complaints }) => {
      const page = await open("#page=audit&lang=en");
      await page.click(".audit-more summary");
      await runMany(page, "wrong-pin-three-times", 200);
      await page.waitForFunction(() => Number(document.querySelector("progress")?.value) >= 1);
      await page.click(".audit-batch .quiet");
      await page.waitForSelector(".audit-batch [role=status]");
      await page.waitForSelector(".audit-table tbody tr");
      const kept = await page.locator(".audit-table tbody tr").count();
      assert.ok(kept >= 1 && kept < 200, `${kept} kept`);
      const trace = await page.evaluate(async () => {
        const { runs } = await (await fetch("/api/runs")).json();
        return await (await fetch(`/api/runs/${runs[0].id}/trace`)).text();
      });
      const changed = trace.replace("pin_refused", "pin_accepted");
      const file = await Deno.makeTempFile({ suffix: ".trace.jsonl" });
      await Deno.writeTextFile(file, changed);
      await page.setInputFiles(".audit-bring input", file);
      await page.waitForSelector(".audit-problem");
      assert.match(await text(page, ".audit-problem"), /line \d+/);
      await Deno.remove(file);
      assert.deepEqual(complaints.filter((one) => !one.includes("422")), []);
    });
  },
);

Deno.test({ name: "trainer: a lesson by keyboard alone, in every language", ignore }, async () => {
  await withRealDashboard(async ({ open, complaints }) => {
    const page = await open("#page=teach&lang=bo");
    await page.waitForSelector("[data-story]");
    // To the story's button, as somebody without a mouse gets there.
    const story = () => page.evaluate(() => document.activeElement?.closest("li")?.dataset.story);
    for (let tab = 0; tab < 80 && await story() !== "returning-customer"; tab++) {
      await page.keyboard.press("Tab");
    }
    assert.equal(await story(), "returning-customer");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".show");
    const step = async () => (await page.getAttribute(".show-words", "data-step")) ?? "";
    assert.equal(await step(), "welcome");
    const seen = new Set<string>();
    const count = await page.$eval(".show progress", (bar) => (bar as HTMLProgressElement).max);
    for (let place = 2; place <= count; place++) {
      await page.keyboard.press(place % 2 === 0 ? "ArrowRight" : "PageDown");
      await page.waitForFunction(
        (place) => document.querySelector<HTMLProgressElement>(".show progress")?.value === place,
        place,
      );
      seen.add(await step());
      assert.deepEqual(await cutTexts(page, ".show"), []);
    }
    const told = ["look", "judging", "pin", "cash", "goodbye"];
    assert.deepEqual(told.filter((kind) => !seen.has(kind)), [], [...seen].join(", "));
    await page.keyboard.press("PageUp");
    await page.keyboard.press("Space");
    await page.waitForSelector(".show-questions");
    await screenshot(page, "lesson-questions-bo");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    assert.ok(
      await page.evaluate(() => document.activeElement?.closest(".show > footer") === null),
    );
    await page.focus(".show-questions button");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".show-questions", { state: "detached" });
    assert.equal(await page.evaluate(() => document.activeElement?.localName), "h1");
    const kind = await step();
    assert.notEqual(kind, "goodbye", "a step back");
    for (const [key, language] of [["2", "zh"], ["3", "en"], ["1", "bo"]] as const) {
      await page.keyboard.press(key);
      await page.waitForFunction((lang) => document.documentElement.lang === lang, language);
      assert.equal(await step(), kind, "the same step");
      assert.equal(await text(page, "blockquote"), textOf(language, `teach_say-${kind}`));
      assert.equal(await page.getAttribute(".screen", "lang"), language);
      await screenshot(page, `lesson-${kind}-${language}`);
    }
    await page.keyboard.press("Escape");
    await page.waitForSelector(".stories");
    assert.deepEqual(complaints, []);
  });
});

Deno.test(
  {
    name: "trainer: at 200 % there is room for the words, and each step begins at its top",
    ignore,
  },
  async () => {
    await withRealDashboard(async ({ open, complaints }) => {
      const zoomed = { width: 640, height: 400, scheme: "light" } as const;
      const page = await open("#page=teach&scenario=returning-customer&n=4&lang=bo", zoomed);
      await page.waitForSelector(".show");
      const words = page.locator(".show-words");
      assert.ok(await words.evaluate(({ clientHeight }) => clientHeight) >= 200);
      const top = () => words.evaluate(({ scrollTop }) => scrollTop);
      await words.evaluate((words) => words.scrollTo(0, words.scrollHeight));
      assert.ok(await top() > 0, "the step is longer than its room");
      await page.keyboard.press("ArrowRight");
      await page.waitForFunction(() =>
        document.querySelector<HTMLProgressElement>(".show progress")?.value === 5
      );
      assert.equal(await top(), 0);
      for (const deed of await page.locator(".show-controls button").all()) {
        await deed.scrollIntoViewIfNeeded();
        assert.ok(await deed.isVisible());
      }
      await screenshot(page, "lesson-zoomed-bo");
      assert.deepEqual(complaints, []);
    });
  },
);

Deno.test({ name: "trainer: a hand quicker than the screen loses no step", ignore }, async () => {
  await withRealDashboard(async ({ open }) => {
    const page = await open("#page=teach&scenario=returning-customer&lang=en");
    await page.waitForSelector(".show");
    const places = await page.evaluate(async () => {
      const place = () => document.querySelector<HTMLProgressElement>(".show progress")?.value ?? 0;
      const seen = [place()];
      for (let press = 1; press <= 5; press++) {
        dispatchEvent(new KeyboardEvent("keydown", { key: "PageDown", cancelable: true }));
        // The page follows before it is next painted, and so does the next press.
        for (let turn = 0; turn < 20; turn++) await Promise.resolve();
        seen.push(place());
      }
      return seen;
    });
    assert.deepEqual(places, [1, 2, 3, 4, 5, 6]);
  });
});

Deno.test(
  { name: "trainer: a handout for paper, and Tibetan digits if wanted", ignore },
  async () => {
    await withRealDashboard(async ({ open, complaints }) => {
      for (const lang of ["bo", "zh", "en"] as const) {
        const page = await open(`#page=handout&scenario=cash-not-taken&lang=${lang}`);
        await page.waitForSelector(".handout tbody tr");
        const steps = await page.locator(".handout tbody tr").count();
        assert.ok(steps > 10);
        assert.match(await text(page, ".handout"), new RegExp(textOf(lang, "teach_say-checked")));
        if (lang === "bo") {
          await page.click(".bar-digits");
          assert.match(await text(page, ".handout-ending"), /[༠-༩]/);
          assert.doesNotMatch(await text(page, ".handout-ending"), /[0-9]/);
        }
        await page.emulateMedia({ media: "print" });
        assert.equal(await page.isVisible(".handout-deeds"), false);
        assert.equal(await page.locator("button:visible").count(), 0, "paper has no buttons");
        await screenshot(page, `handout-print-${lang}`, "page");
        await page.close();
      }
      assert.deepEqual(complaints, []);
    });
  },
);

Deno.test({ name: "lesson: its words grow with the wall they are shown on", ignore }, async () => {
  await withDashboard(async ({ open, complaints }) => {
    for (const language of LANGUAGES) {
      const page = await open(`#page=teach&scenario=first-use&n=2&lang=${language}`);
      const share = (width: number) =>
        page.$eval(
          ".show-words",
          (words, width) => parseFloat(getComputedStyle(words).fontSize) / width,
          width,
        );
      await page.waitForSelector(".show-words");
      const onTheLaptop = await share(1_280);
      await page.setViewportSize({ width: 3_840, height: 2_400 });
      assert.ok(Math.abs(await share(3_840) / onTheLaptop - 1) < 0.01, language);
      assert.deepEqual(await cutTexts(page), []);
      await page.close();
    }
    assert.deepEqual(complaints, []);
  });
});

Deno.test({ name: "lesson: what turns while it is run is round", ignore }, async () => {
  await withDashboard(async ({ open }) => {
    const page = await open("#lang=en");
    await page.waitForSelector(".card h2");
    const slow = Promise.withResolvers<void>();
    await page.route("**/api/runs", async (route) => {
      await slow.promise;
      await route.continue();
    });
    await goTo(page, "page=teach&scenario=first-use&lang=en");
    const box = await (await page.waitForSelector(".loading .spinner")).boundingBox();
    slow.resolve();
    assert.ok(box !== null && box.width > 10);
    assert.equal(box.width, box.height);
  });
});
