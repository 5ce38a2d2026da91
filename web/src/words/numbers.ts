// SPDX-License-Identifier: Apache-2.0
// numbers.ts - figures in words and in tables, as src/reconcile/value_text.c writes them.
import type {Bound} from "../api-types";

export interface Value {
  low: number | null;
  best: number | null;
  high: number | null;
  bound: Bound;
}

const millionPlaces = 3; // "1.285 million" still reads; what needs more is printed in full
const before: Record<string, string> = {USD: "$", EUR: "€", GBP: "£", JPY: "¥", INR: "₹", AUD: "A$", CAD: "C$"};
const after: Record<string, [one: string, many: string]> = {
  "USD-cent": ["US cent", "US cents"],
  crown: ["crown", "crowns"],
  pp: ["percentage point", "percentage points"],
  second: ["second", "seconds"],
  minute: ["minute", "minutes"],
  hour: ["hour", "hours"],
  day: ["day", "days"],
  week: ["week", "weeks"],
  month: ["month", "months"],
  quarter: ["quarter", "quarters"],
  year: ["year", "years"],
  decade: ["decade", "decades"],
  century: ["century", "centuries"],
  mile: ["mile", "miles"],
  foot: ["foot", "feet"],
  yard: ["yard", "yards"],
  inch: ["inch", "inches"],
  acre: ["acre", "acres"],
  gallon: ["gallon", "gallons"],
  barrel: ["barrel", "barrels"],
  knot: ["knot", "knots"],
  m2: ["m²", "m²"],
  km2: ["km²", "km²"],
  foot2: ["square foot", "square feet"],
  mile2: ["square mile", "square miles"],
  m3: ["m³", "m³"],
  degC: ["°C", "°C"],
  degF: ["°F", "°F"],
  B: ["bytes", "bytes"],
};
for (const same of ["mm", "cm", "m", "km", "ha", "g", "kg", "t", "lb", "l", "km/h", "mph", "kW", "MW", "GW", "hp", "MB", "GB"])
  after[same] = [same, same];

const shares: [num: number, words: string][] = [
  [1 / 2, "half"],
  [1 / 3, "a third"],
  [2 / 3, "two thirds"],
  [1 / 4, "a quarter"],
  [3 / 4, "three quarters"],
  [1 / 6, "a sixth"],
  [5 / 6, "five sixths"],
  [1 / 7, "a seventh"],
  [1 / 9, "a ninth"],
];
const shareSlack = 0.00006; // answers carry four decimals

const proseWords: Record<Bound, string> = {
  exact: "",
  about: "about ",
  at_least: "at least ",
  at_most: "up to ",
  more_than: "over ",
  less_than: "under ",
  almost: "nearly ",
  range: "",
  vague: "",
};
const tableWords: Record<Bound, string> = {...proseWords, about: "~", at_least: "≥", at_most: "≤", more_than: ">", less_than: "<"};

const vagueWords: [low: number, high: number, words: string][] = [
  [2, 2, "a couple"],
  [3, 5, "a few"],
  [3, 9, "several"],
  [24, 99, "dozens"],
  [200, 999, "hundreds"],
  [2000, 9999, "thousands"],
  [20000, 99999, "tens of thousands"],
  [200000, 999999, "hundreds of thousands"],
  [2000000, 9999999, "millions"],
];

export function grouped(n: number, places = 4): string {
  const s = Math.abs(n).toLocaleString("en-US", {maximumFractionDigits: places});
  return n < 0 ? `−${s}` : s;
}

export function counted(n: number, one: string, many = `${one}s`): string {
  return `${grouped(n)} ${n === 1 ? one : many}`;
}

function scaled(n: number, scale: number, word: string): string | null {
  const part = n / scale,
    fine = 10 ** millionPlaces;
  if (n < scale || Math.abs(part * fine - Math.round(part * fine)) > 1e-6) return null;
  return grouped(part, millionPlaces) + word;
}

function plain(n: number, prose: boolean): string {
  return (prose && (scaled(n, 1e9, " billion") ?? scaled(n, 1e6, " million"))) || grouped(n);
}

function share(n: number, prose: boolean): string {
  const named = shares.find(([v]) => Math.abs(v - n) < shareSlack);
  if (named && prose) return named[1];
  if (named && Math.abs(n * 100 - Math.round(n * 100)) > shareSlack * 100) return fraction(named[0]);
  return `${grouped(n * 100, 2)}%`;
}

function fraction(n: number): string {
  const den = [3, 6, 7, 9].find((d) => Math.abs(n * d - Math.round(n * d)) < 1e-9) ?? 1;
  return `${Math.round(n * den)}/${den}`;
}

function isCurrency(unit: string): boolean {
  return /^[A-Z]{3}$/.test(unit);
}

function unitAfter(unit: string, one: boolean): string {
  if (after[unit]) return ` ${after[unit][one ? 0 : 1]}`;
  return isCurrency(unit) && !before[unit] ? ` ${unit}` : "";
}

function amount(n: number, to: number | null, unit: string, prose: boolean): string {
  const between = prose ? " to " : "–";
  if (unit === "ratio") return share(n, prose) + (to === null ? "" : between + share(to, prose));
  const whole = (v: number) => (unit === "person" && v >= 0 ? Math.round(v) : v);
  const one = (v: number) => (before[unit] ?? "") + plain(whole(v), prose);
  return one(n) + (to === null ? "" : between + one(to)) + unitAfter(unit, (to ?? n) === 1);
}

function vague(v: Value, unit: string): string | null {
  const found = v.bound === "vague" && vagueWords.find(([low, high]) => v.low === low && (v.high === null || v.high === high));
  if (!found) return null;
  const many = after[unit]?.[1] ?? before[unit] ?? (isCurrency(unit) ? unit : "");
  return found[2] + (many ? `${found[0] < 20 ? "" : " of"} ${many}` : "");
}

function valueText(v: Value, unit: string, prose: boolean): string {
  const inWords = vague(v, unit);
  if (inWords) return inWords;
  if (v.low !== null && v.high !== null && v.low < v.high && v.best === null) return amount(v.low, v.high, unit, prose);
  return (prose ? proseWords : tableWords)[v.bound] + amount(stated(v), null, unit, prose);
}

/** "a month", "an hour"; of two: "per soldier and month". */
function perText(per: string[]): string {
  if (per.length === 0) return "";
  const vowel = per[0] === "hour" || /^[aeio]/.test(per[0]);
  return per.length > 1 ? ` per ${per[0]} and ${per[1]}` : ` ${vowel ? "an" : "a"} ${per[0]}`;
}

/** The number that a dot stands for. */
export function stated(v: Value): number {
  return v.best ?? v.high ?? v.low ?? 0;
}

export const prose = (v: Value, unit: string | null, per: string[] = []) => valueText(v, unit ?? "", true) + perText(per);
export const inTable = (v: Value, unit: string | null) => valueText(v, unit ?? "", false);
export const number = (n: number, unit: string | null) => amount(n, null, unit ?? "", true);

export function factor(n: number): string {
  return `×${grouped(n, n < 10 ? 1 : 0)}`;
}

/** "43 killed", "2 missing", "160 casualties" read well; "3,000 reinforcement" does not. */
export function withMeasure(words: string, unit: string | null, measure: string | null): string {
  return unit === "person" && measure && /(ed|ing|s|aboard)$/.test(measure) ? `${words} ${measure}` : words;
}
