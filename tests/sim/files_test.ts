/** What is written lands where it was asked for, whatever is there already. */
import assert from "node:assert/strict";
import {
  HOME,
  pathOf,
  writableFile,
  writableFolder,
  writeWhole,
} from "../../sim/adapters/files.ts";
import { inFolder } from "../in_folder.ts";

async function put(path: string, text: string): Promise<void> {
  await writableFile(path, "--out", "page");
  await writeWhole(path, text);
}

Deno.test("files: a pipe or a device is written to, and is one afterwards", () =>
  inFolder(async (folder) => {
    const pipe = `${folder}/pipe`;
    await new Deno.Command("mkfifo", { args: [pipe] }).output();
    const [read] = await Promise.all([Deno.readTextFile(pipe), put(pipe, "whole")]);
    assert.equal(read, "whole");
    assert.ok((await Deno.lstat(pipe)).isFifo);
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["pipe"]);
  }));

Deno.test("files: where a link leads to a file, the file is written and the link stays", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/far`);
    await Deno.writeTextFile(`${folder}/far/report.html`, "<!doctype html>before");
    await Deno.symlink("far/report.html", `${folder}/report.html`);
    await put(`${folder}/report.html`, "whole");
    assert.equal(await Deno.readTextFile(`${folder}/far/report.html`), "whole");
    assert.ok((await Deno.lstat(`${folder}/report.html`)).isSymlink);
    assert.deepEqual([...Deno.readDirSync(`${folder}/far`)].map(({ name }) => name), [
      "report.html",
    ]);
  }));

Deno.test("files: only an earlier result of the same kind is written over", () =>
  inFolder(async (folder) => {
    const path = `${folder}/there`;
    const begins = { bundle: "PK\x03\x04", page: "<!doctype html>\n", proof: "{\n  1" } as const;
    const others = ["-----BEGIN PRIVATE KEY-----\n", '{"chain":', "P", ...Object.values(begins)];
    for (const kind of ["bundle", "page", "proof"] as const) {
      for (const there of others) {
        await Deno.writeTextFile(path, there);
        const asked = writableFile(path, "--out", kind);
        if (there === begins[kind]) await asked;
        else {
          const message = `${path}: --out: cannot write: it is there and no ${kind}; name another`;
          await assert.rejects(asked, { name: "InputError", message });
        }
        assert.equal(await Deno.readTextFile(path), there);
      }
      await Deno.writeTextFile(path, "");
      await writableFile(path, "--out", kind);
    }
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

Deno.test("files: whoever finds out whether a folder can be written to is in nobody's way", () =>
  inFolder(async (folder) => {
    await Promise.all(Array.from({ length: 50 }, () => writableFolder(`${folder}/new`)));
    assert.deepEqual([...Deno.readDirSync(`${folder}/new`)], []);
  }));

Deno.test("files: a file where a folder is wanted is named, with what to do", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/notes`, "kept");
    await assert.rejects(writableFolder(`${folder}/notes`), {
      name: "InputError",
      message: `${folder}/notes: --out: cannot write here: it is a file; name a folder`,
    });
    assert.equal(await Deno.readTextFile(`${folder}/notes`), "kept");
  }));
