/**
 * The dashboard in headless Chromium, served with sample runs, watched for errors and foreign requests.
 */
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { openRunStore } from "../../sim/store/mod.ts";
import { serveDashboard } from "../../ui/server/mod.ts";
import { galleryTrace } from "../fixtures/gallery.ts";
import { closePages, theBrowser } from "./browser.ts";
import { sampleScenarios, sampleTrace, simulatorOf } from "../ui/sample.ts";

/** Where a person can look through what the tests saw; never committed. */
const SCREENSHOTS = new URL("screenshots/", import.meta.url);

/** What the sample scenarios are answered with: three of them with every page, in one language each. */
export const GALLERIES = {
  "first-use": "bo",
  "spoof-printed-photo": "zh",
  "cassette-jam": "en",
} as const;

export interface View {
  readonly width: number;
  readonly height: number;
  readonly scheme: "light" | "dark";
}

/** A page on the dashboard. `complaints` holds console errors, exceptions and foreign requests. */
export interface Dashboard {
  readonly url: string;
  readonly complaints: readonly string[];
  open(hash: string, view?: View): Promise<Page>;
}

/** A server of its own, on the browser of this file; its pages are gone afterwards. */
export async function withDashboard(
  use: (dashboard: Dashboard) => Promise<void>,
  hostname = "127.0.0.1",
): Promise<void> {
  const traces = {
    "returning-customer": sampleTrace,
    ...Object.fromEntries(
      Object.entries(GALLERIES).map(([scenario, language]) => [scenario, galleryTrace(language)]),
    ),
  };
  const store = openRunStore(":memory:");
  const parts = { simulator: simulatorOf(traces), scenarios: sampleScenarios, store, version: "0" };
  const server = await serveDashboard(parts, 0, hostname);
  const browser = await theBrowser();
  const complaints: string[] = [];
  try {
    await use({
      url: server.url,
      complaints,
      open: (hash, view) => openPage(browser, server.url, hash, view, complaints),
    });
  } finally {
    await closePages(browser);
    await server.stop();
    store.close();
  }
}

export const LAPTOP: View = { width: 1280, height: 800, scheme: "light" };

export async function openPage(
  browser: Browser,
  url: string,
  hash: string,
  { width, height, scheme }: View = LAPTOP,
  complaints: string[],
): Promise<Page> {
  // Without motion, a run stands at its beginning and every picture is a finished one.
  const page = await browser.newPage({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: "reduce",
  });
  page.setDefaultTimeout(120_000);
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(url)) complaints.push(`foreign request: ${request.url()}`);
  });
  await page.goto(url + hash);
  await page.evaluate("document.fonts.ready");
  return page;
}

/** To another address of the page that is open. */
export function goTo(page: Page, hash: string): Promise<void> {
  return page.evaluate((hash) => void (location.hash = hash), hash);
}

/** Runs a scenario from the shelf and waits until it stands on the stage. */
export async function runScenario(page: Page, scenario: string): Promise<void> {
  await page.click(`[data-scenario="${scenario}"] .primary`);
  await page.waitForSelector(".stage");
}

/** Of what is in view, of the whole page, or of the first element of a selector. */
export async function screenshot(
  page: Page,
  name: string,
  of: "view" | "page" | `.${string}` = "view",
): Promise<void> {
  await Deno.mkdir(SCREENSHOTS, { recursive: true });
  const path = fileURLToPath(new URL(`${name}.png`, SCREENSHOTS));
  if (of === "view" || of === "page") await page.screenshot({ path, fullPage: of === "page" });
  else await page.locator(of).first().screenshot({ path });
}

/**
 * Texts that are cut: an element's own text is taller than its box, or a line of it leaves the box of an
 * ancestor that hides what overflows. Lists that scroll are whole by scrolling.
 */
export async function cutTexts(page: Page, inside = "body"): Promise<string[]> {
  return await page.$eval(inside, (root) => {
    const UNREAD = ".visually-hidden, option, [aria-hidden=true]";
    const TIBETAN = /[\u0f40-\u0fbc]/;
    const scrolls = (box: Element) => /auto|scroll/.test(getComputedStyle(box).overflowY);
    const isBlock = (box: Element) =>
      getComputedStyle(box).display !== "inline" && box.clientHeight > 0;
    /** The boxes around what stands in an element that hide what leaves them, each looked at once. */
    const known = new Map<Element, readonly Element[]>();
    function hiding(box: Element | null): readonly Element[] {
      if (box === null) return [];
      const before = known.get(box);
      if (before !== undefined) return before;
      const hides = /hidden|clip/.test(getComputedStyle(box).overflowY) && isBlock(box);
      const boxes = scrolls(box) ? [] : [...(hides ? [box] : []), ...hiding(box.parentElement)];
      known.set(box, boxes);
      return boxes;
    }
    const cut: string[] = [];
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const text = node.textContent?.trim() ?? "";
      const own = node.parentElement;
      if (text === "" || own === null || own.closest(UNREAD)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()];
      if (boxes.length === 0) continue;
      if (TIBETAN.test(text) && own.scrollHeight > own.clientHeight + 1) {
        if (isBlock(own) && !scrolls(own)) cut.push(`${own.className}: ${text}`);
      }
      for (const box of hiding(own)) {
        const { top, bottom } = box.getBoundingClientRect();
        if (boxes.some((line) => line.top < top - 1.5 || line.bottom > bottom + 1.5)) {
          cut.push(`${box.className} cuts: ${text}`);
        }
      }
    }
    return cut;
  });
}
