/** Nothing secret is in the trace: no PIN digit, no template, no unmasked number. */
import { DIGIT_KEYS } from "../../core/xfs4iot/mod.ts";
import { at, type Line, type Oracle } from "./oracle.ts";
import { finderOf, type Glance } from "./secrets.ts";

/** `secrets` are the numbers and PINs of everybody in the plan; `glance` looks for them and for others. */
export function noSecret(secrets: readonly string[], glance: Glance): Oracle {
  const find = finderOf(secrets);
  /** The PIN entry under way, by its request. */
  let pin_entry: unknown = null;
  function keyOf(message: unknown): string | null {
    const name = at(message, "header", "name");
    const request = at(message, "header", "requestId");
    if (name === "Keyboard.PinEntry" && at(message, "header", "type") === "command") {
      pin_entry = request;
    }
    if (name !== "Keyboard.KeyEvent") return null;
    const digit = at(message, "payload", "digit");
    if (DIGIT_KEYS.some((key) => key === digit)) return "a typed digit is named";
    const typed = at(message, "payload", "completion") === "continue";
    return request === pin_entry && typed && digit !== undefined ? "a key of a PIN is told" : null;
  }
  return {
    name: "no_secret",
    sentence: "No PIN digit, no clear PIN block, no template and no unmasked number in the trace",
    observe(line: Line) {
      const told = line.type === "xfs" ? keyOf(line.message) : null;
      if (told !== null) return told;
      const clean = line.type === "device"
        ? glance.isCleanState(line.device, line.state)
        : glance.isClean(line);
      const found = clean ? null : find(line);
      return found === null ? null : `${found} in a ${line.type} line`;
    },
    finish: () => null,
  };
}
