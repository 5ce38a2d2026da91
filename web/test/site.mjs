// SPDX-License-Identifier: Apache-2.0
// site.mjs - a store of the demo pages and hostile ones, the server on it, a browser.
import {spawn, spawnSync} from "node:child_process";
import {existsSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join, resolve} from "node:path";
import {fileURLToPath} from "node:url";
import {chromium} from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url)),
  root = join(here, "../..");
const chromiumAt = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);

/** The text that the program prints. */
function run(program, args) {
  const done = spawnSync(program, args, {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: {...process.env, LC_ALL: "C.UTF-8", COLUMNS: "140"},
  });
  if (done.status !== 0) throw new Error(`${args.join(" ")}: ${done.status} ${done.stderr}`);
  return done.stdout;
}

function serve(program, db, assets) {
  const args = ["--db", db, "serve", "--quiet", "--listen", "127.0.0.1:0", ...(assets ? ["--assets", resolve(assets)] : [])];
  const server = spawn(program, args, {stdio: ["ignore", "ignore", "pipe"]});
  return new Promise((done, fail) => {
    let said = "";
    server.stderr.on("data", (d) => {
      said += d;
      const at = said.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (at) done({server, base: at[0]});
    });
    server.on("exit", (code) => fail(new Error(`the server ended with ${code}: ${said}`)));
  });
}

/** A story of `n` pages, each with a figure of its own. */
function longStory(n) {
  const line = (i) => ({
    id: `long-${i}`,
    url: `https://paper${i}.test/ferry`,
    source: `Paper ${i}`,
    title: `Ferry Marigold sinks off Cape Wren`,
    date: `2025-03-${String(1 + (i % 28)).padStart(2, "0")}`,
    text: `${60 + i} passengers are missing after the ferry Marigold sank off Cape Wren in fog, the Kestria coast guard of district ${i} said.\n\nThe ferry had left Port Ambry and struck the tanker Hollis.`,
  });
  return Array.from({length: n}, (_, i) => JSON.stringify(line(i))).join("\n");
}

const patience = 60_000; // milliseconds: a machine may be busy

/** Why there is no browser. */
export class NoBrowser extends Error {}

async function openBrowser() {
  // Without --disable-gpu a busy machine's software GPU now and then leaves a page without a frame for ever.
  const args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"];
  const browser = await chromium.launch({executablePath: chromiumAt, args, timeout: patience}).catch((e) => {
    throw new NoBrowser(`chromium does not start: ${String(e.message).split("\n")[0]}`);
  });
  // One that starts may still show nothing.
  const page = await browser.newPage().catch((e) => {
    throw new NoBrowser(`chromium opens no page: ${String(e.message).split("\n")[0]}`);
  });
  await page.close();
  return browser;
}

const hostile = ["web/test/pages/hostile.html", "web/test/pages/hostile.jsonl"];

export async function openSite(given, assets, more = hostile) {
  const browser = await openBrowser(),
    program = resolve(given);
  const work = mkdtempSync(join(tmpdir(), "dossier-web-")),
    db = join(work, "store.db");
  const add = (...paths) => run(program, ["--db", db, "add", ...paths]);
  add("demo/pages");
  if (more.length) {
    writeFileSync(join(work, "long.jsonl"), longStory(40));
    add(...more, join(work, "long.jsonl"));
  }
  const {server, base} = await serve(program, db, assets);
  const close = async () => {
    await site.browser.close();
    server.removeAllListeners("exit");
    const ended = new Promise((done) => server.on("exit", done));
    server.kill("SIGTERM");
    await ended;
    rmSync(work, {recursive: true, force: true});
  };
  const site = {
    base,
    browser,
    async reopen() {
      await this.browser.close();
      this.browser = await openBrowser();
    },
    add: (name) => add(join("web/test/pages", name)),
    terminal: (...args) => run(program, ["--db", db, ...args]),
    close,
  };
  return site;
}

/** Has the browser left one of its pages without a frame? That is no fault of the page: chromium does it now and then on a busy machine. */
export async function isStalled(site) {
  const pages = site.browser.contexts().flatMap((c) => c.pages());
  const still = (page) =>
    Promise.race([
      page.evaluate(() => new Promise((done) => requestAnimationFrame(() => done(false)))).catch(() => false),
      new Promise((done) => setTimeout(() => done(true), 15_000)),
    ]);
  return (await Promise.all(pages.map(still))).includes(true);
}

/** A page that keeps what went wrong in it. */
export async function openPage(site, path, {width = 1280, height = 900, scheme = "light"} = {}) {
  const context = await site.browser.newContext({viewport: {width, height}, colorScheme: scheme, acceptDownloads: true});
  context.setDefaultTimeout(patience);
  const page = await context.newPage(),
    wrong = [];
  const streams = page.waitForResponse((r) => r.url().includes("/api/v1/events"));
  streams.catch(() => {}); // not every page has one
  page.on("console", (m) => m.type() === "error" && wrong.push(m.text()));
  page.on("pageerror", (e) => wrong.push(e.message));
  page.on("dialog", (d) => (wrong.push(`dialog: ${d.message()}`), d.dismiss()));
  page.on("request", (r) => r.url().startsWith(site.base) || r.url().startsWith("blob:") || wrong.push(`asks elsewhere: ${r.url()}`));
  await page.addInitScript(() =>
    addEventListener("securitypolicyviolation", (e) => console.error(`CSP: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`)),
  );
  await page.goto(site.base + path);
  await page.locator("main h1").first().waitFor();
  return {page, wrong, streams, close: () => context.close()};
}

/** Down the page and back, so that everything that waits to be seen is drawn, and until it is. */
export async function seeAll(page) {
  await page.evaluate(async () => {
    const frame = () => new Promise((done) => (requestAnimationFrame(done), setTimeout(done, 1000)));
    for (let y = 0; y < document.body.scrollHeight; y += 700) {
      scrollTo(0, y);
      await frame(); // what came into the window is looked for after a frame
      await frame();
    }
    scrollTo(0, 0);
  });
  await page.waitForFunction(
    () =>
      [...document.querySelectorAll(".rows")].every((e) => e.querySelector(":scope > .values")) &&
      [...document.querySelectorAll(".dateplot")].every((e) => e.querySelector("svg")),
  );
}

/** Waits until what `look` finds in the page is `wanted`; says what it was if it never is. */
export async function until(page, look, wanted, arg) {
  const text = JSON.stringify(wanted),
    end = Date.now() + patience;
  for (;;) {
    const found = JSON.stringify(await page.evaluate(look, arg));
    if (found === text) return;
    if (Date.now() > end) throw new Error(`${found}, not ${text}`);
    await page.waitForTimeout(50);
  }
}
