/** Pictures in a trace: PNG under base64, as the printer is given them. @module */

/** How a PNG begins, under base64. */
const PNG = "iVBORw0KGgo";

/** Where a page finds the picture; null: this is none. */
export function pngUrl(value: unknown): string | null {
  return typeof value === "string" && value.startsWith(PNG)
    ? `data:image/png;base64,${value}`
    : null;
}

/** JSON without its quotes, and without the letters of its pictures. */
export function bareJson(value: unknown): string {
  const told = (_key: string, part: unknown) => pngUrl(part) === null ? part : "PNG";
  return JSON.stringify(value, told).replaceAll('"', "");
}

/** The pictures in a value, as `data:` URLs. */
export function picturesIn(value: unknown): readonly string[] {
  const url = pngUrl(value);
  if (url !== null) return [url];
  return typeof value === "object" && value !== null
    ? Object.values(value).flatMap(picturesIn)
    : [];
}
