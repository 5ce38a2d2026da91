// SPDX-License-Identifier: Apache-2.0
// draw.ts - the plots, by Observable Plot; fetched when the first is seen. Colours and widths are in the style sheet: Plot's own
// style element would need inline styles, so it is taken out before the drawing enters the page.
import * as Plot from "@observablehq/plot";
import type {Days, Step} from "../api-types";
import {at} from "../words/days";
import {stated, type Value} from "../words/numbers";
import {type Axis, tickText} from "./axis";
import type {Times} from "./times";

export interface Mark {
  value: Value;
  named: boolean;
  flagged: boolean;
  days: Days | null;
  pageDay: string | null;
  text: string; // the day in words
  name: string; // the figure and who says it
  open: (from: Element) => void;
}

interface Slot {
  top: number;
  bottom: number;
  y: number; // where its figure stands
}

interface Column {
  left: number;
  width: number;
  slots: Slot[];
  axis: Slot | null; // the cell of the labels
}

interface Tick {
  at: number;
  text: string;
}

type Label = Tick & {anchor: "start" | "middle" | "end"};

interface Segment {
  x1: number;
  x2: number;
  y1: number;
  y2: number;
}

const pad = 10,
  radius = 5,
  line = 12,
  reach = 12,
  letter = 6.4; // pixels
const day = 86_400_000;

/* ---- a drawing without a style element ---- */

const inert = document.implementation.createHTMLDocument("");

function plotted(options: Plot.PlotOptions): SVGSVGElement {
  const svg = Plot.plot({...options, document: inert, className: "plot"}) as SVGSVGElement;
  svg.querySelectorAll("style").forEach((s) => s.remove());
  return svg;
}

const segments = (all: Segment[], className: string) => Plot.link(all, {x1: "x1", x2: "x2", y1: "y1", y2: "y2", className});

/* ---- what a figure looks like along an axis of values ---- */

interface Shape {
  dot: number | null;
  solid: [number, number] | null; // a stated range
  dashes: [number, number][]; // open ends, and what is vague
}

export function shapeOf(v: Value, axis: Axis): Shape {
  const {low, high} = v,
    dot = stated(v);
  if (v.bound === "vague") return {dot: null, solid: null, dashes: [[low ?? axis.low, high ?? axis.high]]};
  const dashes: [number, number][] = [];
  if (low === null) dashes.push([axis.low, dot]);
  if (high === null) dashes.push([dot, axis.high]);
  const isRange = low !== null && high !== null && low < high && v.best === null;
  return {dot: isRange ? Math.sqrt(low * high) || (low + high) / 2 : dot, solid: isRange ? [low, high] : null, dashes};
}

const within = (axis: Axis, v: number) => Math.min(Math.max(v, axis.low), axis.high);

/* ---- rows ---- */

function columnOf(box: HTMLElement, cells: string): Column | null {
  const home = box.getBoundingClientRect(),
    scale = home.width / box.offsetWidth || 1, // of the style sheet for paper; what is drawn is scaled like the rows
    all = [...box.querySelectorAll<HTMLElement>(`.row ${cells}`)];
  const slot = (e: HTMLElement): Slot => {
    const r = e.getBoundingClientRect(),
      top = (r.top - home.top) / scale,
      height = r.height / scale;
    return {top, bottom: top + height, y: top + Math.min(line, height / 2)};
  };
  const shown = all.filter((e) => e.getBoundingClientRect().width > 0 && !e.closest(".ax"));
  if (shown.length === 0) return null;
  const r = shown[0].getBoundingClientRect(),
    axis = all.find((e) => e.closest(".ax") && e.getBoundingClientRect().width > 0);
  return {left: (r.left - home.left) / scale, width: r.width / scale, slots: shown.map(slot), axis: axis ? slot(axis) : null};
}

function guides(column: Column, ticks: number[]): Segment[] {
  const slots = column.axis ? [...column.slots] : column.slots;
  return ticks.flatMap((x) => slots.map((s) => ({x1: x, x2: x, y1: s.top, y2: s.bottom})));
}

interface Placed {
  label: Label;
  from: number;
  to: number;
}

