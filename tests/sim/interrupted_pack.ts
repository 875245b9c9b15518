/** Adds a pack, SOURCE to PACKS, and presses Ctrl-C as soon as something of it is written. */
import { addPack } from "../../sim/adapters/packs.ts";

const [source = "", packs = ""] = Deno.args;
const place = new URL(packs);

function begun(): boolean {
  return [...Deno.readDirSync(place)].some(({ name }) => name.startsWith(".part-"));
}

// Where it is too late, nobody else hears it.
Deno.addSignalListener("SIGINT", () => {});
const adding = addPack(source, place);
while (!begun()) await new Promise((resolve) => setTimeout(resolve, 0));
Deno.kill(Deno.pid, "SIGINT");
await Deno.stdout.write(new TextEncoder().encode(JSON.stringify(await adding)));
Deno.exit();
