/**
 * The rules of the house, held by reading the tree: imports run one way, time and chance are injected,
 * files and functions stay small. Each failure names file and line.
 */
import assert from "node:assert/strict";

const ROOT = new URL("../", import.meta.url);
const ROOMS = ["core", "devices", "sim", "ui", "tests"] as const;

interface Source {
  readonly path: string;
  readonly lines: readonly string[];
  /** The lines with comments and string contents taken out. */
  readonly code: readonly string[];
}

async function* filesUnder(folder: string): AsyncGenerator<string> {
  for await (const entry of Deno.readDir(new URL(folder + "/", ROOT))) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory && !/(node_modules|build|screenshots|work)$/.test(path)) {
      yield* filesUnder(path);
    } else if (entry.isFile && /\.tsx?$/.test(entry.name)) yield path;
  }
}

async function sources(): Promise<Source[]> {
  const found: Source[] = [];
  for (const room of [...ROOMS, "models"]) {
    for await (const path of filesUnder(room)) {
      const text = await Deno.readTextFile(new URL(path, ROOT));
      const bare = text
        .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " "))
        .replace(/(^|[^:"'`])\/\/.*$/gm, "$1");
      found.push({ path, lines: text.split("\n"), code: bare.split("\n") });
    }
  }
  return found;
}

const SOURCES = await sources();

/** Every line of code that matches, as `file:line: text`. */
function matches(rule: RegExp, where: (path: string) => boolean): string[] {
  return SOURCES.filter(({ path }) => where(path)).flatMap(({ path, code }) =>
    code.flatMap((line, i) => rule.test(line) ? [`${path}:${i + 1}: ${line.trim()}`] : [])
  );
}

/** Adapters are where the outside world is let in. */
function isAdapter(path: string): boolean {
  return path.startsWith("sim/adapters/") || path === "sim/store/sqlite.ts";
}

function isTwin(path: string): boolean {
  return /^(core|devices|sim)\//.test(path) && !isAdapter(path);
}

const AMBIENT_TIME = [
  String.raw`\bDate\.now\b`,
  String.raw`\bnew Date\(\)`,
  String.raw`\bperformance\.now\b`,
  String.raw`\bset(Timeout|Interval)\b`,
];

Deno.test("tidy: time and chance are ambient nowhere in the twin", () => {
  const ambient = new RegExp([
    ...AMBIENT_TIME,
    String.raw`\bMath\.random\b`,
    String.raw`\bcrypto\.(getRandomValues|randomUUID)\b`,
    String.raw`\bIntl\.`,
    String.raw`\btoLocale\w*String\b`,
  ].join("|"));
  assert.deepEqual(matches(ambient, isTwin), []);
});

Deno.test("tidy: adapters ask one file what time it really is", () => {
  const ambient = new RegExp(AMBIENT_TIME.join("|"));
  const theirs = (path: string) => isAdapter(path) && path !== "sim/adapters/wall_time.ts";
  assert.deepEqual(matches(ambient, theirs), []);
});

Deno.test("tidy: only exact arithmetic reaches a trace", () => {
  const inexact =
    /\bMath\.(sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|exp|expm1|log|log2|log10|log1p|pow|hypot|cbrt)\b|\*\*/;
  assert.deepEqual(matches(inexact, isTwin), []);
});

Deno.test("tidy: the twin runs where there is neither Deno nor Node", () => {
  assert.deepEqual(matches(/\bDeno\.|from "node:|from "npm:/, isTwin), []);
});

Deno.test("tidy: zod comes as a namespace, so that the browser gets what is used of it", () => {
  assert.deepEqual(matches(/import \{ z \} from "zod"/, (path) => !path.startsWith("tests/")), []);
});

Deno.test("tidy: data flows one way through the rooms", () => {
  const forbidden: Record<string, RegExp> = {
    core: /from "(\.\.\/)+(sim|devices|ui|tests)\//,
    devices: /from "(\.\.\/)+(sim|ui|tests)\//,
    sim: /from "(\.\.\/)+(ui|tests)\//,
  };
  const wrong = Object.entries(forbidden).flatMap(([room, rule]) =>
    matches(rule, (path) => path.startsWith(`${room}/`))
  );
  assert.deepEqual(wrong, []);
});

Deno.test("tidy: a folder is entered through its front door", () => {
  // core/sim: "../clock/mod.ts" is a door, "../clock/heap.ts" a window. Inside a folder anything goes.
  const windows = SOURCES.filter(({ path }) => isTwin(path)).flatMap(({ path, code }) =>
    code.flatMap((line, i) => {
      const target = /from "((?:\.\.\/)+[^"]+)"/.exec(line)?.[1];
      if (target === undefined || isFrontDoor(path, target)) return [];
      return [`${path}:${i + 1}: ${target}`];
    })
  );
  assert.deepEqual(windows, []);
});