function placed(t: Tick, x: number, width: number): Placed {
  const w = t.text.length * letter,
    anchor = x - w / 2 < 0 ? "start" : x + w / 2 > width ? "end" : "middle",
    from = x - (anchor === "start" ? 0 : anchor === "end" ? w : w / 2);
  return {label: {...t, anchor}, from, to: from + w};
}

/* Labels at the ends stay inside. Those that would touch the one before, or the last, which says how far the axis goes, are left out. */
function labelsOf(ticks: Tick[], place: (v: number) => number, width: number): Label[] {
  const all = ticks.map((t) => placed(t, place(t.at), width)),
    last = all[all.length - 1];
  const out: Placed[] = [];
  for (const p of all) {
    const free = (out[out.length - 1]?.to ?? -Infinity) + letter / 2;
    if (p.from >= free && (p === last || p.to + letter / 2 <= last.from)) out.push(p);
  }
  return out.map((p) => p.label);
}

function texts(all: Label[], y: number, dy = 0): Plot.Markish[] {
  return (["start", "middle", "end"] as const).map((textAnchor) =>
    Plot.text(
      all.filter((t) => t.anchor === textAnchor),
      {x: "at", y: () => y, text: "text", textAnchor, dy, className: "tick"},
    ),
  );
}

function place(axis: Axis, width: number) {
  const log = (v: number) => (axis.log ? Math.log10(v) : v),
    from = log(axis.low),
    to = log(axis.high);
  return (v: number) => pad + ((log(v) - from) / (to - from)) * (width - 2 * pad);
}

function put(box: HTMLElement, svg: SVGSVGElement, column: Column, kind: string): void {
  svg.classList.add("over", kind);
  svg.setAttribute("aria-hidden", "true");
  svg.style.left = `${column.left}px`;
  box.append(svg);
}

/* The drawn figures and the stretches around them are what can be pressed. */
function pressable(svg: SVGSVGElement, marks: Mark[]): void {
  svg.querySelectorAll<SVGCircleElement>(".hit circle").forEach((c, i) => {
    const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
    title.textContent = marks[i].name;
    c.append(title);
    c.addEventListener("click", () => marks[i].open(c));
  });
}

interface Spot {
  x: number;
  y: number;
  mark: Mark;
}

function dots(spots: Spot[], r: number): Plot.Markish[] {
  const of = (named: boolean) => spots.filter((s) => s.mark.named === named);
  return [Plot.dot(of(true), {x: "x", y: "y", r, className: "n"}), Plot.dot(of(false), {x: "x", y: "y", r, className: "u"})];
}

export interface RowsDrawing {
  marks: Mark[];
  axis: Axis;
  times: Times | null;
  unit: string | null;
  estimate: {low: number | null; best: number | null; high: number | null} | null;
}

function valueMarks(g: RowsDrawing, column: Column): Plot.Markish[] {
  const shapes = g.marks.map((m) => shapeOf(m.value, g.axis)),
    y = (i: number) => column.slots[i].y;
  const across = (i: number, [a, b]: [number, number]): Segment => ({x1: within(g.axis, a), x2: within(g.axis, b), y1: y(i), y2: y(i)});
  const ends = (i: number, [a, b]: [number, number]): Segment[] =>
    [a, b].map((v) => ({x1: within(g.axis, v), x2: within(g.axis, v), y1: y(i) - 5, y2: y(i) + 5}));
  const spots = shapes.flatMap((s, i) => (s.dot === null || s.dot <= 0 ? [] : [{x: within(g.axis, s.dot), y: y(i), mark: g.marks[i]}]));
  const middle = (s: Shape) => s.dot ?? s.dashes[0]?.[0] ?? g.axis.low;
  return [
    segments(
      shapes.flatMap((s, i) => s.dashes.map((x) => across(i, x))),
      "o",
    ),
    segments(
      shapes.flatMap((s, i) => (s.solid ? [across(i, s.solid), ...ends(i, s.solid)] : [])),
      "rng",
    ),
    ...dots(spots, radius),
    Plot.dot(
      shapes.map((s, i) => ({x: within(g.axis, middle(s)), y: y(i)})),
      {x: "x", y: "y", r: reach, className: "hit"},
    ),
    ...estimateMarks(g, column),
  ];
}

