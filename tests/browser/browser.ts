/** Headless Chromium for tests: bundles an entry, serves some files, opens a page on them. */
import { type Browser, chromium, type Page } from "playwright-core";
import { HOME } from "../../sim/adapters/files.ts";

const CHROMIUM = "/usr/bin/chromium";

/** Whether the machine has the browser; says so plainly when it has not. */
export const hasChromium: boolean = await Deno.stat(CHROMIUM).then(() => true, () => false);
if (!hasChromium) console.error(`${CHROMIUM} is absent: the browser tests are skipped`);

/** Two pages of its own that it loads for each window, for an address bar nobody sees. */
const UNSEEN = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup"];
/** What playwright switches off: the last list is the one that counts. */
const SWITCHED_OFF = [
  "AimEnabled",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsFirstBalancedModeAutoEnable",
  "HttpsUpgrades",
  "LensOverlay",
  "MediaRouter",
  "NetworkTimeServiceQuerying",
  "OptimizationHints",
  "PaintHolding",
  "PreconnectToSearch",
  "ThirdPartyStoragePartitioning",
];

/** A headless browser that asks nobody for anything. */
function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      `--disable-features=${[...SWITCHED_OFF, ...UNSEEN].join()}`,
    ],
  });
}

let launched: Promise<Browser> | undefined;

/** The browser of this file's tests: started by the first that asks, gone after the last. */
export function theBrowser(): Promise<Browser> {
  return launched ??= launchChromium();
}

Deno.test.afterAll(async () => await (await launched)?.close());

/** Closes whatever a test opened and left: it may be in the middle of something. */
export async function closePages(browser: Browser): Promise<void> {
  await Promise.all(browser.contexts().map((context) => context.close()));
}

/** Bundles a module for the browser into one script. */
export async function bundle(entry: string): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--quiet", "--platform=browser", "--format=iife", entry],
    cwd: HOME,
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

function typeOf(path: string): string {
  if (path.endsWith(".js")) return "text/javascript";
  if (path.endsWith(".json")) return "application/json";
  return path === "/" ? "text/html" : "application/octet-stream";
}

/** Serves `files` on a free port, opens `/` in a fresh page, and closes everything afterwards. */
export async function withPage<T>(
  files: Readonly<Record<string, () => Promise<BodyInit>>>,
  use: (page: Page) => Promise<T>,
): Promise<T> {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    const { pathname } = new URL(request.url);
    const file = files[pathname];
    if (file === undefined) return new Response("not here", { status: 404 });
    return new Response(await file(), { headers: { "content-type": typeOf(pathname) } });
  });
  const browser = await theBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.addr.port}/`);
    return await use(page);
  } finally {
    await closePages(browser);
    await server.shutdown();
  }
}
