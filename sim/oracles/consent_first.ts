/** No picture is taken before the customer touched the key that says one will be. */
import type { TraceLine } from "../trace/mod.ts";
import { at, type Oracle } from "./oracle.ts";

export function consentFirst(): Oracle {
  let asked = false;
  return {
    name: "consent_first",
    sentence: "No picture without the customer's touch that asks for it",
    observe(line: TraceLine) {
      if (line.type === "touch" && (line.control === "face" || line.control === "agree")) {
        asked = true;
      }
      if (line.type === "outcome") asked = false;
      const picture = line.type === "xfs" && line.from === "core" &&
        at(line.message, "header", "name") === "Camera.TakePicture";
      return picture && !asked ? "a picture was asked for without consent" : null;
    },
    finish: () => null,
  };
}
