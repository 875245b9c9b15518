/** Nobody has to show their face: there is always another way, until money moves. */
import type { Line, Oracle } from "./oracle.ts";

/** Pages that only tell or wait, so that nothing on them need be touched; for what, where it matters. */
const ONLY_TOLD: readonly string[] = [
  "please_wait bank",
  "please_wait cash",
  "take_cash",
  "take_receipt",
  "goodbye",
  "face_deleted",
  "sorry",
  "out_of_service",
];

export function wayWithoutFace(): Oracle {
  /** The bank has said yes. */
  let moves = false;
  return {
    name: "way_without_face",
    sentence:
      "Until money moves, every page that can be touched or asks for something offers the " +
      "way without the face",
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
          const { page, about, controls } = line.screen;
          if (moves || !Array.isArray(controls)) return null;
          const what = page === "please_wait" ? `${page} ${about}` : String(page);
          if (controls.length === 0 && ONLY_TOLD.includes(what)) return null;
          return controls.includes("other_way") ? null : `${page} offers no other way`;
        }
        default:
          return null;
      }
    },
    finish: () => null,
  };
}
