// SPDX-License-Identifier: Apache-2.0
// build.mjs - web/src to web/dist: one bundle, the plots apart, a style sheet, index.html, the licences of what is in them.
import {build} from "esbuild";
import {createHash} from "node:crypto";
import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {basename, dirname, join, relative} from "node:path";
import {fileURLToPath} from "node:url";
import {gzipSync} from "node:zlib";
import {typesOf} from "./types.mjs";

const web = join(dirname(fileURLToPath(import.meta.url)), "..");
const all = 900_000; // bytes, gzipped: what the program may carry
const first = 60_000; // bytes, gzipped: what a story needs before its own data

function writeTypes() {
  const openapi = JSON.parse(readFileSync(join(web, "../src/serve/openapi.json"), "utf8"));
  const at = join(web, "src/api-types.ts"),
    text = typesOf(openapi);
  if (!existsSync(at) || readFileSync(at, "utf8") !== text) writeFileSync(at, text);
}

function hashed(name, bytes) {
  const [stem, ext] = name.split(/\.(?=[^.]*$)/);
  return `${stem}-${createHash("sha256").update(bytes).digest("hex").slice(0, 10)}.${ext}`;
}

// The packages whose files went into the bundle, by their place in node_modules.
function packagesIn(metafile) {
  const names = Object.keys(metafile.inputs).map((f) => f.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]);
  return [...new Set(names.filter(Boolean))].sort();
}

function licenceOf(name) {
  const at = join(web, "node_modules", name),
    pack = JSON.parse(readFileSync(join(at, "package.json"), "utf8"));
  const file = readdirSync(at).find((f) => /^licen[cs]e/i.test(f));
  return `${name} ${pack.version} (${pack.license})\n\n${file ? readFileSync(join(at, file), "utf8").trim() : ""}\n`;
}

function page(script, style) {
  const html = readFileSync(join(web, "src/index.html"), "utf8");
  return html.replace("{script}", `/assets/${script}`).replace("{style}", `/assets/${style}`);
}

async function bundle(out) {
  return build({
    absWorkingDir: web,
    entryPoints: ["src/main.tsx"],
    outdir: join(out, "assets"),
    bundle: true,
    splitting: true,
    format: "esm",
    minify: true,
    target: ["es2022"],
    charset: "utf8",
    legalComments: "none",
    metafile: true,
    jsx: "automatic",
    jsxImportSource: "preact",
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    define: {"process.env.NODE_ENV": '"production"'},
    logLevel: "warning",
  });
}

async function styleSheet(out) {
  const r = await build({absWorkingDir: web, entryPoints: ["src/style.css"], write: false, minify: true, charset: "utf8"});
  const name = hashed("style.css", r.outputFiles[0].contents);
  writeFileSync(join(out, "assets", name), r.outputFiles[0].contents);
  return name;
}

async function make(out) {
  rmSync(out, {recursive: true, force: true});
  mkdirSync(join(out, "assets"), {recursive: true});
  const {metafile} = await bundle(out);
  const script = Object.entries(metafile.outputs).find(([, o]) => o.entryPoint === "src/main.tsx")[0];
  const style = await styleSheet(out);
  writeFileSync(join(out, "index.html"), page(basename(script), style));
  for (const name of ["favicon.svg", "robots.txt"]) writeFileSync(join(out, name), readFileSync(join(web, "src", name)));
  writeFileSync(
    join(out, "licences.txt"),
    packagesIn(metafile)
      .map(licenceOf)
      .join(`\n${"-".repeat(80)}\n\n`),
  );
  return {script: basename(script), style};
}

function files(folder) {
  const at = (dir) => (existsSync(dir) ? readdirSync(dir, {withFileTypes: true}) : []);
  return at(folder)
    .flatMap((e) => (e.isDirectory() ? files(join(folder, e.name)) : [join(folder, e.name)]))
    .sort();
}

const gzipped = (f) => gzipSync(readFileSync(f), {level: 9}).length;

function weigh(out, {script, style}) {
  const total = files(out).reduce((n, f) => n + gzipped(f), 0);
  const start = ["index.html", `assets/${script}`, `assets/${style}`].reduce((n, f) => n + gzipped(join(out, f)), 0);
  console.log(`web/dist: ${files(out).length} files, ${total} bytes gzipped; first paint ${start} of them`);
  if (total > all || start > first) throw new Error(`too heavy: at most ${all}, first paint ${first}`);
}

function differences(a, b) {
  const names = new Set([...files(a).map((f) => relative(a, f)), ...files(b).map((f) => relative(b, f))]);
  const read = (dir, name) => (existsSync(join(dir, name)) ? readFileSync(join(dir, name)) : Buffer.alloc(0));
  return [...names].filter((n) => !read(a, n).equals(read(b, n)));
}

async function check() {
  const out = mkdtempSync(join(tmpdir(), "dossier-web-"));
  await make(out);
  const wrong = differences(out, join(web, "dist"));
  rmSync(out, {recursive: true, force: true});
  console.log(wrong.length ? `not ok web/dist is not what web/src gives: ${wrong.join(", ")}` : "ok web/dist is what web/src gives");
  return wrong.length ? 1 : 0;
}

writeTypes();
if (process.argv.includes("--check")) process.exitCode = await check();
else weigh(join(web, "dist"), await make(join(web, "dist")));
