import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { formatMoment, LANGUAGES, textOf } from "../../core/locale/mod.ts";
import { hasChromium } from "./browser.ts";

import type { Micros } from "../../core/units.ts";
import { sampleTrace } from "../ui/sample.ts";
import { everyScreen } from "../fixtures/every_screen.ts";
import { cutTexts, GALLERIES, runScenario, screenshot, withDashboard } from "./dashboard_page.ts";

const ignore = !hasChromium;

async function clock(page: Page): Promise<string> {
  return (await page.textContent(".clock b")) ?? "";
}

async function clockIs(page: Page, wanted: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelector(".clock b")?.textContent === wanted,
    wanted,
  );
}

/** What the sample run says of itself, so that the page is held to the trace and not to a number. */
const LINES: readonly Record<string, unknown>[] = sampleTrace.trimEnd().split("\n").slice(1, -1)
  .map((line) => JSON.parse(line));

/** When the first line that contains all these words was written, in µs. */
function whenFirst(...words: readonly string[]): number {
  const line = LINES.find((each) => words.every((word) => JSON.stringify(each).includes(word)));
  assert.ok(line, `the sample has a line with ${words.join(", ")}`);
  return Number(line.t);
}

const END = Number(LINES.at(-1)?.t);
const A_SECOND = 1_000_000;
const FIRST = Math.min(...LINES.map(({ t }) => Number(t)).filter((t) => t > 0));
const PRESENTED = whenFirst("CashManagement.ItemsPresentedEvent");
const NUMBER = whenFirst('"page":"enter_number"');
const PRINTED = whenFirst("Printer.PrintNative", '"type":"completion"');
const LIVENESS = (LINES.find(({ type }) => type === "face_result") as {
  result: { liveness: number };
}).result.liveness;

/** As the clock of the page shows it. */
function shown(us: number): string {
  return formatMoment(us as Micros);
}

/** Waits until the pictures of the moment are rendered and their hashes compared. */
async function pictures(page: Page): Promise<string> {
  await page.waitForSelector('[data-panel="camera"] .badge');
  return (await page.getAttribute('[data-panel="camera"] .badge', "data-tone")) ?? "";
}

