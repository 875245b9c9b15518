/** Named arguments of the training scripts. */

/** The value after `--name` on the command line, or `otherwise`. */
export function argument(name: string, otherwise: string): string {
  const at = Deno.args.indexOf(name);
  return at < 0 ? otherwise : Deno.args[at + 1] ?? otherwise;
}
