// SPDX-License-Identifier: Apache-2.0
// days.ts - stretches of days in words, as src/reconcile/days_text.c writes them.
import type {Days} from "../api-types";

interface Day {
  y: number;
  m: number;
  d: number;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const stretches: [from: number, to: number, word: string, glue: string][] = [
  [3, 5, "spring", " "],
  [6, 8, "summer", " "],
  [9, 11, "fall", " "],
  [1, 3, "early", " "],
  [1, 4, "early", " "],
  [5, 8, "mid", "-"],
  [4, 9, "mid", "-"],
  [10, 12, "late", " "],
  [9, 12, "late", " "],
];

export function split(day: string): Day {
  const [y, m, d] = day.split("-").map(Number);
  return {y, m, d};
}

export function monthDays(y: number, m: number): number {
  return new Date(Date.UTC(y, m, 0)).getUTCDate();
}

const year = (y: number, left: number, glue = " ") => (y === left ? "" : glue + y);
const dayText = (t: Day, left: number) => `${t.d} ${months[t.m - 1]}${year(t.y, left)}`;
const monthText = (t: Day, left: number) => months[t.m - 1] + year(t.y, left);
const isLast = (t: Day) => t.d === monthDays(t.y, t.m);

function thirdOfMonth(lo: Day, hi: Day): string | null {
  if (lo.d === 1 && isLast(hi)) return "";
  if (lo.d === 1 && hi.d === 10) return "early ";
  if (lo.d === 11 && hi.d === 20) return "mid-";
  return lo.d === 21 && isLast(hi) ? "late " : null;
}

function inMonth(lo: Day, hi: Day, left: number): string | null {
  const word = lo.y === hi.y && lo.m === hi.m ? thirdOfMonth(lo, hi) : null;
  return word === null ? null : word + monthText(lo, left);
}

function stretch(lo: Day, hi: Day, left: number): string | null {
  const s = lo.y === hi.y && lo.d === 1 && isLast(hi) && stretches.find(([m1, m2]) => lo.m === m1 && hi.m === m2);
  return s ? s[2] + year(lo.y, left, s[3]) : null;
}

function winter(lo: Day, hi: Day): string | null {
  const is = lo.m === 12 && lo.d === 1 && hi.m === 2 && hi.y === lo.y + 1 && isLast(hi);
  return is ? `winter ${lo.y}/${String(hi.y % 100).padStart(2, "0")}` : null;
}

function range(lo: Day, hi: Day, left: number): string {
  const whole = lo.d === 1 && isLast(hi),
    shared = lo.y === hi.y ? lo.y : left;
  if (whole && lo.m === 1 && hi.m === 12) return `${lo.y}–${hi.y}`;
  if (whole) return `${monthText(lo, shared)}–${monthText(hi, left)}`;
  if (lo.y === hi.y && lo.m === hi.m) return `${lo.d}–${dayText(hi, left)}`;
  return `${dayText(lo, shared)} – ${dayText(hi, left)}`;
}

function open(days: Days, left: number): string {
  const from = days[0] !== null,
    t = split((days[0] ?? days[1])!);
  const bare = from ? t.d === 1 : isLast(t);
  return `${from ? "from" : "until"} ${bare ? monthText(t, left) : dayText(t, left)}`;
}

/** "7 Feb", "mid-Jan", "fall 2024": the year is left out when it is `left`. */
export function daysText(days: Days | null, left = 0): string {
  if (!days || (days[0] === null && days[1] === null)) return "";
  if (days[0] === null || days[1] === null) return open(days, left);
  const lo = split(days[0]),
    hi = split(days[1]);
  if (days[0] === days[1]) return dayText(lo, left);
  if (lo.y === hi.y && lo.m === 1 && lo.d === 1 && hi.m === 12 && hi.d === 31) return String(lo.y);
  return inMonth(lo, hi, left) ?? stretch(lo, hi, left) ?? winter(lo, hi) ?? range(lo, hi, left);
}

export const oneDay = (day: string, left = 0) => daysText([day, day], left);

/** Milliseconds at the beginning of a day, for axes. */
export const at = (day: string) => Date.parse(`${day}T00:00:00Z`);
