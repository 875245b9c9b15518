/** A run's expectations as a JUnit report, for whatever shows test results. @module */
import type { Run } from "../api.ts";

interface Case {
  readonly text: string;
  /** Null: nobody judged it. */
  readonly ok: boolean | null;
}

/** As JUnit's readers want it; a run that was not judged is skipped, not failed. */
export function junitOf(run: Run): string {
  const cases = casesOf(run);
  const counted = (verdict: Case["ok"]) => cases.filter(({ ok }) => ok === verdict).length;
  const counts = `tests="${cases.length}" failures="${counted(false)}" skipped="${counted(null)}"`;
  const time = (run.virtual_ms / 1_000).toFixed(3);
  const suite = `${escaped(run.scenario)} --seed ${run.seed}`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="${suite}" ${counts} time="${time}">`,
    `    <properties><property name="root" value="${escaped(run.root)}"/></properties>`,
    ...cases.map(({ text, ok }) => {
      const name = `    <testcase classname="${escaped(run.scenario)}" name="${escaped(text)}"`;
      if (ok === true) return `${name}/>`;
      const why = ok === null ? "skipped" : "failure";
      return `${name}><${why} message="${escaped(text)}"/></testcase>`;
    }),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

/**
 * One an expectation. Of a run of which nothing is expected, and of one that kept everything and is not
 * as it should be all the same: that no rule was broken.
 */
function casesOf({ ok, expectations }: Run): readonly Case[] {
  const told = expectations.length > 0 && (ok || expectations.some((each) => !each.ok));
  return told ? expectations : [...expectations, { text: "every oracle is quiet", ok }];
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