Deno.test({ name: "dashboard: a newcomer runs a scenario and watches it", ignore }, async () => {
  await withDashboard(async ({ open, complaints }) => {
    const page = await open("");
    await page.waitForSelector(".card h2");
    // Somebody reads Tibetan in another tab: what they choose there is theirs.
    await page.evaluate(() => localStorage.setItem("language", "bo"));
    await runScenario(page, "returning-customer");
    assert.match(page.url(), /#run=[0-9a-f]{16}/);
    // Who hears the page is told where they are.
    const heading = await page.textContent(".result h1:focus");
    assert.equal(await page.title(), `${heading} · atm-twin`);
    assert.match(await page.textContent(".result") ?? "", /Served/);
    assert.equal(await clock(page), "0:00.000");
    await page.selectOption(".speed select", "10");
    await page.click('[data-icon="play"]');
    await clockIs(page, shown(END));
    await page.waitForSelector('[data-icon="play"]');
    assert.equal(await page.textContent(".stages [data-at=now]"), "Waiting");
    assert.deepEqual(complaints, []);
  });
});

Deno.test({ name: "dashboard: every panel follows the scrubber", ignore }, async () => {
  await withDashboard(async ({ open, complaints }) => {
    const page = await open("#lang=en");
    await runScenario(page, "returning-customer");
    const run = page.url().split("#")[1]!.split("&")[0];
    const at = async (ms: number) => {
      await page.goto("about:blank");
      await page.goto(page.url().startsWith("about") ? `${base}#${run}&t=${ms}&lang=en` : "");
      await page.waitForSelector(".stage");
    };
    const base = page.url().split("#")[0];
    await at(Math.round((NUMBER + A_SECOND) / 1000));
    assert.equal(await page.getAttribute(".screen", "data-page"), "enter_number");
    assert.equal(await page.getAttribute(".keypad", "data-mode"), "data");
    assert.equal(await pictures(page), "good");
    assert.equal(await page.locator(".overlay circle").count(), 5);
    const scores = await page.textContent('[data-panel="face"]') ?? "";
    assert.ok(scores.includes(LIVENESS.toFixed(3)), scores);
    await at(Math.round(PRESENTED / 1000) + 300);
    assert.equal(await page.getAttribute(".cash", "data-cash"), "presented");
    assert.equal(await page.textContent('[data-place="position"] b'), "5");
    assert.match(await page.textContent(".messages [open]") ?? "", /00 · Approved/);
    assert.match(await page.textContent('[data-panel="ledger"]') ?? "", /Withdrawal/);
    assert.match(await page.textContent(".log [data-when=now]") ?? "", /take_cash/);
    await at(Math.round(PRINTED / 1000) + 100);
    assert.equal(await page.getAttribute(".receipt", "data-receipt"), "waiting");
    assert.deepEqual(complaints, []);
  });
});

Deno.test({ name: "dashboard: the keyboard alone moves the scrubber", ignore }, async () => {
  await withDashboard(async ({ open, complaints }) => {
    const page = await open("#lang=en");
    await runScenario(page, "returning-customer");
    const press = (key: string) => page.keyboard.press(key);
    await press("End");
    assert.equal(await clock(page), shown(END));
    await press("Shift+ArrowLeft");
    assert.equal(await clock(page), shown(END - A_SECOND));
    await press("Home");
    assert.equal(await clock(page), "0:00.000");
    await press("ArrowRight");
    assert.equal(await clock(page), shown(FIRST));
    await press("ArrowLeft");
    assert.equal(await clock(page), "0:00.000");
    await press("j");
    assert.equal(await clock(page), shown(FIRST));
    await press("0");
    assert.equal(await page.inputValue(".speed select"), "100");
    await press("1");
    assert.equal(await page.inputValue(".speed select"), "0.25");
    // As the sheet of keys writes them, and as Caps Lock does.
    await press("J");
    assert.notEqual(await clock(page), shown(FIRST));
    await press("K");
    assert.equal(await clock(page), shown(FIRST));
    await press("Space");
    await page.waitForSelector('[data-icon="pause"]');
    await press("Space");
    await page.waitForSelector('[data-icon="play"]');
    assert.equal(await page.locator(".log-follow").count(), 0);
    await page.press(".log", "PageUp");
    await page.waitForSelector(".log-follow");
    await press("/");
    await page.keyboard.type("itemspresented");
    await page.waitForFunction(() => document.querySelectorAll(".log li").length === 1);
    await page.click(".log li button >> nth=0");
    assert.equal(await clock(page), shown(PRESENTED));
    await press("?");
    await page.waitForSelector("dialog[open]");
    await screenshot(page, "keys-en-light-1280");
    await press("Escape");
    await page.waitForSelector("dialog[open]", { state: "detached" });
    assert.deepEqual(complaints, []);
  });
});

Deno.test({ name: "dashboard: a link to a moment shows the same moment", ignore }, async () => {
  await withDashboard(async ({ open, complaints }) => {
    const page = await open("#lang=zh");
    await runScenario(page, "returning-customer");
    await page.keyboard.press("End");
    await page.keyboard.press("Shift+ArrowLeft");
    await page.waitForFunction(
      (t) => /t=(\d+)/.exec(location.hash)?.[1] === t,
      String(Math.floor((END - A_SECOND) / 1000)),
    );
    const hash = page.url().slice(page.url().indexOf("#"));
    const other = await open(hash);
    await other.waitForSelector(".stage");
    assert.equal(await clock(other), await clock(page));
    assert.equal(await other.evaluate("document.documentElement.lang"), "zh");
    assert.equal(
      await other.getAttribute(".log [data-when=now]", "data-line"),
      await page.getAttribute(".log [data-when=now]", "data-line"),
    );
    // Another moment of the run that is open already, and back from there.
    await other.evaluate((hash) => location.hash = hash, hash.replace(/&t=.*/, "&t=2000&lang=zh"));
    await clockIs(other, "0:02.000");
    await other.goBack();
    await clockIs(other, await clock(page));
    assert.deepEqual(complaints, []);
  });
});

Deno.test({ name: "dashboard: a printed picture is shown, not its letters", ignore }, async () => {
  await withDashboard(async ({ open, complaints }) => {
    const before = await open("#lang=en");
    await runScenario(before, "returning-customer");
    const run = /run=[0-9a-f]+/.exec(before.url())?.[0] ?? "";
    const printed = sampleTrace.trimEnd().split("\n").map((line) => JSON.parse(line))
      .find(({ device, state }) => device === "printer" && state?.slot);
    const { t, n, state: { slot: { height } } } = printed;
    const page = await open(`#${run}&t=${t / 1000}&n=${n}&lang=en`);
    const row = page.locator('.changes tr:has-text("devices.printer.slot")');
    const picture = row.locator("img");
    await picture.waitFor();
    assert.equal(await picture.evaluate((image: HTMLImageElement) => image.naturalHeight), height);
    for (const part of [row, page.locator(".log [data-when=now]")]) {
      assert.doesNotMatch(await part.textContent() ?? "", /iVBOR/);
    }
    assert.deepEqual(complaints, []);
  });
});

Deno.test({
  name: "dashboard: whoever goes elsewhere gets there, whatever is written meanwhile",
  ignore,
}, async () => {
  await withDashboard(async ({ open, complaints }) => {
    const page = await open("#lang=zh");
    await runScenario(page, "returning-customer");
    // In one turn: the page hears of the new address only afterwards.
    await page.evaluate(() => {
      location.hash = "#lang=en";
      document.querySelector<HTMLElement>(".languages [lang=bo]")?.click();
    });
    await page.waitForFunction(() =>
      document.documentElement.lang === "en" && document.querySelector(".stage") === null
    );
    assert.match(page.url(), /#lang=en$/);
    assert.deepEqual(complaints, []);
  });
});

Deno.test({ name: "dashboard: every page of the ATM fits its screen", ignore }, async (t) => {
  await withDashboard(async ({ open, complaints }) => {
    for (const [scenario, language] of Object.entries(GALLERIES)) {
      await t.step(`in ${language}`, async () => {
        const page = await open(`#lang=${language}`);
        await runScenario(page, scenario);
        const cut: string[] = [];
        const seen = new Set<string>();
        for (const [index, screen] of everyScreen(language).entries()) {
          await page.keyboard.press("ArrowRight");
          await page.waitForSelector(`.screen[data-page="${screen.page}"][lang="${language}"]`);
          const where = `${index} ${screen.page}`;
          cut.push(...(await cutTexts(page, ".atm")).map((text) => `${where}: ${text}`));
          const whole = await page.$eval(
            ".screen-words",
            (words) => words.scrollHeight <= words.clientHeight + 1,
          );
          if (!whole) cut.push(`${where}: the words do not fit`);
          if (!seen.has(screen.page)) {
            await screenshot(page, `atm-${language}-${screen.page}`, ".atm");
          }
          seen.add(screen.page);
        }
        assert.deepEqual(cut, []);
      });
    }
    assert.deepEqual(complaints, []);
  });
});

/** A laptop and a tablet, by day and by night. */
async function inEveryLook(
  page: Page,
  see: (look: string, width: number) => Promise<void>,
): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [width, height] of [[1280, 800], [820, 1180]] as const) {
      await page.setViewportSize({ width, height });
      await see(`${colorScheme}-${width}`, width);
    }
  }
}

