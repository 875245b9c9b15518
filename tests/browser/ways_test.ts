/** Ways that people take through the dashboard while something is slow, refused or elsewhere. */
import { Buffer } from "node:buffer";
import assert from "node:assert/strict";
import { LANGUAGES, textOf } from "../../core/locale/mod.ts";
import "../../core/locale/pages.ts";
import { hasChromium } from "./browser.ts";
import { sampleTrace } from "../ui/sample.ts";
import { cutTexts, goTo, runScenario, screenshot, withDashboard } from "./dashboard_page.ts";

const ignore = !hasChromium;

Deno.test({ name: "editor: shows the text of the scenario that it names", ignore }, async () => {
  await withDashboard(async ({ open, complaints }) => {
    const page = await open("#page=edit&scenario=returning-customer&lang=en");
    const shows = (id: string) => page.waitForSelector(`.cm-content:has-text("id: ${id}")`);
    await shows("returning-customer");
    await goTo(page, "page=edit&scenario=first-use&lang=en");
    await shows("first-use");
    assert.equal(await page.inputValue(".edit-head select"), "first-use");
    await page.click(".cm-content");
    await page.keyboard.press("Control+End");
    await page.keyboard.type("# mine");
    await page.goBack();
    await shows("returning-customer");
    await page.goForward();
    await page.waitForSelector('.cm-content:has-text("# mine")');
    await page.click(".cm-content");
    await page.keyboard.press("Control+End");
    await page.keyboard.type("# more");
    await page.click(".bar .languages [lang=bo]");
    await page.waitForSelector(`.cm-content[aria-label="${textOf("bo", "edit-editor")}"]`);
    await page.click(".cm-content");
    await page.keyboard.press("Control+Z");
    await page.waitForSelector('.cm-content:not(:has-text("# more"))');
    await page.selectOption(".edit-head select", "cassette-jam");
    await shows("cassette-jam");
    assert.deepEqual(complaints, []);
  });
});

Deno.test(
  { name: "shelf: a run that was left does not call its reader back", ignore },
  async () => {
    await withDashboard(async ({ open, complaints }) => {
      const page = await open("#lang=en");
      const asked = Promise.withResolvers<void>();
      const slow = Promise.withResolvers<void>();
      await page.route("**/api/runs", async (route) => {
        if (route.request().method() === "POST") {
          asked.resolve();
          await slow.promise;
        }
        await route.continue();
      });
      await page.click('[data-scenario="first-use"] .primary');
      await asked.promise;
      await page.click('.bar-pages a[href*="page=audit"]');
      await page.waitForSelector(".audit-bring");
      const answered = page.waitForResponse((response) => response.status() === 201);
      slow.resolve();
      await answered;
      await page.waitForTimeout(300);
      assert.match(page.url(), /page=audit/);
      assert.deepEqual(complaints, []);
    });
  },
);

Deno.test(
  { name: "play: what did not come is named, and trying again begins again", ignore },
  async () => {
    await withDashboard(async ({ open }) => {
      const page = await open("#lang=en");
      await page.waitForSelector(".card h2");
      await page.route("**/twin/setting.json", (route) => route.abort());
      await goTo(page, "page=play&scenario=first-use&seed=4&lang=en");
      await page.waitForSelector(".failure");
      assert.match(
        await page.textContent(".failure") ?? "",
        new RegExp(textOf("en", "error-server")),
      );
      const linked = page.url();
      const asked = page.waitForRequest("**/twin/setting.json");
      await page.click(".failure .primary");
      await asked;
      await page.waitForSelector(".failure");
      await page.unroute("**/twin/setting.json");
      await page.click(".failure .primary");
      // The sample's scenario is none: it is the twin that says so now.
      await page.waitForSelector('.failure pre:has-text("title")', { timeout: 120_000 });
      assert.doesNotMatch(await page.textContent(".failure") ?? "", /server/);
      assert.equal(page.url(), linked);
    });
  },
);

