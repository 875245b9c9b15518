/** What a campaign rendered and judged is there for the next one, whenever it was learnt. */
import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { openGalleryFile } from "../../sim/adapters/campaign_gallery.ts";
import { EMPTY_PAGES, type GalleryPages } from "../../sim/campaign/mod.ts";

function pictureOf(scene: string): GalleryPages {
  return { ...EMPTY_PAGES, pictures: { [scene]: { rgb: scene, nir: scene, depth: scene } } };
}

async function inFolder(use: (folder: URL) => Promise<void>): Promise<void> {
  const path = await Deno.makeTempDir();
  try {
    await use(new URL(`file://${path}/gallery/`));
  } finally {
    await Deno.remove(path, { recursive: true });
  }
}

Deno.test("gallery file: what was hung before a search is there with what the search learnt", () =>
  inFolder(async (folder) => {
    const file = await openGalleryFile(folder);
    await file.keep([pictureOf("hung"), { ...EMPTY_PAGES, people: [7] }]);
    await file.keep([pictureOf("learnt")]);
    await (await openGalleryFile(folder)).keep([pictureOf("learnt by the next")]);
    const { pages } = await openGalleryFile(folder);
    assert.deepEqual(Object.keys(pages.pictures).toSorted(), [
      "hung",
      "learnt",
      "learnt by the next",
    ]);
    assert.deepEqual(pages.people, [7]);
  }));

Deno.test("gallery file: half of one is made anew", () =>
  inFolder(async (folder) => {
    await (await openGalleryFile(folder)).keep([pictureOf("lost")]);
    for await (const { name } of Deno.readDir(folder)) {
      await Deno.truncate(fileURLToPath(new URL(name, folder)), 20);
    }
    assert.deepEqual((await openGalleryFile(folder)).pages, EMPTY_PAGES);
  }));

const DAMAGES: readonly (readonly [string, (text: string) => string])[] = [
  ["nothing", () => ""],
  ["JSON of something else", () => "null"],
  ["one changed letter", (text) => text.replace("learnt", "leaned")],
];

Deno.test.each(DAMAGES)(
  "gallery file: %s in it is not taken for what was learnt",
  (_, damage) =>
    inFolder(async (folder) => {
      await (await openGalleryFile(folder)).keep([pictureOf("learnt")]);
      for await (const { name } of Deno.readDir(folder)) {
        const path = new URL(name, folder);
        await Deno.writeTextFile(path, damage(await Deno.readTextFile(path)));
      }
      const file = await openGalleryFile(folder);
      assert.deepEqual(file.pages, EMPTY_PAGES);
      await file.keep([pictureOf("learnt again")]);
      const { pages } = await openGalleryFile(folder);
      assert.deepEqual(Object.keys(pages.pictures), ["learnt again"]);
    }),
);

Deno.test("gallery file: a search goes on where none can be read or kept", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(fileURLToPath(folder).replace(/\/$/, ""), "a file in its place");
    const file = await openGalleryFile(folder);
    assert.deepEqual(file.pages, EMPTY_PAGES);
    await file.keep([pictureOf("learnt")]);
  }));
