// SPDX-License-Identifier: Apache-2.0
// times.ts - the axis of days that all plots of a story share.
import type {Question} from "../api-types";
import {type Dossier, letterOf, rowsOf} from "../dossier";
import {at, oneDay} from "../words/days";

export interface Times {
  from: number;
  to: number;
  ticks: {at: number; text: string}[];
}

const day = 86_400_000;

const known = (days: (string | null)[]) => days.filter((x): x is string => x !== null).map(at);

/* A date of ten years ago would press all others into one line: what lies further from the pages' own days than this is drawn at the edge. */
const farAtLeast = 180 * day,
  farInSpans = 2;

function nearThePages(d: Dossier, days: number[]): number[] {
  const pages = known([...d.sources.values()].map((s) => s.published));
  if (pages.length === 0) return days;
  const first = Math.min(...pages),
    last = Math.max(...pages),
    far = Math.max(farAtLeast, farInSpans * (last - first));
  return days.filter((t) => t >= first - far && t <= last + far);
}

/** Days that the answers of these questions hold for, or their pages appeared on. */
function daysOf(d: Dossier, questions: Question[]): number[] {
  const claims = questions.flatMap((q) => rowsOf(d, q).map((r) => r.first));
  return nearThePages(d, known(claims.flatMap((c) => c.when ?? [d.sources.get(letterOf(d, c))?.published ?? null])));
}

function firstOfMonth(t: number, add: number): number {
  const d = new Date(t);
  return Date.UTC(d.getUTCFullYear(), d.getUTCMonth() + add, 1);
}

const iso = (t: number) => new Date(t).toISOString().slice(0, 10);
const monthText = (t: number) => oneDay(iso(t)).replace(/^1 /, "");

/* Two or three labels are enough, as the row says its day in words: the first month and the Januaries, else the middle. */
function monthTicks(months: number[]): number[] {
  const years = months.filter((t) => iso(t).slice(5, 7) === "01"),
    every = Math.ceil(years.length / 3);
  const inner = years.filter((t, i) => t !== months[0] && i % every === 0);
  return [months[0], ...(inner.length ? inner : [months[Math.floor(months.length / 2)]])];
}

function ticksOf(from: number, to: number, last: number): Times["ticks"] {
  const months = Array.from({length: 1200}, (_, i) => firstOfMonth(from, i)).filter((t) => t >= from && t <= last);
  if (months.length >= 3) return monthTicks(months).map((t) => ({at: t, text: monthText(t)}));
  return [from + day, Math.max(last, from + 2 * day)].filter((t) => t < to).map((t) => ({at: t, text: oneDay(iso(t))}));
}

export function timesOf(d: Dossier, questions: Question[]): Times | null {
  const days = daysOf(d, questions).sort((a, b) => a - b);
  if (days.length === 0) return null;
  const span = Math.max(days[days.length - 1] - days[0], 4 * day);
  const long = span > 80 * day;
  const last = days[days.length - 1],
    from = long ? firstOfMonth(days[0], 0) : days[0] - day,
    to = last + (long ? span / 8 : day) + day;
  return {from, to, ticks: ticksOf(from, to, last)};
}