Deno.test(
  { name: "page: one whose code does not come says that the server is gone", ignore },
  async () => {
    await withDashboard(async ({ open }) => {
      const page = await open("#lang=zh");
      await page.waitForSelector(".card h2");
      await page.route("**/campaign_page-*.js", (route) => route.abort());
      await goTo(page, "page=campaign&lang=zh");
      await page.waitForSelector(".failure");
      assert.match(
        await page.textContent(".failure") ?? "",
        new RegExp(textOf("zh", "error-server")),
      );
    });
  },
);

Deno.test(
  { name: "stage: a fork or a file whose code does not come says so, and is had later", ignore },
  async () => {
    await withDashboard(async ({ open }) => {
      const page = await open("#lang=en");
      await runScenario(page, "returning-customer");
      const gone = new RegExp(textOf("en", "error-server"));
      for (const code of ["fork_dialog", "chrome_trace"]) {
        await page.route(`**/${code}-*.js`, (route) => route.abort());
      }
      await page.click(".menu summary");
      await page.click('[data-export="perfetto"]');
      assert.match(await page.textContent(".menu [role=alert]") ?? "", gone);
      await page.keyboard.press("f");
      assert.match(await page.textContent("dialog [role=alert]") ?? "", gone);
      await page.keyboard.press("Escape");
      await page.waitForSelector("dialog [role=alert]", { state: "detached" });
      await page.keyboard.press("f");
      await page.waitForSelector("dialog [role=alert]");
      for (const code of ["fork_dialog", "chrome_trace"]) await page.unroute(`**/${code}-*.js`);
      await page.click("dialog .primary");
      await page.waitForSelector(".fork-change");
      await page.keyboard.press("Escape");
      const saved = page.waitForEvent("download");
      await page.click('[data-export="perfetto"]');
      assert.match((await saved).suggestedFilename(), /perfetto\.json$/);
      assert.equal(await page.locator(".menu [role=alert]").count(), 0);
    });
  },
);

Deno.test(
  { name: "stage: a run that plays is forked at the moment at which somebody asked", ignore },
  async () => {
    await withDashboard(async ({ open, complaints }) => {
      const page = await open("#lang=en");
      await runScenario(page, "returning-customer");
      await page.keyboard.press("Space");
      await page.waitForSelector('[data-icon="pause"]');
      await page.keyboard.press("f");
      await page.waitForSelector("#fork-title");
      const asked = await page.textContent("#fork-title");
      await page.waitForTimeout(400);
      assert.equal(await page.textContent("#fork-title"), asked);
      const time = await page.textContent(".clock b") ?? "";
      assert.equal(asked, textOf("en", "fork-title", { time }));
      assert.deepEqual(complaints, []);
    });
  },
);

