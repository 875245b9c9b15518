/** No picture is taken but of who touched the key that says one will be, and is told to look. */
import { at, type Line, type Oracle } from "./oracle.ts";

export function consentFirst(): Oracle {
  let state = "";
  let asked = false;
  let agreed = false;
  return {
    name: "consent_first",
    sentence: "No picture without a touch that asks for it nor but while its page is shown, no " +
      "template without a touch that agrees",
    reads: ["state", "touch", "outcome", "xfs", "face"],
    observe(line: Line) {
      if (line.type === "state") state = line.to;
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
      if (!picture) return null;
      if (!asked) return "a picture was asked for without consent";
      return state === "capturing" ? null : `a picture was asked for while ${state}`;
    },
    finish: () => null,
  };
}
