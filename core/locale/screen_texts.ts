/**
 * From the ATM's screen as data to the words on it.
 *
 * A refused presentation attack and a face that does not match read the same to the customer: the
 * screen never teaches an impostor which factor stopped them. The journal and the trace do say it.
 *
 * @module
 */
import { unreachable } from "../assert.ts";
import type { Control, Language, Page, Reason, Screen, TriesLeft } from "../session/mod.ts";
import { yuan } from "../units.ts";
import { formatYuan } from "./format.ts";
import { machineText } from "./text.ts";

/** Everything that is read on one screen. */
export interface ScreenTexts {
  readonly title: string;
  /** One to a few sentences under the title. */
  readonly body: string | null;
  /** What was entered, or the amount that matters: shown large. Never a PIN digit. */
  readonly field: string | null;
  /** A correction or an advice, set apart. */
  readonly hint: string | null;
  readonly controls: readonly { readonly control: Control; readonly label: string }[];
}

type Words = Omit<ScreenTexts, "controls">;

/** The words of a screen in its own language, or in the one given (a trainer's, say). */
export function screenTexts(screen: Screen, language: Language = screen.language): ScreenTexts {
  const controls = screen.controls.map((control) => ({
    control,
    label: controlLabel(language, control),
  }));
  return { ...pageWords(screen, language), controls };
}

/** What stands on a touch control. */
export function controlLabel(language: Language, control: Control): string {
  const amount = /^amount_(\d+)$/.exec(control)?.[1];
  return amount === undefined
    ? machineText(language, `control-${control}`)
    : machineText(language, "control-amount", {
      amount: formatYuan(language, yuan(Number(amount))),
    });
}

function pageWords(page: Page, language: Language): Words {
  const say = (part: string, args = {}) => machineText(language, `page-${page.page}-${part}`, args);
  const words = (some: Partial<Words>): Words => ({
    title: say("title"),
    body: null,
    field: null,
    hint: null,
    ...some,
  });
  switch (page.page) {
    case "welcome":
    case "consent":
    case "withdraw_consent":
      return words({ body: say("body"), hint: say("hint") });
    case "look_at_camera":
      return words({
        body: say("body"),
        hint: page.instruction && machineText(language, `quality-${page.instruction}`),
      });
    case "please_wait":
      return words({ body: say(page.about) });
    case "enter_number":
      return words({
        body: say("body"),
        field: page.shown,
        hint: page.problem && say(page.problem),
      });
    case "enter_pin":
      return words({
        body: say("body"),
        field: "●".repeat(page.entered),
        hint: say(pinHint(page.tries_left), { tries: String(page.tries_left) }),
      });
    case "choose_service":
    case "take_receipt":
      return words({});
    case "show_balance":
      return words({ body: say("body"), field: formatYuan(language, page.balance) });
    case "choose_amount":
      return words({ hint: page.problem && say(page.problem) });
    case "enter_amount":
      return words({ body: say("body"), field: page.entered });
    case "take_cash":
      return words({
        field: formatYuan(language, page.amount),
        hint: say(page.hurry ? "hurry" : "hint"),
      });
    case "goodbye":
      return words({
        body: say("body"),
        hint: page.amount && say("amount", { amount: formatYuan(language, page.amount) }),
      });
    case "sorry":
      return words({
        title: machineText(language, `page-${isChosen(page.reason) ? "goodbye" : "sorry"}-title`),
        body: sorryBody(language, page.reason),
        hint: sorryHint(page, language),
      });
    case "face_deleted":
      return words({ body: say("body"), hint: say("hint") });
    case "out_of_service":
      return words({ body: say("body") });
    default:
      return unreachable(page);
  }
}

function pinHint(tries: TriesLeft): string {
  if (tries === null) return "hint";
  return tries === "untold" ? "untold" : "tries_left";
}

/** Whether it is the customer who wanted it so: there is nothing to be sorry for. */
export function isChosen(reason: Reason): boolean {
  return reason === "consent_declined" || reason === "other_way" ||
    reason === "customer_cancelled";
}

/** What becomes of the money; else, where a face could not or should not be used, the way without. */
function sorryHint(
  { reason, money }: Extract<Page, { readonly page: "sorry" }>,
  language: Language,
): string | null {
  if (money !== null) return machineText(language, `money-${money}`);
  const faceless = reason === "consent_declined" || reason === "face_unusable" ||
    reason === "camera_failed";
  return faceless ? machineText(language, "page-face_deleted-hint") : null;
}

function sorryBody(language: Language, reason: Reason): string {
  const hidden = reason === "presentation_attack" || reason === "injected_feed" ||
    reason === "face_not_matched";
  return machineText(language, hidden ? "page-sorry-not_verified" : `reason-${reason}`);
}
