// SPDX-License-Identifier: Apache-2.0
// axis.ts - one axis per unit through the whole story: whole decades, or linear from zero within one decade (src/export/plot.c).
import type {Question} from "../api-types";
import {inFull} from "../dossier";
import {number, stated} from "../words/numbers";

export interface Axis {
  log: boolean;
  low: number;
  high: number;
  ticks: number[];
}

export interface Scale {
  unit: string;
  per: string;
  noun: string;
  axis: Axis;
}

const linearLabels = 5; // intervals aimed at, no more

/* 1, 2 or 5 times a power of ten: the smallest step that needs no more than linearLabels intervals. */
function niceStep(highest: number): number {
  const ten = 10 ** Math.floor(Math.log10(highest / linearLabels));
  return ([1, 2, 5].find((s) => s * ten * linearLabels >= highest) ?? 10) * ten;
}

function logAxis(lowest: number, highest: number): Axis {
  const from = Math.floor(Math.log10(lowest)),
    to = Math.ceil(Math.log10(highest));
  const ticks = Array.from({length: to - from + 1}, (_, i) => 10 ** (from + i));
  return {log: true, low: ticks[0], high: ticks[ticks.length - 1], ticks};
}

function linearAxis(highest: number): Axis {
  const step = niceStep(highest),
    n = Math.ceil(highest / step);
  return {log: false, low: 0, high: n * step, ticks: Array.from({length: n + 1}, (_, i) => i * step)};
}

export function axisOf(lowest: number, highest: number): Axis {
  return highest >= 10 * lowest ? logAxis(lowest, highest) : linearAxis(highest);
}

const values = (q: Question) => q.answers.flatMap((a) => [a.low, a.best, a.high]).filter((v): v is number => v !== null && v > 0);
const perOf = (q: Question) => q.per[0] ?? "";
const lastWord = (s: string | null) => s?.split(" ").pop() ?? "";
const keyOf = (q: Question) => `${q.unit} ${perOf(q)}`;

function scaleFrom(questions: Question[]): Scale | null {
  const all = questions.flatMap(values),
    nouns = new Set(questions.map((q) => lastWord(q.subject)));
  if (all.length === 0) return null;
  const noun = nouns.size === 1 ? [...nouns][0] : "";
  return {unit: questions[0].unit ?? "", per: perOf(questions[0]), noun, axis: axisOf(Math.min(...all), Math.max(...all))};
}

export function scalesOf(questions: Question[]): Map<string, Scale> {
  const made = [...group(questions.filter(inFull))].map(([key, qs]): [string, Scale | null] => [key, scaleFrom(qs)]);
  return new Map(made.filter((m): m is [string, Scale] => m[1] !== null));
}

function group(questions: Question[]): Map<string, Question[]> {
  const out = new Map<string, Question[]>();
  for (const q of questions) out.set(keyOf(q), [...(out.get(keyOf(q)) ?? []), q]);
  return out;
}

/** Of one question alone: whole decades around its own figures. */
export function ownAxis(q: Question): Axis | null {
  const all = values(q);
  return all.length ? axisOf(Math.min(...all), Math.max(...all)) : null;
}

const holds = (axis: Axis, v: number) => v >= axis.low && v <= axis.high;

/** A question of one origin is drawn where the axis of the others has room for it; small counts are words. */
export function axisFor(scales: Map<string, Scale>, q: Question): Axis | null {
  const axis = scales.get(keyOf(q))?.axis ?? null;
  return axis && q.state !== "one page" && (inFull(q) || (values(q).length > 0 && values(q).every((v) => holds(axis, v)))) ? axis : null;
}

function noun(s: Scale): string {
  if (s.unit === "ratio") return "shares";
  const counted = s.unit === "person" ? "people" : s.unit;
  return s.noun && (s.unit === "person" || s.noun.startsWith(s.unit)) ? s.noun : counted;
}

/** "Soldiers on one log scale; each label is ten times the one before." */
export function scaleText(s: Scale): string {
  const word = noun(s),
    head = (word.length > 2 ? word[0].toUpperCase() + word.slice(1) : `Figures in ${word}`) + (s.per ? ` per ${s.per}` : "");
  return s.axis.log ? `${head} on one log scale; each label is ten times the one before.` : `${head} on one linear scale from zero.`;
}

export function tickText(v: number, unit: string | null): string {
  if (unit === "ratio") return `${Math.round(v * 100)}%`;
  return v >= 1e6 ? number(v, "person").replace(" million", "m").replace(" billion", "bn") : number(v, null);
}

export const placeOf = (v: {low: number | null; best: number | null; high: number | null}) => stated({...v, bound: "exact"});