/* A thin line with end ticks under the rows; where an end is open, dashes to the end of the axis. */
function estimateMarks(g: RowsDrawing, column: Column): Plot.Markish[] {
  const e = g.estimate,
    slot = column.slots[g.marks.length];
  if (!e || !slot || (e.low === null && e.high === null)) return [];
  const y = slot.y,
    low = within(g.axis, e.low ?? g.axis.low),
    high = within(g.axis, e.high ?? g.axis.high);
  const tick = (v: number | null): Segment[] => (v === null ? [] : [{x1: within(g.axis, v), x2: within(g.axis, v), y1: y - 5, y2: y + 5}]);
  const best = e.best === null ? [] : [{x1: within(g.axis, e.best), x2: within(g.axis, e.best), y1: y - 4, y2: y + 4}];
  const body = [{x1: low, x2: high, y1: y, y2: y}],
    closed = e.low !== null && e.high !== null;
  return [segments(body, closed ? "rng" : "o"), segments([...tick(e.low), ...tick(e.high)], "rng"), segments(best, "best")];
}

function drawValues(box: HTMLElement, g: RowsDrawing, column: Column): void {
  const ticks = g.axis.ticks.map((v) => ({at: v, text: tickText(v, g.unit)}));
  const labels = labelsOf(ticks, place(g.axis, column.width), column.width);
  const svg = plotted({
    width: column.width,
    height: box.clientHeight,
    margin: 0,
    x: {type: g.axis.log ? "log" : "linear", domain: [g.axis.low, g.axis.high], range: [pad, column.width - pad], axis: null},
    y: {type: "identity", axis: null},
    marks: [segments(guides(column, g.axis.ticks), "g"), ...texts(labels, column.axis?.y ?? 0), ...valueMarks(g, column)],
  });
  pressable(svg, g.marks);
  put(box, svg, column, "values");
}

/* ---- when it held ---- */

interface Stretch {
  from: number;
  to: number;
  open: [boolean, boolean];
}

function stretchOf(m: Mark, times: Times): Stretch | null {
  if (!m.days) return null;
  const [a, b] = m.days,
    from = a ? at(a) : -Infinity,
    to = b ? at(b) + day : Infinity,
    least = (times.to - times.from) / 20;
  return {
    from: Math.min(Math.max(from, times.from), times.to - least),
    to: Math.max(Math.min(to, times.to), times.from + least),
    open: [from < times.from, to > times.to],
  };
}

function timeMarks(g: RowsDrawing, column: Column, times: Times): Plot.Markish[] {
  const y = (i: number) => column.slots[i].y,
    x = (t: number) => pad + ((t - times.from) / (times.to - times.from)) * (column.width - 2 * pad);
  const held = g.marks.map((m) => stretchOf(m, times));
  const dayAt = (px: number) => times.from + ((px - pad) / (column.width - 2 * pad)) * (times.to - times.from);
  const line = (i: number, from: number, to: number): Segment => ({x1: from, x2: to, y1: y(i), y2: y(i)});
  const across = (i: number, from: number, to: number): Segment[] => {
    const gap = labels[i].gap?.map(dayAt);
    return gap ? [line(i, from, gap[0]), line(i, gap[1], to)] : [line(i, from, to)];
  };
  const bar = (s: Stretch, i: number): Segment[] =>
    s.open[0] || s.open[1] ? [] : across(i, s.from, Math.max(s.to, s.from + (5 * (times.to - times.from)) / column.width));
  const open = (s: Stretch, i: number): Segment[] => (s.open[0] || s.open[1] ? across(i, s.from, s.to) : []);
  const known = (i: number): number | null => (held[i] ? null : g.marks[i].pageDay ? at(g.marks[i].pageDay!) + day / 2 : null);
  const labels = g.marks.map((m, i) => labelAt(m.text, held[i], known(i), x, column.width));
  const rings = g.marks.flatMap((_, i) => (known(i) === null ? [] : [{x: known(i)!, y: y(i)}]));
  return [
    segments(
      held.flatMap((s, i) => (s ? bar(s, i) : [])),
      "b",
    ),
    segments(
      held.flatMap((s, i) => (s ? open(s, i) : [])),
      "o",
    ),
    Plot.dot(rings, {x: "x", y: "y", r: 3, className: "pg"}),
    ...dayLabels(labels, y),
  ];
}

