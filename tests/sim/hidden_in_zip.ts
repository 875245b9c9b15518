/** A ZIP file that shows one thing to who reads its list, and another to who looks for files in it. */
import { concatBytes } from "@noble/hashes/utils.js";
import { zipSync } from "fflate";

const END_BYTES = 22;
const LISTED_BYTES = 46;

/** Where another file can lie that the list does not name. */
export const HIDING_PLACES = [
  "comment of the archive",
  "comment of a file",
  "field of a file",
  "after a file",
] as const;

/** These files; and in this place, for who does not go by the list, another one of the first's name. */
export function hidden(
  files: Readonly<Record<string, Uint8Array>>,
  other: Uint8Array,
  place: typeof HIDING_PLACES[number],
): Uint8Array {
  const [name = ""] = Object.keys(files);
  const whole = zipSync({ [name]: other });
  const one = whole.subarray(0, whole.length - END_BYTES - LISTED_BYTES - name.length);
  // The first is the last in the list, so that what is hidden is what a reader comes to last.
  const { [name]: shown = other, ...more } = files;
  const zip = zipSync({ ...more, [name]: shown });
  const end = zip.length - END_BYTES;
  const last = end - LISTED_BYTES - name.length;
  const list = new DataView(zip.buffer).getUint32(end + 16, true);
  const put = (at: number, bytes: Uint8Array) =>
    concatBytes(zip.subarray(0, at), bytes, zip.subarray(at));
  const grown = (made: Uint8Array, place: number, by = one.length, size = 4) => {
    const at = new DataView(made.buffer);
    if (size === 4) at.setUint32(place, at.getUint32(place, true) + by, true);
    else at.setUint16(place, at.getUint16(place, true) + by, true);
    return made;
  };
  switch (place) {
    case "comment of the archive":
      return grown(put(zip.length, one), end + 20, one.length, 2);
    case "comment of a file":
      return grown(
        grown(put(end, one), last + 32, one.length, 2),
        end + one.length + 12,
      );
    case "field of a file": {
      const field = new Uint8Array(4);
      new DataView(field.buffer).setUint16(0, 0x5455, true);
      new DataView(field.buffer).setUint16(2, one.length, true);
      const length = field.length + one.length;
      const made = put(end, concatBytes(field, one));
      return grown(grown(made, last + 30, length, 2), end + length + 12, length);
    }
    case "after a file": {
      // It counts as the last bytes of what was packed: who unpacks stops before them.
      const made = put(list, one);
      const before = new DataView(zip.buffer).getUint32(last + 42, true);
      grown(grown(made, before + 18), last + one.length + 20);
      return grown(made, end + one.length + 16);
    }
  }
}
