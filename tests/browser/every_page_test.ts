/**
 * Every page in every language, and in both themes: no text is cut, nothing stands in anybody's way,
 * and a picture of it lies in `tests/browser/screenshots/` for a person to look through.
 */
import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { LANGUAGES } from "../../core/locale/mod.ts";
import { barriers } from "./axe.ts";
import { hasChromium } from "./browser.ts";
import { cutTexts, screenshot } from "./dashboard_page.ts";
import { withRealDashboard } from "./real_page.ts";

const ignore = !hasChromium;

interface Shown {
  readonly name: string;
  readonly hash: string;
  /** What is there when the page is. */
  readonly ready: string;
}

/** The stage is there when its pictures are rendered and compared. */
const PICTURES = '[data-panel="camera"] .badge';
/** Where something stays at an edge of the window, the picture is of the window. */
const IN_VIEW = ["stage", "refused", "lesson", "play", "compare"];

/** Ids of runs of these scenarios, made before anything is looked at. */
async function runsOf<Name extends string>(
  page: Page,
  names: readonly Name[],
): Promise<Record<Name, string>> {
  const made = await page.evaluate(async (names) => {
    const ids: Record<string, string> = {};
    for (const scenario of names) {
      const answer = await fetch("/api/runs", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ scenario, seed: 1 }),
      });
      ids[scenario] = (await answer.json()).id;
    }
    return ids;
  }, [...names]);
  return made as Record<Name, string>;
}

async function pagesOf(page: Page): Promise<Shown[]> {
  const names = ["returning-customer", "cash-not-taken", "spoof-printed-photo"] as const;
  const runs = await runsOf(page, names);
  const walked = runs["cash-not-taken"];
  return [
    { name: "shelf", hash: "", ready: ".card h2" },
    { name: "stage", hash: `run=${runs["returning-customer"]}&t=16900`, ready: PICTURES },
    { name: "refused", hash: `run=${runs["spoof-printed-photo"]}&t=5000`, ready: PICTURES },
    { name: "audit", hash: "page=audit", ready: ".audit-table tbody tr" },
    { name: "sheet", hash: `page=audit&run=${walked}`, ready: ".sheet" },
    { name: "teach", hash: "page=teach", ready: ".stories li" },
    { name: "lesson", hash: "page=teach&scenario=returning-customer&n=4", ready: ".show" },
    { name: "handout", hash: "page=handout&scenario=cash-not-taken", ready: ".handout table" },
    { name: "play", hash: "page=play&scenario=returning-customer", ready: ".stage-session" },
    { name: "edit", hash: "page=edit", ready: "main h1" },
    { name: "campaign", hash: "page=campaign", ready: "main h1" },
    {
      name: "compare",
      hash: `run=${runs["returning-customer"]}&with=${walked}&t=16900`,
      ready: ".compare-side .log li",
    },
    { name: "missing", hash: "run=0123456789abcdef", ready: ".failure" },
  ];
}

Deno.test(
  { name: "every page: whole, without barriers, in three languages and two themes", ignore },
  async () => {
    await withRealDashboard(async ({ open }) => {
      const first = await open("#lang=en");
      const pages = await pagesOf(first);
      await first.close();
      const wrong: string[] = [];
      for (const { name, hash, ready } of pages) {
        const page = await open("#lang=en");
        for (const lang of LANGUAGES) {
          await page.evaluate((hash) => location.hash = hash, `${hash}&lang=${lang}`);
          await page.waitForSelector(`html[lang=${lang}]`, { state: "attached" });
          await page.waitForSelector(ready);
          // Colours are the same in every language: the dark ones are looked at in one.
          const themes = lang === "bo" ? ["light", "dark"] as const : ["light"] as const;
          for (const colorScheme of themes) {
            await page.emulateMedia({ colorScheme });
            const where = `${name}-${lang}-${colorScheme}`;
            await screenshot(page, `every-${where}`, IN_VIEW.includes(name) ? "view" : "page");
            const found = [...await cutTexts(page), ...await barriers(page)];
            const failed = await page.locator(".failure").count() > 0;
            if (failed !== (name === "missing")) found.push("a failure is shown, or none");
            wrong.push(...found.map((one) => `${where}: ${one}`));
          }
        }
        await page.close();
      }
      const folder = fileURLToPath(new URL("screenshots/", import.meta.url));
      console.log(`    ${pages.length * (LANGUAGES.length + 1)} pictures are in ${folder}`);
      assert.deepEqual(wrong, []);
    });
  },
);