type DayLabel = {text: string; px: number; anchor: "start" | "end"; gap?: [number, number]};

/* Beside the bar or ring, on the side that has room; where neither has, in a gap of the bar. */
function labelAt(text: string, s: Stretch | null, ring: number | null, x: (t: number) => number, width: number): DayLabel {
  const from = s ? x(s.from) : ring === null ? pad : x(ring),
    to = s ? x(s.to) : from,
    room = text.length * letter + 9;
  if (!s && ring === null) return {text, px: pad + 12, anchor: "start"};
  if (to + room <= width) return {text, px: to + 7, anchor: "start"};
  if (from - room >= 0) return {text, px: from - 7, anchor: "end"};
  const px = Math.max(0, Math.min((from + to - room) / 2, width - room)) + 7;
  return {text, px, anchor: "start", gap: [px - 5, px + text.length * (letter - 0.6) + 5]};
}

function dayLabels(all: DayLabel[], y: (i: number) => number): Plot.Markish[] {
  return (["start", "end"] as const).map((textAnchor) => {
    const mine = all.map((t, i) => ({...t, y: y(i)})).filter((t) => t.anchor === textAnchor && t.text);
    return Plot.text(mine, {
      frameAnchor: "left",
      y: "y",
      dx: 0,
      text: "text",
      textAnchor,
      className: "tick",
      x: null,
      render: atPixels(mine),
    });
  });
}

/* Places texts by pixels, whatever the scale of the axis. */
function atPixels(all: {px: number; y: number}[]): Plot.RenderFunction {
  return (index, scales, values, dimensions, context, next) => {
    const g = next!(index, scales, values, dimensions, context) as SVGGElement | null;
    g?.querySelectorAll("text").forEach((t, i) => t.setAttribute("transform", `translate(${all[i].px},${all[i].y})`));
    return g;
  };
}

function drawTimes(box: HTMLElement, g: RowsDrawing, column: Column, times: Times): void {
  const x = (t: number) => pad + ((t - times.from) / (times.to - times.from)) * (column.width - 2 * pad);
  const rows = {...column, slots: column.slots.slice(0, g.marks.length)};
  const svg = plotted({
    width: column.width,
    height: box.clientHeight,
    margin: 0,
    x: {type: "linear", domain: [times.from, times.to], range: [pad, column.width - pad], axis: null},
    y: {type: "identity", axis: null},
    marks: [
      segments(
        guides(
          rows,
          times.ticks.map((t) => t.at),
        ),
        "g",
      ),
      ...texts(labelsOf(times.ticks, x, column.width), column.axis?.y ?? 0),
      ...timeMarks(g, column, times),
    ],
  });
  put(box, svg, column, "times");
}

/** Draws over the empty cells of the rows; returns what takes the drawing away. */
export function overRows(box: HTMLElement, g: RowsDrawing): () => void {
  const values = columnOf(box, ".v"),
    times = columnOf(box, ".t");
  if (values) drawValues(box, g, values);
  if (times && g.times) drawTimes(box, g, times, g.times);
  return () => box.querySelectorAll(":scope > svg.over").forEach((s) => s.remove());
}

/* ---- by date ---- */

export interface DateDrawing {
  marks: Mark[];
  axis: Axis;
  times: Times;
  unit: string | null;
  steps: Step[];
  width: number;
}

const dateHeight = 240,
  leftRoom = 64,
  undatedRoom = 76;

const middleOf = (m: Mark, times: Times): number | null => {
  const s = stretchOf(m, times);
  if (s) return s.open[0] ? s.to : s.open[1] ? s.from : (s.from + s.to) / 2;
  return m.pageDay ? at(m.pageDay) + day / 2 : null;
};

/* The estimate from one day on which it moved to the next. */
function bands(g: DateDrawing): {x1: number; x2: number; y1: number; y2: number; best: number | null}[] {
  const dated = g.steps.filter((s) => s.day !== null && (s.low !== null || s.high !== null));
  return dated
    .map((s, i) => ({
      x1: at(s.day!),
      x2: i + 1 < dated.length ? at(dated[i + 1].day!) : g.times.to,
      y1: within(g.axis, s.low ?? g.axis.low),
      y2: within(g.axis, s.high ?? g.axis.high),
      best: s.best,
    }))
    .map((b) => ({...b, x1: Math.max(b.x1, g.times.from)}))
    .filter((b) => b.x2 > b.x1);
}

