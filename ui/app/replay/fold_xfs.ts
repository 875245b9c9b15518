/**
 * What device messages make visible: keys, paper, and what each device is busy with.
 *
 * @module
 */
import type { TraceLine } from "../../../sim/trace/mod.ts";
import { at, numberAt, textAt } from "./json.ts";
import type { Moment } from "./moment.ts";
import { pngUrl } from "./png.ts";

type XfsLine = Extract<TraceLine, { readonly type: "xfs" }>;

/** The moment after a message between core and device. */
export function foldXfs(moment: Moment, line: XfsLine): Moment {
  const name = textAt(line.message, "header", "name") ?? "";
  switch (textAt(line.message, "header", "type")) {
    case "command":
      return foldCommand(moment, line, name);
    case "completion":
      return foldCompletion(moment, line, name);
    case "event":
    case "unsolicited":
      return foldEvent(moment, line, name);
    default:
      return moment;
  }
}

function keyOf(line: XfsLine): string {
  return `${line.device} ${numberAt(line.message, "header", "requestId")}`;
}

function foldCommand(before: Moment, line: XfsLine, name: string): Moment {
  const working = { ...before.working, [keyOf(line)]: { device: line.device, name } };
  const moment = { ...before, working };
  switch (name) {
    case "Keyboard.DataEntry":
      return { ...moment, keypad: "data", key: null };
    case "Keyboard.PinEntry":
      return { ...moment, keypad: "pin", key: null };
    case "Printer.PrintNative":
      return { ...moment, receipt: { text: receiptText(line), taken: false } };
    default:
      return moment;
  }
}

function foldCompletion(before: Moment, line: XfsLine, name: string): Moment {
  const { [keyOf(line)]: _finished, ...working } = before.working;
  const moment = { ...before, working };
  const ok = textAt(line.message, "header", "completionCode") === "success";
  switch (name) {
    case "Keyboard.DataEntry":
    case "Keyboard.PinEntry":
      return { ...moment, keypad: null };
    case "Printer.PrintNative":
      return ok ? moment : { ...moment, receipt: null };
    default:
      return moment;
  }
}

function foldEvent(moment: Moment, line: XfsLine, name: string): Moment {
  switch (name) {
    case "Keyboard.KeyEvent":
      return {
        ...moment,
        key: { name: textAt(line.message, "payload", "digit") ?? "•", t: moment.t },
      };
    case "Printer.MediaTakenEvent":
      return { ...moment, receipt: moment.receipt && { ...moment.receipt, taken: true } };
    case "Printer.MediaAutoRetractedEvent":
    case "Printer.MediaDetectedEvent":
      // Only what is found at the slot lies there still; what somebody took is theirs.
      return moment.receipt?.taken || textAt(line.message, "payload", "position") === "entering"
        ? moment
        : { ...moment, receipt: null };
    default:
      return moment;
  }
}

/** The receipt out of the print command: a picture as a `data:` URL, text (UTF-8) as it is. */
function receiptText(line: XfsLine): string {
  const data = at(line.message, "payload", "data");
  if (typeof data !== "string") return "";
  const picture = pngUrl(data);
  if (picture !== null) return picture;
  try {
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    // Not base64: printed as it stands, so that a wrong trace is seen and not hidden.
    return data;
  }
}
