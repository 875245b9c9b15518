/**
 * `deno task glyphs`: sets every piece of text that a receipt can have, and writes its dots to
 * core/receipt/glyphs.json. Wants Debian's `chromium` and `fonts-noto-cjk`; the Tibetan font is npm's.
 */
import { chromium } from "playwright-core";
import { LANGUAGES } from "../../core/locale/mod.ts";
import { piecesOf, receiptRows } from "../../core/receipt/mod.ts";
import { fen } from "../../core/units.ts";
import { HOME } from "./files.ts";

const TIBETAN = "@fontsource/noto-serif-tibetan/files/noto-serif-tibetan-tibetan-400-normal.woff2";

/** A row of paper, and where in it the letters stand. */
const HEIGHT = 48;
const BASELINE = { latin: 30, tibetan: 27 };
const SIZE = { latin: 21, tibetan: 25 };

/** Every piece: of receipts in twelve months and three languages, and of all that ASCII has. */
function pieces(): string[] {
  const ascii = Array.from({ length: 94 }, (_, i) => String.fromCharCode(0x21 + i));
  const texts = LANGUAGES.flatMap((language) =>
    Array.from({ length: 12 }, (_, month) =>
      receiptRows({
        language,
        terminal: "T",
        stan: "0",
        wall_ms: Date.UTC(2017, month, 15),
        amount: fen(123_456),
        account: "0",
      }).flat()).flat()
  );
  const found = new Set([...ascii, ...texts.flatMap(piecesOf)]);
  return [...found].filter((piece) => piece.trim() !== "").sort();
}

/** Runs in the browser. */
function setInBrowser(
  { piece, size, baseline, height, family }: {
    readonly piece: string;
    readonly size: number;
    readonly baseline: number;
    readonly height: number;
    readonly family: string;
  },
): { width: number; rows: number[][] } {
  const canvas = new OffscreenCanvas(800, height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("no canvas");
  context.font = `${size}px ${family}`;
  const width = Math.max(1, Math.ceil(context.measureText(piece).width));
  context.fillStyle = "white";
  context.fillRect(0, 0, 800, height);
  context.fillStyle = "black";
  context.fillText(piece, 0, baseline);
  const { data } = context.getImageData(0, 0, width, height);
  const rows = Array.from(
    { length: height },
    (_, y) =>
      Array.from({ length: width }, (_, x) => (data[4 * (y * width + x)] ?? 255) < 150 ? 1 : 0),
  );
  return { width, rows };
}

const font = await Deno.readFile(new URL(import.meta.resolve(TIBETAN)));
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-lcd-text", "--font-render-hinting=none"],
});
try {
  const page = await browser.newPage();
  await page.setContent("<p>");
  await page.evaluate(async (base64: string) => {
    const face = new FontFace("Receipt Tibetan", `url(data:font/woff2;base64,${base64})`);
    document.fonts.add(await face.load());
  }, font.toBase64());
  const set: Record<string, { width: number; bits: string }> = {};
  for (const piece of pieces()) {
    const script = /[\u0f00-\u0fff]/.test(piece) ? "tibetan" : "latin";
    const { width, rows } = await page.evaluate(setInBrowser, {
      piece,
      size: SIZE[script],
      baseline: BASELINE[script],
      height: HEIGHT,
      family: script === "tibetan" ? '"Receipt Tibetan"' : '"Noto Sans CJK SC"',
    });
    const stride = (width + 7) >> 3;
    const bits = new Uint8Array(stride * HEIGHT);
    for (const [y, row] of rows.entries()) {
      for (const [x, dot] of row.entries()) {
        const at = y * stride + (x >> 3);
        bits[at] = (bits[at] ?? 0) | dot << (7 - (x & 7));
      }
    }
    set[piece] = { width, bits: bits.toBase64() };
  }
  const licence = "Noto Serif Tibetan, Noto Sans CJK: SIL Open Font License 1.1";
  const text = JSON.stringify({ licence, height: HEIGHT, pieces: set }, null, 2);
  await Deno.writeTextFile(new URL("core/receipt/glyphs.json", HOME), text + "\n");
} finally {
  await browser.close();
}
