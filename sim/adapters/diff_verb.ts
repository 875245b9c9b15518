/** `diff TRACE TRACE`: the first moment at which two runs are not the same. */
import { diffTraces, whereTheyPart } from "../evidence/mod.ts";
import { print, printLine } from "./terminal.ts";
import { readTraceFile } from "./trace_file.ts";

/** Returns the exit code: 0 the same, 1 not. */
export async function diffVerb(
  files: readonly [string, string],
  options: { readonly format: "text" | "json" },
): Promise<number> {
  const [left, right] = [await readTraceFile(files[0]), await readTraceFile(files[1])];
  const difference = diffTraces(left, right);
  if (options.format === "json") {
    print(JSON.stringify({ schema: 1, files, ...difference }, null, 2));
  } else if (difference.same) {
    print(`the same: root ${difference.root}`);
  } else {
    if (difference.pinned.length > 0) {
      printLine(`set out differently: ${difference.pinned.join(", ")}`);
    }
    print(`part at line ${difference.line}`);
    const [one, other] = whereTheyPart(difference.left, difference.right);
    print(`- ${one}`);
    print(`+ ${other}`);
  }
  return difference.same ? 0 : 1;
}
