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

/** Days that the answers of these questions hold for, or their pages appeared on. */
function daysOf(d: Dossier, questions: Question[]): number[] {
  const claims = questions.flatMap((q) => rowsOf(d, q).map((r) => r.first));
  const days = claims.flatMap((c) => c.when ?? [d.sources.get(letterOf(d, c))?.published ?? null]);
  return days.filter((x): x is string => x !== null).map(at);
}

function firstOfMonth(t: number, add: number): number {
  const d = new Date(t);
  return Date.UTC(d.getUTCFullYear(), d.getUTCMonth() + add, 1);
}

/* Two or three labels are enough: the row says its day in words. */
function ticksOf(from: number, to: number): Times["ticks"] {
  const iso = (t: number) => new Date(t).toISOString().slice(0, 10);
  const month = (t: number) => oneDay(iso(t)).replace(/^1 /, "");
  const months = Array.from({length: 600}, (_, i) => firstOfMonth(from, i)).filter((t) => t >= from && t <= to);
  if (months.length >= 3) return [months[0], months[Math.floor(months.length / 2)]].map((t) => ({at: t, text: month(t)}));
  return [from, to - day].map((t) => ({at: t, text: oneDay(iso(t))}));
}

export function timesOf(d: Dossier, questions: Question[]): Times | null {
  const days = daysOf(d, questions).sort((a, b) => a - b);
  if (days.length === 0) return null;
  const span = Math.max(days[days.length - 1] - days[0], 4 * day);
  const long = span > 80 * day;
  const from = long ? firstOfMonth(days[0], 0) : days[0] - day, to = days[days.length - 1] + (long ? span / 20 : day) + day;
  return {from, to, ticks: ticksOf(from, to)};
}
