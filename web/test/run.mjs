// SPDX-License-Identifier: Apache-2.0
// run.mjs PROGRAM [ASSETS] - the pages in a real browser. Prints "ok" or "not ok" a case; exit status 0 all fine, 1 not.
import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {gunzipSync} from "node:zlib";
import http from "node:http";
import {isStalled, NoBrowser, openPage, openSite, seeAll, until} from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [program, assets] = process.argv.slice(2);
const cases = [];
const test = (name, body) => cases.push({name, body});

const views = [
  ["stories", "/"],
  ["stories, filtered", "/?state=disagree&min_pages=2"],
  ["story", "/stories/1"],
  ["story by date", "/stories/1?view=date&rule=latest"],
  ["story, a sentence open", "/stories/1?s=E12"],
  ["ledger", "/stories/1/claims?sort=value-down"],
  ["article", "/articles/1:E"],
  ["search, empty", "/search"],
  ["search", "/search?q=dam+killed"],
  ["no such page", "/nowhere"],
  ["no such story", "/stories/999"],
];
const looks = [
  {width: 1280, scheme: "light"},
  {width: 360, scheme: "dark"},
];

/* ---- every page, wide and narrow, light and dark ---- */

async function findings(page) {
  await page.evaluate(axe); // as the page's own world would not take it: no inline script
  const found = await page.evaluate(() =>
    axe.run(document, {
      resultTypes: ["violations"],
      runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    }),
  );
  return found.violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 160)} ${v.nodes[0].failureSummary}`);
}

for (const [name, path] of views)
  for (const look of looks)
    test(`${name}, ${look.width} pixels, ${look.scheme}`, async (site) => {
      const {page, wrong, close} = await openPage(site, path, look);
      await page.locator("[aria-busy]").first().waitFor({state: "detached"});
      await seeAll(page);
      if (path.startsWith("/stories/1"))
        await page
          .locator(path.includes("claims") ? ".led" : ".plot")
          .first()
          .waitFor({state: "attached"});
      const expected = path.includes("999") ? wrong.filter((w) => !/404/.test(w)) : wrong;
      assert.deepEqual(expected, []);
      assert.deepEqual(await page.evaluate(() => [document.documentElement.scrollWidth - innerWidth]), [0], "wider than the window");
      assert.deepEqual(await findings(page), []);
      await close();
    });

/* ---- the keyboard ---- */

test("a citation by keyboard: opens, Escape closes, focus goes back", async (site) => {
  const {page, wrong, close} = await openPage(site, "/stories/1");
  await page.locator(".kp .c").first().waitFor();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  await until(page, () => document.activeElement.id, "main");
  for (let i = 0; i < 12 && !(await page.evaluate(() => document.activeElement.matches(".kp .c"))); i++) await page.keyboard.press("Tab");
  const name = await page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press("Enter");
  const pop = page.locator("[role=dialog]");
  await pop.locator("blockquote").waitFor();
  assert.equal(new URL(page.url()).searchParams.get("s"), name);
  await until(page, () => document.activeElement.getAttribute("role"), "dialog");
  await pop.locator("mark").first().waitFor();
  await page.keyboard.press("Tab");
  await until(page, () => document.activeElement.textContent, "Close");
  await page.keyboard.press("Escape");
  await pop.waitFor({state: "detached"});
  await until(page, () => document.activeElement.textContent, name);
  assert.equal(new URL(page.url()).search, "");
  assert.deepEqual(wrong, []);
  await close();
});

test("every control of a story can be reached by Tab, in reading order", async (site) => {
  const {page, close} = await openPage(site, "/stories/1");
  await page.locator(".row .c").first().waitFor();
  const all = await page.evaluate(() => {
    const controls = [...document.querySelectorAll("a[href], button, select, input, summary, [tabindex='0']")].filter(
      (e) => e.getClientRects().length,
    );
    return {
      n: controls.length,
      unnamed: controls.filter((e) => !(e.textContent.trim() || e.getAttribute("aria-label") || e.labels?.length)).length,
      odd: document.querySelectorAll("[tabindex]:not([tabindex='0']):not([tabindex='-1'])").length,
    };
  });
  assert.ok(all.n > 100);
  assert.deepEqual([all.unnamed, all.odd], [0, 0]);
  await close();
});

test("the sentence before the opened one is shown, and the page links to it", async (site) => {
  const {page, close} = await openPage(site, "/stories/1?s=E12");
  await page.locator(".pop .pre").waitFor();
  assert.match(await page.locator(".pop .pre").textContent(), /1,200 soldiers/);
  await page.locator(".pop .pf a").click();
  await page.locator("#s12").waitFor();
  assert.match(page.url(), /\/articles\/1:E#s12$/);
  await close();
});

/* ---- the drawings ---- */

test("a drawn figure opens its sentence", async (site) => {
  const {page, wrong, close} = await openPage(site, "/stories/1");
  const dot = page.locator(".q .values .hit circle").first();
  await page.locator(".q").first().scrollIntoViewIfNeeded();
  await dot.waitFor();
  await dot.click();
  await page.locator(".pop mark").first().waitFor();
  const cite = await page.locator(".q .row:not(.ax) .c").first().textContent();
  assert.equal(new URL(page.url()).searchParams.get("s"), cite);
  await page.keyboard.press("Escape");
  await until(page, () => [document.activeElement.matches(".q .row .c"), document.activeElement.textContent], [true, cite]);
  assert.deepEqual(wrong, []);
  await close();
});

test("as many figures are drawn as there are rows", async (site) => {
  const {page, close} = await openPage(site, "/stories/1");
  await page.locator(".q .rows").first().waitFor();
  await seeAll(page);
  await page.waitForFunction(() => document.querySelectorAll(".rows").length === document.querySelectorAll(".rows > .values").length);
  const counts = await page.evaluate(() =>
    [...document.querySelectorAll(".rows")].map((r) => [
      r.querySelectorAll(".row:not(.ax, .sum)").length,
      r.querySelectorAll(".values .hit circle").length,
    ]),
  );
  for (const [rows, drawn] of counts) assert.equal(drawn, rows);
  await close();
});

test("the words of a drawing stay within their column", async (site) => {
  const {page, close} = await openPage(site, "/stories/1");
  await page.locator(".q .rows").first().waitFor();
  await seeAll(page);
  const outside = await page.evaluate(() =>
    [...document.querySelectorAll("svg.over")].flatMap((svg) => {
      const column = svg.getBoundingClientRect(),
        out = (r) => r.left < column.left - 2 || r.right > column.right + 2;
      return [...svg.querySelectorAll("text")].filter((t) => out(t.getBoundingClientRect())).map((t) => t.textContent);
    }),
  );
  assert.deepEqual(outside, []);
  await close();
});

test("of many answers some are shown, all when asked for, and the address keeps it", async (site) => {
  const found = await (await fetch(`${site.base}/api/v1/search?q=marigold`)).json(),
    id = found.hits[0].story;
  const {questions} = await (await fetch(`${site.base}/api/v1/stories/${id}/questions`)).json(),
    all = Math.max(...questions.map((q) => q.answers.length));
  assert.ok(all > 30, `${all} answers`);
  const {page, wrong, close} = await openPage(site, `/stories/${id}`);
  const rows = page.locator(".q .row:not(.ax, .sum)");
  await rows.first().waitFor();
  assert.ok((await rows.count()) <= 30);
  await page.getByRole("button", {name: `Show all ${all}`}).click();
  await until(page, () => document.querySelectorAll(".q .row:not(.ax, .sum)").length, all);
  await page.reload();
  await rows.first().waitFor();
  await seeAll(page);
  await until(page, () => document.querySelectorAll(".q .values .hit circle").length, all);
  await page.getByRole("button", {name: "Show fewer"}).waitFor();
  assert.deepEqual(await findings(page), []);
  assert.deepEqual(wrong, []);
  await close();
});

test("plots are not fetched before they are near", async (site) => {
  const {page, close} = await openPage(site, "/stories/1", {height: 500});
  const asked = [];
  page.on("request", (r) => asked.push(r.url()));
  await page.locator(".row .c").first().waitFor();
  const fetched = () =>
    page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .filter((e) => /\/draw-/.test(e.name))
        .map((e) => e.startTime),
    );
  const early = (await fetched()).filter((ms) => ms < 2900); // then they are, to be printed
  assert.deepEqual(early, []);
  await seeAll(page);
  await page.locator(".plot").first().waitFor({state: "attached"});
  assert.equal((await fetched()).length, 1);
  await close();
});

/* ---- the words are the terminal's ---- */

test("values, chips and estimates are those that dossier show prints", async (site) => {
  const {page, close} = await openPage(site, "/stories/1");
  await page.locator(".row .c").first().waitFor();
  const flat = (s) => s.replace(/\s+/g, " ").trim(),
    printed = flat(site.terminal("show", "1"));
  const words = await page.evaluate(() => {
    const text = (e) =>
      [...e.childNodes]
        .filter((n) => n.nodeType === 3)
        .map((n) => n.textContent)
        .join("");
    const of = (selector, take = (e) => e.textContent) => [...document.querySelectorAll(selector)].map(take);
    return {
      values: of(".row:not(.sum) .a", text),
      chips: of(".q h3 .chip").filter((c) => !/question/.test(c)),
      single: of(".single td.r b"),
      points: of(".kp li", text),
      estimates: of(".est b"),
    };
  });
  const missing = [...words.values, ...words.chips, ...words.single, ...words.points].map(flat).filter((w) => w && !printed.includes(w));
  assert.deepEqual(missing, []);
  const terms = words.estimates.map((w) => flat(w.replace(/\.$/, "").replaceAll(", ", " ").toLowerCase()));
  assert.deepEqual(
    terms.filter((t) => !printed.toLowerCase().includes(t)),
    [],
  );
  await close();
});

/* ---- every state has an address ---- */

test("rule, view and comparison stand in the address and come back from it", async (site) => {
  const {page, close} = await openPage(site, "/stories/1");
  await page.locator("select").first().selectOption("latest");
  await page.waitForURL(/rule=latest/);
  await page.locator(".est", {hasText: "Rule: latest"}).first().waitFor();
  await page.locator(".pairs summary").first().click();
  await page.waitForURL(/pairs=q/);
  await page.getByRole("link", {name: "By date"}).click();
  await page.waitForURL(/view=date/);
  await page.reload();
  await page.locator(".bydate").first().waitFor();
  assert.equal(await page.locator("select").first().inputValue(), "latest");
  await page.locator(".pairs[open] li").first().waitFor();
  assert.deepEqual(await findings(page), []);
  await close();
});

test("the ledger sorts, filters, keeps it in the address, and its CSV is what is shown", async (site) => {
  const {page, wrong, close} = await openPage(site, "/stories/1/claims");
  const rows = page.locator(".led tbody tr");
  await rows.first().waitFor();
  const all = await rows.count();
  await page.locator(".fil select").first().selectOption("killed");
  await until(page, () => new Set([...document.querySelectorAll(".led .me")].map((e) => e.textContent)).size, 1);
  const sortedBy = () => document.querySelector("th[aria-sort]")?.getAttribute("aria-sort");
  await page.getByRole("button", {name: "value"}).click();
  await until(page, sortedBy, "ascending");
  await page.getByRole("button", {name: "value"}).click();
  await until(page, sortedBy, "descending");
  assert.match(page.url(), /measure=killed&sort=value-down/);
  const few = await rows.count();
  assert.ok(few > 3 && few < all);
  await page.reload();
  await rows.first().waitFor();
  assert.equal(await rows.count(), few);
  const shown = await rows.evaluateAll((trs) =>
    trs.map((t) => `${t.querySelector(".ci").textContent},${t.querySelector(".va").textContent}`),
  );
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", {name: /^CSV of/}).click()]);
  const csv = readFileSync(await download.path(), "utf8")
    .trim()
    .split("\r\n");
  assert.equal(csv.length, few + 1);
  assert.deepEqual(
    csv.slice(1).map((l) => l.split(",").slice(0, 2).join(",")),
    shown,
  );
  assert.equal(
    csv.some((l) => /(^|,)=/.test(l)),
    false,
    "a formula",
  );
  await page.goto(`${site.base}/stories/1/claims?words=nothing+like+this`);
  await page.getByText("No figure is like that.").waitFor();
  assert.deepEqual(wrong, []);
  await close();
});

test("search finds, marks its words, and links to the page and its story", async (site) => {
  const {page, close} = await openPage(site, "/");
  await page.getByRole("searchbox").fill('"wall of water"');
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search\?q=/);
  await page.locator(".hits mark").first().waitFor();
  await page.locator(".hits h2 a").first().click();
  await page.locator(".hash").waitFor();
  assert.match(await page.locator(".hash").textContent(), /^[0-9a-f]{64}$/);
  await page.goBack();
  await page.locator(".hits").waitFor();
  await close();
});

/* ---- hostile pages ---- */

const injected = () => ({
  ran: typeof globalThis.hacked,
  scripts: document.querySelectorAll("script").length,
  frames: document.querySelectorAll("iframe, object, embed").length,
  images: document.querySelectorAll("main img").length,
  handlers: [...document.querySelectorAll("*")].filter((e) => [...e.attributes].some((a) => /^on/i.test(a.name))).length,
  links: [...document.querySelectorAll("a[href]")].filter((a) => !/^https?:$/.test(a.protocol)).length,
  leaks: [...document.querySelectorAll("a[href]")].filter((a) => a.origin !== location.origin && !/noopener/.test(a.rel)).length,
});
const clean = {ran: "undefined", scripts: 1, frames: 0, images: 0, handlers: 0, links: 0, leaks: 0};

async function hostileArticles(site) {
  const found = await (await fetch(`${site.base}/api/v1/search?q=killed&limit=50`)).json();
  return found.hits.filter((h) => /hacked/.test(h.title ?? "")).map((h) => ({story: h.story, page: h.page}));
}

test("script in title, author, source, URL and text is shown as text and never runs", async (site) => {
  const hostile = await hostileArticles(site);
  assert.equal(hostile.length, 2);
  const paths = hostile.flatMap(({story, page}) => [
    `/articles/${story}:${page}`,
    `/stories/${story}`,
    `/stories/${story}/claims?page=${page}`,
    `/stories/${story}?s=${page}1`,
    `/stories/${story}?view=date`,
  ]);
  for (const path of [
    ...new Set(paths),
    "/",
    "/search?q=killed",
    "/search?q=%3Cscript%3Ehacked%3D1%3C%2Fscript%3E",
    "/?measure=%22%3E%3Cscript%3Ehacked%3D1%3C%2Fscript%3E",
  ]) {
    const {page, wrong, close} = await openPage(site, path);
    await page.locator("[aria-busy]").first().waitFor({state: "detached"});
    await seeAll(page);
    assert.deepEqual(await page.evaluate(injected), clean, path);
    assert.deepEqual(wrong, [], path);
    await close();
  }
  const {page, close} = await openPage(site, `/articles/${hostile[0].story}:${hostile[0].page}`);
  assert.match(await page.locator("h1").textContent(), /<script>hacked=1/);
  await close();
});

/* ---- what changes meanwhile ---- */

test("a change is told quietly and shown when asked for", async (site) => {
  const {page, wrong, streams, close} = await openPage(site, "/stories/1");
  await page.locator(".row .c").first().waitFor();
  await streams;
  const before = await page.locator("main").evaluate((e) => e.querySelector(".state").textContent);
  site.add("later.jsonl");
  await page.locator(".live", {hasText: "changed"}).waitFor();
  assert.equal(await page.locator(".state").first().textContent(), before);
  await page.locator(".live button").click();
  await page.waitForFunction((old) => document.querySelector(".state").textContent !== old, before);
  await page.locator(".row", {hasText: "70"}).first().waitFor();
  await until(page, () => document.querySelector(".live").textContent, "");
  assert.deepEqual(wrong, []);
  await close();
});

/* ---- paper, bytes ---- */

test("on paper there is no navigation and every question", async (site) => {
  const {page, close} = await openPage(site, "/stories/1");
  await page.locator(".row .c").first().waitFor();
  const drawn = () =>
    [...document.querySelectorAll(".rows")].filter((e) => {
      const cell = e.querySelector(".row:not(.ax) .v").getBoundingClientRect(),
        plot = e.querySelector(":scope > .values")?.getBoundingClientRect();
      return plot && Math.abs(plot.left - cell.left) < 1 && Math.abs(plot.width - cell.width) < 1;
    }).length;
  const rows = await page.locator(".rows").count();
  await until(page, () => (dispatchEvent(new Event("beforeprint")), document.querySelectorAll(".rows > .values").length), rows);
  assert.equal(await page.evaluate(drawn), rows);
  await page.emulateMedia({media: "print"});
  await until(page, drawn, rows);
  assert.equal(await page.locator("header nav").isVisible(), false);
  assert.equal(await page.locator(".q").last().isVisible(), true);
  await close();
});

function gzipped(url) {
  return new Promise((done, fail) =>
    http
      .get(url, {headers: {"accept-encoding": "gzip"}}, (r) => {
        const parts = [];
        r.on("data", (d) => parts.push(d))
          .on("end", () => done({bytes: Buffer.concat(parts), packed: r.headers["content-encoding"] === "gzip"}))
          .on("error", fail);
      })
      .on("error", fail),
  );
}

test("the first paint of a story is under 100 KB gzipped", async (site) => {
  const index = await gzipped(`${site.base}/stories/1`),
    html = (index.packed ? gunzipSync(index.bytes) : index.bytes).toString();
  const needed = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((m) => m[1]);
  const head = "/api/v1/stories/1?parts=key_points,flags,disputes,sources";
  const sizes = await Promise.all([...needed, head].map(async (p) => (await gzipped(site.base + p)).bytes.length)),
    sum = index.bytes.length + sizes.reduce((a, b) => a + b, 0);
  console.log(`# first paint: ${sum} bytes gzipped, of which ${sizes.at(-1)} the story`);
  assert.ok(needed.length === 2 && sum < 100_000);
});