Deno.test(
  { name: "dashboard: no text is cut, in any language, theme or width", ignore },
  async () => {
    await withDashboard(async ({ open, complaints }) => {
      for (const lang of LANGUAGES) {
        const page = await open(`#lang=${lang}`);
        await page.waitForSelector(".card h2");
        await inEveryLook(page, async (look) => {
          assert.deepEqual(await cutTexts(page), [], `the shelf, ${lang}-${look}`);
          await screenshot(page, `shelf-${lang}-${look}`);
        });
        await runScenario(page, "returning-customer");
        for (const key of ["End", ...Array(5).fill("Shift+ArrowLeft")]) {
          await page.keyboard.press(key);
        }
        await inEveryLook(page, async (look, width) => {
          assert.equal(await pictures(page), "good");
          assert.deepEqual(await cutTexts(page), [], `the stage, ${lang}-${look}`);
          const wide = await page.evaluate("document.documentElement.scrollWidth");
          assert.ok(Number(wide) <= width, `${lang}-${look}: ${wide} px wide`);
          await screenshot(page, `stage-${lang}-${look}`);
          if (width === 820) await screenshot(page, `stage-${lang}-${look}-whole`, "page");
        });
        await page.close();
      }
      assert.deepEqual(complaints, []);
    });
  },
);

