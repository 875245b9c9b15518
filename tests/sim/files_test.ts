/** Files are written whole or not at all, whoever else writes them, and only where a file can be. */
import assert from "node:assert/strict";
import { HOME, pathOf, writableFile, writeWhole } from "../../sim/adapters/files.ts";
import { inFolder } from "../in_folder.ts";

Deno.test("files: a pipe is not replaced by a file", () =>
  inFolder(async (folder) => {
    const path = `${folder}/pipe`;
    const made = await new Deno.Command("mkfifo", { args: [path] }).output();
    assert.ok(made.success);
    const told = /pipe: .*cannot write: it is a device or a pipe; name a file/;
    await assert.rejects(writableFile(path, "--out"), told);
    await assert.rejects(writeWhole(path, "x"), told);
    assert.ok((await Deno.stat(path)).isFifo);
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["pipe"]);
  }));

Deno.test("files: two programs that write the same file at once both get it written", () =>
  inFolder(async (folder) => {
    const path = `${folder}/shared.json`;
    const write = (letter: string) => {
      const text = letter.repeat(200_000);
      const files = pathOf(new URL("sim/adapters/files.ts", HOME));
      const script = `import { writeWhole } from ${JSON.stringify(files)};
        for (let i = 0; i < 100; i++) await writeWhole(${JSON.stringify(path)}, "${text}");`;
      const args = ["run", "-A", "--no-check", "--ext=ts", "-"];
      const child = new Deno.Command(Deno.execPath(), {
        args,
        cwd: pathOf(HOME),
        stdin: "piped",
        stdout: "null",
        stderr: "piped",
      }).spawn();
      const writer = child.stdin.getWriter();
      const fed = writer.write(new TextEncoder().encode(script)).then(() => writer.close());
      return fed.then(() => child.output());
    };
    const both = await Promise.all([write("a"), write("b")]);
    for (const { code, stderr } of both) assert.equal(code, 0, new TextDecoder().decode(stderr));
    const kept = await Deno.readTextFile(path);
    assert.equal(kept.length, 200_000);
    assert.equal(new Set(kept).size, 1, "of one of them, whole");
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["shared.json"]);
  }));