/** A module at the top of a room, a `mod.ts`, a schema that the door would make circular, or data. */
function isFrontDoor(from: string, target: string): boolean {
  const resolved = new URL(target, new URL(from, "file:///")).pathname.slice(1);
  const [room, folder] = resolved.split("/");
  if (resolved.split("/").length === 2) return true;
  if (/\/(mod|result|message|schema)\.ts$/.test(resolved)) return true;
  const [fromRoom, fromFolder] = from.split("/");
  return room === fromRoom && folder === fromFolder;
}

function isComment(line: string): boolean {
  return /^\s*(\/\*\*|\*|\/\/)/.test(line);
}

Deno.test("tidy: files stay under 400 lines, lines within 110 columns", () => {
  const long = SOURCES.filter(({ lines }) => lines.length > 400)
    .map(({ path, lines }) => `${path}: ${lines.length} lines`);
  const wide = SOURCES.flatMap(({ path, lines }) =>
    lines.flatMap((line, i) =>
      // The formatter breaks code at 100; a template, a regular expression or an address it cannot.
      [...line].length > 110 && !(isComment(line) ? /https:/ : /[`/]/).test(line)
        ? [`${path}:${i + 1}`]
        : []
    )
  );
  assert.deepEqual([...long, ...wide], []);
});

Deno.test("tidy: a function fits on a screen", () => {
  const long = SOURCES.filter(({ path }) => !path.startsWith("tests/")).flatMap(
    ({ path, lines }) => {
      const found: string[] = [];
      let start = -1;
      lines.forEach((line, i) => {
        if (/^(export )?(async )?function\*? /.test(line)) start = i;
        if (line === "}" && start >= 0) {
          if (i - start > 70) found.push(`${path}:${start + 1}: ${i - start + 1} lines`);
          start = -1;
        }
      });
      return found;
    },
  );
  assert.deepEqual(long, []);
});

Deno.test("tidy: nothing is left undone or switched off", () => {
  const rule =
    /\bTODO\b|\bFIXME\b|\bXXX\b|@ts-ignore|@ts-expect-error|deno-lint-ignore|\bas any\b|: any(?=[,;)\]}>]|\s*=|$)/;
  const here = "tests/tidy_test.ts";
  const found = SOURCES.filter(({ path }) => path !== here).flatMap(({ path, lines }) =>
    lines.flatMap((line, i) => rule.test(line) ? [`${path}:${i + 1}: ${line.trim()}`] : [])
  );
  assert.deepEqual(found, []);
});

Deno.test("tidy: nothing is asserted to be there without a reason", () => {
  const nonNull = /[\w)\]]!(?=[.;,)\]]|\s*$)/;
  assert.deepEqual(matches(nonNull, (path) => !path.startsWith("tests/")), []);
});

Deno.test("tidy: nobody can search a crowd", () => {
  // Verification is 1:1: no name in the twin speaks of the contrary.
  const rule = /\b(identif(y|ies)Face|searchFace|findFace|oneToMany|1:N)\b/i;
  assert.deepEqual(matches(rule, isTwin), []);
});