/* ---- run ---- */

const site = await openSite(program, assets).catch((e) => {
  if (!(e instanceof NoBrowser)) throw e;
  console.log(`skipped: ${e.message}`);
  process.exit(77);
});
const only = process.env.WEB_TEST;
const longest = 180_000; // milliseconds of a case: what a page is asked has no end of its own
const inTime = (work) => Promise.race([work, new Promise((_, fail) => setTimeout(() => fail(new Error("no end")), longest).unref())]);

/** What is wrong with a case; nothing: undefined. One in which the browser itself stood still is run again in a new one. */
async function fault(body, again = true) {
  const e = await inTime(body(site)).then(
    () => undefined,
    (e) => e,
  );
  const stalled = e && (await isStalled(site));
  if (e) await site.reopen();
  if (!stalled || !again) return e;
  console.log(`# the browser stood still (${String(e.message ?? e).split("\n")[0]}): once more`);
  return fault(body, false);
}

let failed = 0;
for (const {name, body} of cases) {
  if (only && !name.includes(only)) continue;
  const e = await fault(body);
  if (e) failed++;
  console.log(
    e
      ? `not ok ${name}: ${String(e.message ?? e)
          .slice(0, 1500)
          .replaceAll("\n", "\n# ")}`
      : `ok ${name}`,
  );
}
await site.close();
process.exitCode = failed ? 1 : 0;
