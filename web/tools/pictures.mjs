// SPDX-License-Identifier: Apache-2.0
// pictures.mjs PROGRAM [ASSETS] - docs/pictures from the demo story, as PNG with a palette of at most 256 colours.
import {writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {deflateSync, inflateSync} from "node:zlib";
import {openPage, openSite} from "../test/site.mjs";

const out = join(dirname(fileURLToPath(import.meta.url)), "../../docs/pictures");
const most = 150_000; // bytes of a picture
const pictures = [
  {name: "stories.png", path: "/?state=disagree", width: 1100, height: 470},
  {name: "story.png", path: "/stories/1?s=E12", width: 1100, height: 700},
  {name: "figures.png", path: "/stories/1", width: 1100, height: 690, top: "#figures"},
  {name: "by-date.png", path: "/stories/1?view=date", width: 1100, height: 640, top: "#figures", scheme: "dark"},
  {name: "ledger.png", path: "/stories/1/claims?measure=killed&sort=value", width: 1100, height: 700},
  {name: "narrow.png", path: "/stories/1", width: 360, height: 800, top: "#figures", scheme: "dark"},
];

/* ---- PNG ---- */

const table = Array.from(
  {length: 256},
  (_, n) => Array.from({length: 8}).reduce((c) => (c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1), n) >>> 0,
);
const crc = (bytes) => (bytes.reduce((c, b) => table[(c ^ b) & 255] ^ (c >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

function chunk(kind, data) {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), data]),
    head = Buffer.alloc(4),
    tail = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  tail.writeUInt32BE(crc(body));
  return Buffer.concat([head, body, tail]);
}

function chunksOf(png) {
  const all = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    all.push({kind: png.toString("latin1", at + 4, at + 8), data: png.subarray(at + 8, at + 8 + png.readUInt32BE(at))});
  return all;
}

function paeth(a, b, c) {
  const p = a + b - c,
    [pa, pb, pc] = [a, b, c].map((v) => Math.abs(p - v));
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

const undo = [() => 0, (a) => a, (_, b) => b, (a, b) => (a + b) >> 1, paeth];

function pixelsOf(png) {
  const all = chunksOf(png),
    head = all[0].data,
    width = head.readUInt32BE(0),
    height = head.readUInt32BE(4),
    depth = head[9] === 6 ? 4 : 3;
  const raw = inflateSync(Buffer.concat(all.filter((c) => c.kind === "IDAT").map((c) => c.data))),
    row = width * depth,
    bytes = Buffer.alloc(row * height);
  for (let y = 0; y < height; y++) {
    const filter = undo[raw[y * (row + 1)]];
    for (let x = 0; x < row; x++) {
      const left = x >= depth ? bytes[y * row + x - depth] : 0,
        up = y ? bytes[(y - 1) * row + x] : 0,
        corner = y && x >= depth ? bytes[(y - 1) * row + x - depth] : 0;
      bytes[y * row + x] = raw[y * (row + 1) + 1 + x] + filter(left, up, corner);
    }
  }
  return {width, height, depth, bytes};
}

/* The coarsest steps of colour that leave at most 256 of them, and those nearest to what was there. */
function palette({width, height, depth, bytes}) {
  for (let step = 1; ; step *= 2) {
    const found = new Map(),
      indices = Buffer.alloc(width * height);
    for (let i = 0; i < width * height && found.size <= 256; i++) {
      const rgb = [0, 1, 2].map((k) => Math.min(255, Math.round(bytes[i * depth + k] / step) * step)),
        key = (rgb[0] << 16) | (rgb[1] << 8) | rgb[2];
      if (!found.has(key)) found.set(key, [found.size, [0, 1, 2].map((k) => bytes[i * depth + k])]);
      indices[i] = found.get(key)[0];
    }
    if (found.size <= 256) return {colours: Buffer.from([...found.values()].flatMap(([, rgb]) => rgb)), indices};
  }
}

export function smaller(png) {
  const image = pixelsOf(png),
    {colours, indices} = palette(image),
    head = Buffer.alloc(13),
    rows = Buffer.alloc((image.width + 1) * image.height);
  head.writeUInt32BE(image.width, 0);
  head.writeUInt32BE(image.height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  for (let y = 0; y < image.height; y++) indices.copy(rows, y * (image.width + 1) + 1, y * image.width, (y + 1) * image.width);
  return Buffer.concat([
    png.subarray(0, 8),
    chunk("IHDR", head),
    chunk("PLTE", colours),
    chunk("IDAT", deflateSync(rows, {level: 9})),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/* ---- pictures ---- */

async function take(site, {name, path, top, ...look}) {
  const {page, close} = await openPage(site, path, look);
  await page.locator("[aria-busy]").first().waitFor({state: "detached"});
  if (top) await page.locator(top).evaluate((e) => scrollTo(0, e.getBoundingClientRect().top + scrollY - 16));
  await page.waitForTimeout(1500);
  const png = smaller(await page.screenshot());
  if (png.length > most) throw new Error(`${name}: ${png.length} bytes`);
  writeFileSync(join(out, name), png);
  console.log(`${name}: ${png.length} bytes`);
  await close();
}

const site = await openSite(process.argv[2], process.argv[3], []);
for (const picture of pictures) await take(site, picture);
await site.close();