function verticals(g: DateDrawing, x: (i: number) => number): {o: Segment[]; rng: Segment[]} {
  const shapes = g.marks.map((m) => shapeOf(m.value, g.axis)),
    up = (i: number, [a, b]: [number, number]): Segment => ({x1: x(i), x2: x(i), y1: within(g.axis, a), y2: within(g.axis, b)});
  return {o: shapes.flatMap((s, i) => s.dashes.map((v) => up(i, v))), rng: shapes.flatMap((s, i) => (s.solid ? [up(i, s.solid)] : []))};
}

function dateMarks(g: DateDrawing, undatedAt: number): Plot.Markish[] {
  const x = (i: number) => middleOf(g.marks[i], g.times) ?? undatedAt,
    shapes = g.marks.map((m) => shapeOf(m.value, g.axis));
  const y = (i: number) => within(g.axis, shapes[i].dot ?? shapes[i].dashes[0][0]),
    lines = verticals(g, x);
  const held = g.marks.flatMap((m, i) => {
    const s = stretchOf(m, g.times);
    return s && shapes[i].dot !== null ? [{x1: s.from, x2: s.to, y1: y(i), y2: y(i)}] : [];
  });
  const spots = g.marks.map((mark, i) => ({x: x(i), y: y(i), mark})).filter((_, i) => (shapes[i].dot ?? 0) > 0),
    area = bands(g);
  const ofDay = spots.filter((s) => s.mark.days),
    ofPage = spots.filter((s) => !s.mark.days);
  return [
    Plot.rect(area, {x1: "x1", x2: "x2", y1: "y1", y2: "y2", className: "band"}),
    segments(
      area.filter((b) => b.y1 === b.y2),
      "thin",
    ),
    segments(
      area.flatMap((b) => (b.best === null ? [] : [{x1: b.x1, x2: b.x2, y1: b.best, y2: b.best}])),
      "best",
    ),
    segments(held, "held"),
    segments(lines.o, "o"),
    segments(lines.rng, "rng"),
    ...dots(ofDay, radius),
    ...dots(ofPage, radius - 1.5),
    Plot.dot(
      g.marks.map((_, i) => ({x: x(i), y: y(i)})),
      {x: "x", y: "y", r: reach, className: "hit"},
    ),
  ];
}

export function byDate(box: HTMLElement, g: DateDrawing): () => void {
  const undated = g.marks.some((m) => middleOf(m, g.times) === null),
    right = undated ? undatedRoom : pad,
    span = g.times.to - g.times.from;
  const inner = g.width - leftRoom - right,
    undatedAt = g.times.to + (span * (right / 2)) / inner,
    end = g.times.to + (undated ? (span * right) / inner : 0);
  const frame = [g.axis.low, g.axis.high],
    place = (t: number) => leftRoom + ((t - g.times.from) / span) * inner;
  const svg = plotted({
    width: g.width,
    height: dateHeight,
    marginLeft: leftRoom,
    marginRight: undated ? 0 : pad,
    marginTop: 14,
    marginBottom: 26,
    x: {type: "linear", domain: [g.times.from, end], axis: null},
    y: {type: g.axis.log ? "log" : "linear", domain: frame, axis: null},
    marks: [
      segments(
        g.axis.ticks.map((v) => ({x1: g.times.from, x2: end, y1: v, y2: v})),
        "g",
      ),
      segments(
        g.times.ticks.map((t) => ({x1: t.at, x2: t.at, y1: frame[0], y2: frame[1]})),
        "g",
      ),
      Plot.text(g.axis.ticks, {
        x: () => g.times.from,
        y: (v: number) => v,
        dx: -8,
        textAnchor: "end",
        text: (v: number) => tickText(v, g.unit),
        className: "tick",
      }),
      ...texts(labelsOf([...g.times.ticks, ...(undated ? [{at: undatedAt, text: "undated"}] : [])], place, g.width), frame[0], 16),
      ...dateMarks(g, undatedAt),
    ],
  });
  pressable(svg, g.marks);
  box.replaceChildren(svg);
  return () => svg.remove();
}
