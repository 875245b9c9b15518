/**
 * The pictures of one person of the town and of everybody who comes with their number, judged and
 * compared: what a campaign will ask for, worked out before it starts.
 */
import type { FrameSet } from "../../../core/face/mod.ts";
import type { Presence } from "../../plan/mod.ts";
import { fewScenesOf, fewStandings, referenceScenes } from "../../world/mod.ts";
import { strangerTo } from "../generate/mod.ts";
import type { Gallery } from "./gallery.ts";

/** Which of the five scenes three exposures in a row are of: the next, or the one after it. */
const LOOKS: readonly (readonly number[])[] = [0, 1, 2, 3, 4].flatMap((first) =>
  [[1, 2], [1, 3], [2, 3]].map((later) => [first, ...later.map((step) => (first + step) % 5)])
);

/** How people may stand there with the number of `of`. */
function presencesOf(person: number): readonly Presence[] {
  return [
    { is: "of" },
    { person: strangerTo(person) },
    { kin: "twin", of: "of" },
    { kin: "sibling", of: "of" },
    { kin: "cousin", of: "of" },
    { attack: "printed-photo", of: "of" },
    { attack: "phone-replay", of: "of" },
  ];
}

/** Asks the gallery everything about one person that a campaign will. */
export async function hangPictures(gallery: Gallery, person: number): Promise<void> {
  const { render, hashes, face } = gallery.ports();
  const shown = (scenes: readonly Parameters<typeof render>[0][]): FrameSet[] =>
    scenes.map((scene) => {
      const names = hashes?.(render(scene));
      return {
        rgb: `sha256:${names?.rgb}`,
        nir: `sha256:${names?.nir}`,
        depth: `sha256:${names?.depth}`,
      };
    });
  const engine = face(() => {
    throw new RangeError("Cannot look at a frame: it is not of the gallery");
  });
  const references = [true, false].map((enrolled) =>
    referenceScenes({ person, enrolled, balance_yuan: 0 })
  );
  for (const { name, scenes } of references) await engine.enrolFrom(shown(scenes), name);
  for (const presence of presencesOf(person)) {
    for (const standing of fewStandings(person, presence)) {
      const frames = shown(fewScenesOf(standing));
      for (const look of LOOKS) {
        const taken = look.flatMap((at) => frames[at] ?? []);
        const result = await engine.handle({ op: "assess", capture: "c", frames: taken });
        if (result.op !== "assess" || result.verdict !== "live") continue;
        for (const { name } of references) {
          await engine.handle({ op: "verify", capture: "c", reference: name });
        }
      }
    }
  }
}
