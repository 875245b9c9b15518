/**
 * The journal of a dataset under way: what was asked for, and every shot that is wholly written.
 *
 * A line is added after the three pictures of a shot are in place, so whoever goes on believes only
 * lines; a last line that was cut off is a shot that is taken again. So is one that is not the next:
 * two commands at once both wrote theirs.
 */
import { RENDERER_VERSION } from "../../devices/camera/mod.ts";
import { InputError } from "../plan/mod.ts";
import type { ListedShot } from "./camera_coco.ts";
import { why, writeWhole } from "./files.ts";

const NAME = ".shots.jsonl";

export class DatasetJournal {
  readonly #path: string;
  readonly shots: ListedShot[];

  private constructor(path: string, shots: ListedShot[]) {
    this.#path = path;
    this.shots = shots;
  }

  /** Opens the journal of a folder, new or to go on with. Another dataset's is refused. */
  static async open(folder: string, asked: object): Promise<DatasetJournal> {
    const path = `${folder}/${NAME}`;
    // By another renderer the same shots are other pictures.
    const head = JSON.stringify({ ...asked, renderer: RENDERER_VERSION });
    const text = await Deno.readTextFile(path).catch(() => null);
    const [first, ...lines] = text?.split("\n") ?? [];
    if (text !== null && first !== head) {
      throw new InputError({
        file: folder,
        field: "--out",
        message: "holds a dataset asked for otherwise that is not finished; " +
          "repeat its options to go on with it, or use another folder",
      });
    }
    const shots: ListedShot[] = [];
    for (const line of lines) {
      const shot = parsed(line);
      if (shot?.rgb !== namesOf(shots.length).rgb || !(await allThere(folder, shot))) break;
      shots.push(shot);
    }
    const journal = new DatasetJournal(path, shots);
    const known = [head, ...shots.map((shot) => JSON.stringify(shot))];
    await writeWhole(path, known.join("\n") + "\n");
    return journal;
  }

  /** Notes a shot whose pictures are written. */
  async add(shot: ListedShot): Promise<void> {
    this.shots.push(shot);
    await this.#append(JSON.stringify(shot) + "\n");
  }

  /** The dataset is finished: nothing is left to go on with. */
  async close(): Promise<void> {
    try {
      await Deno.remove(this.#path);
    } catch (error) {
      // Another command at the same dataset was done with it first.
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }

  async #append(text: string): Promise<void> {
    try {
      await Deno.writeTextFile(this.#path, text, { append: true });
    } catch (error) {
      throw new InputError({
        file: this.#path,
        field: "",
        message: `cannot write: ${why(error)}`,
      });
    }
  }
}

/** What the three pictures of the `n`-th shot are called. */
export function namesOf(n: number): Pick<ListedShot, "rgb" | "nir" | "depth"> {
  const number = String(n).padStart(3, "0");
  return { rgb: `rgb-${number}.png`, nir: `nir-${number}.png`, depth: `depth-${number}.png` };
}

function parsed(line: string): ListedShot | null {
  try {
    return JSON.parse(line) as ListedShot;
  } catch {
    return null; // cut off while it was written
  }
}

async function allThere(folder: string, { rgb, nir, depth }: ListedShot): Promise<boolean> {
  for (const name of [rgb, nir, depth]) {
    if (!(await Deno.stat(`${folder}/${name}`).then(({ isFile }) => isFile, () => false))) {
      return false;
    }
  }
  return true;
}
