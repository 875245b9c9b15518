/**
 * Where the keys are: four columns, four rows, and the X of identity numbers below the digits.
 *
 * @module
 */
import { type CompletionPayload, DIGIT_KEYS } from "../../core/xfs4iot/mod.ts";
import { HEX_ROW, KEY_ROWS } from "../pad_keys.ts";

type Layout = NonNullable<CompletionPayload<"Keyboard.GetLayout">["layout"]>;

const KEY = { width: 90, height: 70 } as const;

/** Keys that key material is typed with: hexadecimal. */
export const HEX_KEYS: readonly string[] = [...DIGIT_KEYS, ...HEX_ROW];

/** The layout of one entry mode; digits are where they are, for the blind hand too. */
export function layoutOf(mode: "data" | "pin" | "secure"): Layout {
  const rows = mode === "secure" ? [...KEY_ROWS, HEX_ROW] : KEY_ROWS;
  const keys = rows.flatMap((row, y) =>
    row.flatMap((key, x) =>
      mode !== "data" && key === "oemX" ? [] : [{
        xPos: x * KEY.width,
        yPos: y * KEY.height,
        xSize: KEY.width,
        ySize: KEY.height,
        key,
      }]
    )
  );
  const columns = Math.max(...rows.map(({ length }) => length));
  const frame = {
    xPos: 0,
    yPos: 0,
    xSize: columns * KEY.width,
    ySize: rows.length * KEY.height,
    keys,
  };
  return { [mode]: [frame] };
}