Deno.test(
  { name: "dashboard: a link to a run the server lacks makes it again", ignore },
  async () => {
    await withDashboard(async ({ open, complaints }) => {
      const root: string = JSON.parse(sampleTrace.trimEnd().split("\n").at(-1)!).root;
      const run = `run=${root.slice(0, 16)}&scenario=returning-customer&seed=1`;
      const page = await open(`#${run}&t=7000&lang=en`);
      await page.waitForSelector(".stage");
      assert.equal(await clock(page), "0:07.000");
      assert.deepEqual(complaints.filter((complaint) => !complaint.includes("404")), []);
    });
  },
);

Deno.test(
  { name: "dashboard: a missing run and a dead server are said plainly", ignore },
  async () => {
    await withDashboard(async ({ open }) => {
      const page = await open("#run=0123456789abcdef&lang=en");
      await page.waitForSelector(".failure");
      assert.match(
        await page.textContent(".failure") ?? "",
        new RegExp(textOf("en", "error-missing")),
      );
      await screenshot(page, "missing-en-light-1280");
      const other = await open("#lang=en");
      await other.waitForSelector(".card h2");
      await other.route("**/api/runs", (route) => route.abort());
      // The last of them, in a low window: it is said there, and can be tried again from there.
      await other.setViewportSize({ width: 360, height: 500 });
      await other.click(".card:last-of-type .primary");
      await other.waitForSelector(".card:last-of-type .failure :focus");
      assert.match(await other.textContent(".failure") ?? "", new RegExp("does not answer"));
    });
  },
);

Deno.test(
  { name: "dashboard: built anew, an open page says so and can be loaded again", ignore },
  async () => {
    await withDashboard(async ({ open }) => {
      const page = await open("#lang=zh");
      await page.waitForSelector(".card h2");
      const gone = { status: 404, json: { status: 404, detail: "not here" } };
      for (const code of ["campaign_page", "chrome_trace"]) {
        await page.route(`**/${code}-*.js`, (route) => route.fulfill(gone));
      }
      const outdated = new RegExp(textOf("zh", "error-outdated"));
      await runScenario(page, "returning-customer");
      await page.click(".menu summary");
      await page.click('[data-export="perfetto"]');
      await page.waitForSelector('.menu [role="alert"]');
      assert.match(await page.textContent('.menu [role="alert"]') ?? "", outdated);
      await page.click('.bar-pages a[href*="page=campaign"]');
      await page.waitForSelector(".failure");
      assert.match(await page.textContent(".failure") ?? "", outdated);
      await page.unrouteAll();
      await page.click('.failure [data-deed="reload"]');
      await page.waitForSelector(".campaign-order");
    });
  },
);

Deno.test(
  {
    name: "dashboard: a link on another site opens what it points to, with the token once",
    ignore,
  },
  async () => {
    await withDashboard(async ({ url, open }) => {
      const page = await open("#page=audit&lang=en");
      const [here] = url.split("?");
      for (const linked of [`${url}#page=teach&lang=en`, `${here}#page=teach&lang=en`]) {
        await page.goto("data:text/html,<a>a message</a>");
        await page.$eval("a", (link, href) => link.href = href, linked);
        await page.click("a");
        await page.waitForSelector(".stories li");
        assert.equal(page.url(), `${here}#page=teach&lang=en`);
      }
    }, "0.0.0.0");
  },
);
