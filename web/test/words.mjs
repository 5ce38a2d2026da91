// SPDX-License-Identifier: Apache-2.0
// words.mjs - figures and days are worded as the program words them: the cases are those of src/reconcile/test_value_text.c.
import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {buildSync} from "esbuild";

const web = join(dirname(fileURLToPath(import.meta.url)), ".."),
  cases = readFileSync(join(web, "../src/reconcile/test_value_text.c"), "utf8");

async function load(file) {
  const {outputFiles} = buildSync({
    absWorkingDir: web,
    entryPoints: [file],
    bundle: true,
    format: "esm",
    write: false,
    logLevel: "warning",
  });
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
}

let failed = 0,
  checked = 0;

function check(name, made, agreed) {
  checked++;
  try {
    assert.equal(made, agreed);
  } catch {
    failed++;
    console.log(`not ok ${name}: ${made}, not ${agreed}`);
  }
}

/* As answers carry them: at most four decimals. */
const numberOf = (num, den) => (Number(den) === 0 ? null : Math.round((Number(num) / Number(den)) * 10_000) / 10_000);
const pair = String.raw`\{(-?\d+), (\d+)\}`;

const {prose, inTable} = await load("src/words/numbers.ts");
for (const [, bound, l1, l2, b1, b2, h1, h2, unit, long, brief] of cases.matchAll(
  new RegExp(String.raw`\{DS_BOUND_(\w+),\s*${pair},\s*${pair},\s*${pair},\s*"([^"]*)", "([^"]*)", "([^"]*)"\}`, "g"),
)) {
  const v = {low: numberOf(l1, l2), best: numberOf(b1, b2), high: numberOf(h1, h2), bound: bound.toLowerCase()};
  check(`figure ${long}`, prose(v, unit), long);
  check(`figure ${brief}`, inTable(v, unit), brief);
}

const {daysText} = await load("src/words/days.ts");
for (const [, lo, hi, left, words] of cases.matchAll(/\{(NULL|"[\d-]+"), (NULL|"[\d-]+"), (\d+), "([^"]*)"\}/g))
  check(
    `days ${words}`,
    daysText(
      [lo, hi].map((d) => (d === "NULL" ? null : d.slice(1, -1))),
      Number(left),
    ),
    words,
  );

assert.ok(checked > 50, `only ${checked} cases found`);
if (!failed) console.log(`ok ${checked} figures and days are worded as the program words them`);
process.exitCode = failed ? 1 : 0;
