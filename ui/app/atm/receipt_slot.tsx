/**
 * The receipt: paper with what the core really told the printer to print.
 *
 * @module
 */
import { memo } from "preact/compat";
import { LANGUAGES, textOf } from "../../../core/locale/mod.ts";
import { fen } from "../../../core/units.ts";
import { useFormat, useSay } from "../language.tsx";
import { type Moment, numberAt, textAt } from "../replay/mod.ts";

interface Props {
  readonly receipt: Moment["receipt"];
  readonly onTake?: (() => void) | undefined;
}

export const ReceiptSlot = memo(function ReceiptSlot({ receipt, onTake }: Props) {
  const say = useSay();
  const state = receipt === null ? "none" : receipt.taken ? "taken" : "waiting";
  return (
    <div class="receipt" data-receipt={state}>
      <div class="receipt-slot" />
      <div class="receipt-window">
        <div class="receipt-paper">{receipt && <Paper text={receipt.text} />}</div>
      </div>
      {onTake && state === "waiting" && (
        <button type="button" class="take" data-deed="take-receipt" onClick={onTake}>
          {say("hands-take_receipt")}
        </button>
      )}
    </div>
  );
});

/**
 * The very picture that the printer was given. Another core may print fields as data: those are shown in
 * their language, and text of another shape as it is.
 */
function Paper({ text }: { readonly text: string }) {
  const say = useSay();
  if (text.startsWith("data:image/png;")) {
    return <img class="receipt-picture" src={text} alt={say("page-take_receipt-title")} />;
  }
  const data = jsonOf(text);
  const language = LANGUAGES.find((one) => one === textAt(data, "language")) ?? "en";
  const format = useFormat(language);
  if (data === undefined) return <pre>{text}</pre>;
  const amount = numberAt(data, "amount_fen");
  const wall_ms = numberAt(data, "wall_ms");
  const rows = [
    [textOf(language, "de-41"), textAt(data, "terminal")],
    [textOf(language, "de-11"), textAt(data, "stan")],
    [textOf(language, "de-2"), textAt(data, "account")],
    [textOf(language, "de-4"), amount === null ? null : format.yuan(fen(amount))],
  ] as const;
  return (
    <div lang={language}>
      <b>ATM</b>
      {wall_ms !== null && (
        <p class="receipt-when">
          {format.date(wall_ms)} <span>{format.timeOfDay(wall_ms)}</span>
        </p>
      )}
      {rows.map(([name, value]) => (
        <p key={name}>
          <span>{name}</span>
          <span>{value}</span>
        </p>
      ))}
    </div>
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