Deno.test(
  { name: "stage: a moment's link is copied, also in a page that has no clipboard to ask", ignore },
  async () => {
    await withDashboard(async ({ open, complaints }) => {
      const page = await open("#lang=en");
      // As where another computer serves it, without encryption.
      await page.evaluate(() =>
        Object.defineProperty(navigator, "clipboard", { value: undefined })
      );
      await runScenario(page, "returning-customer");
      await page.keyboard.press("End");
      await page.waitForFunction(() => /[#&]n=[1-9]/.test(location.hash));
      await page.click('[data-deed="link"]');
      await page.waitForSelector(`[data-done=true]:has-text("${textOf("en", "time-copied")}")`);
      await page.focus("input[type=search]");
      await page.keyboard.press("Control+V");
      assert.equal(await page.inputValue("input[type=search]"), page.url());
      assert.deepEqual(complaints, []);
    });
  },
);

Deno.test(
  { name: "run: it is called what its plan calls it, edited from the shelf or not", ignore },
  async () => {
    await withDashboard(async ({ open, complaints }) => {
      const page = await open("#lang=zh");
      const onTheShelf = await page.textContent('[data-scenario="returning-customer"] h2');
      const { title } = JSON.parse(sampleTrace.split("\n")[0]!).pinned.plan.scenario;
      assert.notEqual(onTheShelf, title.zh);
      await runScenario(page, "returning-customer");
      assert.equal(await page.textContent(".result h1"), title.zh);
      const run = /run=([0-9a-f]+)/.exec(page.url())?.[1] ?? "";
      await goTo(page, `run=${run}&with=${run}&lang=bo`);
      await page.waitForSelector(".compare-head");
      const heads = await page.locator(".compare-head h2").allTextContents();
      assert.deepEqual(heads, [title.bo, title.bo]);
      await goTo(page, "lang=en");
      await page.waitForSelector(`.runs-title:text-is("${title.en}")`);
      await goTo(page, "page=audit&lang=zh");
      await page.waitForSelector(`.audit-table th a:text-is("${title.zh}")`);
      await goTo(page, `page=audit&run=${run}&lang=bo`);
      await page.waitForSelector(`.sheet h1:text-is("${title.bo}")`);
      // Those that are called the same are told apart, and the keys go through them without leaving.
      for (const scenario of ["first-use", "cassette-jam", "spoof-printed-photo"]) {
        await goTo(page, "lang=en");
        await runScenario(page, scenario);
      }
      const options = page.locator(".compare-with option");
      await options.nth(3).waitFor({ state: "attached" });
      const names = await options.allTextContents();
      assert.deepEqual([names.length, new Set(names).size], [4, 4]);
      await page.focus(".compare-with select");
      await page.keyboard.press("ArrowDown");
      assert.equal(await page.locator(".compare, .loading").count(), 0);
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.waitForSelector(".compare");
      await page.keyboard.press("?");
      const sheet = await page.textContent("dialog.help") ?? "";
      assert.ok(sheet.includes(textOf("en", "compare-parting")));
      assert.ok(!sheet.includes(textOf("en", "help-fork")), "what does nothing here");
      assert.deepEqual(complaints, []);
    });
  },
);

Deno.test(
  { name: "page: a browser that keeps nothing for it shows it all the same", ignore },
  async () => {
    await withDashboard(async ({ open, complaints }) => {
      const page = await open("#lang=en");
      await page.addInitScript(() => {
        for (const name of ["localStorage", "sessionStorage"]) {
          Object.defineProperty(globalThis, name, {
            get: () => {
              throw new DOMException("Access is denied for this document.", "SecurityError");
            },
          });
        }
      });
      await page.reload();
      await page.waitForSelector(".card h2");
      await page.click('.languages button[lang="zh"]');
      await page.waitForSelector('html[lang="zh"]');
      await goTo(page, "page=edit&scenario=first-use&lang=zh");
      await page.waitForSelector('.cm-content:has-text("id: first-use")');
      await page.click(".cm-content");
      await page.keyboard.type("# mine");
      await page.waitForSelector('.cm-content:has-text("# mine")');
      assert.deepEqual(complaints, []);
    });
  },
);

Deno.test({ name: "drop: a good file beside a bad one is seen at once", ignore }, async () => {
  await withDashboard(async ({ open }) => {
    const page = await open("#page=audit&lang=en");
    await page.waitForSelector(".audit-runs .empty");
    await page.evaluate((good) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["nonsense"], "bad.trace.jsonl"));
      dataTransfer.items.add(new File([good], "good.trace.jsonl"));
      dispatchEvent(new DragEvent("drop", { dataTransfer, cancelable: true }));
    }, sampleTrace);
    await page.waitForSelector(".sheet");
    assert.match(await page.textContent(".drop-problem li") ?? "", /^bad\.trace\.jsonl: /);
    await goTo(page, "page=audit&lang=en");
    await page.setInputFiles(".audit-bring input", {
      name: "again.trace.jsonl",
      mimeType: "application/jsonl",
      buffer: Buffer.from(sampleTrace),
    });
    const said = textOf("en", "audit-brought", { fresh: "0", known: "1" });
    await page.waitForSelector(`.audit-brought:text-is("${said}")`);
    await goTo(page, "lang=en");
    await page.waitForSelector('.runs .badge[data-tone="neutral"]');
    const shown = await page.textContent(".runs li") ?? "";
    assert.ok(shown.includes(textOf("en", "result-unjudged")), shown);
  });
});

