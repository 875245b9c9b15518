/** Nobody has to show their face: there is always another way, until money moves. */
import type { Line, Oracle } from "./oracle.ts";

export function wayWithoutFace(): Oracle {
  /** The bank has said yes. */
  let moves = false;
  return {
    name: "way_without_face",
    sentence: "Until money moves, every page that can be touched offers the way without the face",
    reads: ["screen", "journal", "outcome"],
    observe(line: Line) {
      switch (line.type) {
        case "journal":
          moves ||= line.entry.line === "debit_authorised";
          return null;
        case "outcome":
          moves = false;
          return null;
        case "screen": {
          const { page, controls } = line.screen;
          if (moves || !Array.isArray(controls) || controls.length === 0) return null;
          return controls.includes("other_way") ? null : `${page} offers no other way`;
        }
        default:
          return null;
      }
    },
    finish: () => null,
  };
}
