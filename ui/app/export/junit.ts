/** A run's expectations as a JUnit report, for whatever shows test results. @module */
import type { Run } from "../api.ts";

/** One test case an expectation; a run of which nothing is expected is one case: no rule was broken. */
export function junitOf(run: Run): string {
  const cases = run.expectations.length > 0
    ? run.expectations
    : [{ text: "every oracle is quiet", ok: run.ok }];
  const failures = cases.filter(({ ok }) => !ok).length;
  const time = (run.virtual_ms / 1_000).toFixed(3);
  const suite = `${escaped(run.scenario)} --seed ${run.seed}`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${cases.length}" failures="${failures}">`,
    `  <testsuite name="${suite}" tests="${cases.length}" failures="${failures}" time="${time}">`,
    `    <properties><property name="root" value="${escaped(run.root)}"/></properties>`,
    ...cases.map(({ text, ok }) => {
      const name = `    <testcase classname="${escaped(run.scenario)}" name="${escaped(text)}"`;
      return ok ? `${name}/>` : `${name}><failure message="${escaped(text)}"/></testcase>`;
    }),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