Deno.test(
  { name: "audit: how many rows the page has is told, and the others can be had", ignore },
  async () => {
    await withDashboard(async ({ open, url, complaints }) => {
      const page = await open("#lang=en");
      await runScenario(page, "returning-customer");
      const { audits: [audit] } = await (await fetch(`${url}api/audits`)).json();
      const audits = Array.from({ length: 620 }, (_, seed) => ({ ...audit, id: `${seed}`, seed }));
      await page.route("**/api/audits", (route) => route.fulfill({ json: { audits } }));
      await goTo(page, "page=audit&lang=en");
      const rows = page.locator(".audit-table tbody tr");
      await rows.first().waitFor();
      const told = (shown: number) => textOf("en", "log-count", { shown: `${shown}`, all: "620" });
      assert.equal(await rows.count(), 500);
      assert.equal(await page.textContent(".audit-filters output"), told(500));
      await page.click(".audit-rest");
      await page.waitForSelector(".audit-rest", { state: "detached" });
      assert.equal(await rows.count(), 620);
      assert.equal(await page.textContent(".audit-filters output"), told(620));
      assert.deepEqual(complaints, []);
    });
  },
);

Deno.test(
  { name: "telephone: a run's page is as wide as the window, in every language", ignore },
  async () => {
    await withDashboard(async ({ open, complaints }) => {
      for (const language of LANGUAGES) {
        const page = await open(`#lang=${language}`, { width: 375, height: 800, scheme: "light" });
        await runScenario(page, "returning-customer");
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.equal(wide, 375, language);
        assert.deepEqual(await cutTexts(page, ".result"), []);
        await screenshot(page, `stage-${language}-light-375`);
        const told = page.locator(".expectations li").first();
        assert.equal(await told.evaluate((li) => li.closest<HTMLElement>("[lang]")?.lang), "en");
        // What is wider than the window is seen with the keys that scroll it.
        await page.press(".chart-view", "ArrowRight");
        await page.waitForFunction(() => document.querySelector(".chart-view")!.scrollLeft > 0);
        assert.equal(await page.textContent(".clock b"), "0:00.000");
        await page.close();
      }
      assert.deepEqual(complaints, []);
    });
  },
);

Deno.test(
  { name: "narrow: the keys and the form for many runs are as wide as 320 pixels", ignore },
  async () => {
    await withDashboard(async ({ open, complaints }) => {
      for (const language of LANGUAGES) {
        const page = await open(`#lang=${language}`, { width: 320, height: 640, scheme: "light" });
        await runScenario(page, "returning-customer");
        await page.keyboard.press("?");
        const help = page.locator("dialog.help[open]");
        const within = () => help.evaluate((help) => [help.scrollWidth, help.clientWidth]);
        const [wide, room] = await within();
        assert.equal(wide, room, `the keys, ${language}`);
        await page.keyboard.press("Escape");
        await page.evaluate((hash) => location.hash = hash, `page=audit&lang=${language}`);
        await page.click("details summary");
        await page.waitForSelector(".audit-batch select");
        const whole = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.equal(whole, 320, `many runs, ${language}`);
        await page.close();
      }
      assert.deepEqual(complaints, []);
    });
  },
);

Deno.test(
  {
    name: "stage: with colours of the reader's own, machine, marks and bars are still seen",
    ignore,
  },
  async () => {
    await withDashboard(async ({ open, complaints }) => {
      const page = await open("#lang=en");
      await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
      await runScenario(page, "returning-customer");
      await page.keyboard.press("End");
      await page.waitForSelector(".meter-fill");
      const colour = (selector: string) =>
        page.$eval(selector, (element) => getComputedStyle(element).backgroundColor);
      for (
        const [seen, on] of [
          [".meter-fill", ".meter-bar"],
          [".track-done", ".track-rail"],
          [".atm-bezel", "body"],
          ['.marker[data-kind="decision"]', ".track-rail"],
        ] as const
      ) assert.notEqual(await colour(seen), await colour(on), seen);
      assert.deepEqual(complaints, []);
    });
  },
);
