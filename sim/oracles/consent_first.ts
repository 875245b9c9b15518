/** No picture is taken before the customer touched the key that says one will be. */
import { at, type Line, type Oracle } from "./oracle.ts";

export function consentFirst(): Oracle {
  let asked = false;
  let agreed = false;
  return {
    name: "consent_first",
    sentence: "No picture without a touch that asks for it, no template without one that agrees",
    reads: ["touch", "outcome", "xfs", "face"],
    observe(line: Line) {
      if (line.type === "touch" && (line.control === "face" || line.control === "agree")) {
        asked = true;
        agreed ||= line.control === "agree";
      }
      if (line.type === "outcome") asked = agreed = false;
      if (line.type === "face" && line.request.op === "enrol" && !agreed) {
        return "a template was kept without consent";
      }
      const picture = line.type === "xfs" && line.from === "core" &&
        at(line.message, "header", "name") === "Camera.TakePicture";
      return picture && !asked ? "a picture was asked for without consent" : null;
    },
    finish: () => null,
  };
}
