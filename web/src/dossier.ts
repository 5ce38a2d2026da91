// SPDX-License-Identifier: Apache-2.0
// dossier.ts - a story as the pages need it: claims by id, letters by document, a row per answer and origin.
import type {Answer, Certainty, Cite, Claim, Days, Link, Question, Source, Story} from "./api-types";
import {daysText, oneDay, split} from "./words/days";
import {number, prose, stated} from "./words/numbers";

export interface Dossier {
  story: Story;
  claims: Map<string, Claim>;
  sources: Map<string, Source>; // by letter
  letters: Map<string, string>; // letter of a document
  lastYear: number;
}

export interface Row {
  answer: Answer;
  claims: Claim[];
  first: Claim; // certainty and date are taken from it
  firstOfAnswer: boolean;
  named: boolean;
  value: string;
  holder: string;
  cites: Cite[];
  when: string;
  note: string;
}

const lastOf = (days: Days | null) => Math.max(0, ...(days ?? []).map((d) => (d ? split(d).y : 0)));

function lastYear(s: Story): number {
  const claims = (s.claims ?? []).map((c) => lastOf(c.when)),
    events = (s.timeline ?? []).map((e) => lastOf(e.when));
  const pages = (s.sources ?? []).map((p) => (p.published ? split(p.published).y : 0));
  return Math.max(0, ...claims, ...events, ...pages);
}

export function dossierOf(story: Story): Dossier {
  const sources = story.sources ?? [];
  return {
    story,
    claims: new Map((story.claims ?? []).map((c) => [c.id, c])),
    sources: new Map(sources.map((s) => [s.page, s])),
    letters: new Map(sources.map((s) => [s.doc ?? "", s.page])),
    lastYear: lastYear(story),
  };
}

export const letterOf = (d: Dossier, c: Claim) => d.letters.get(c.doc ?? "") ?? "?";
export const citeOf = (d: Dossier, c: Claim): Cite => ({page: letterOf(d, c), sentence: c.number});
export const label = (c: Cite) => `${c.page}${c.sentence}`;

/** Each once, by page and sentence. */
export function citesOf(d: Dossier, claims: Claim[]): Cite[] {
  const all = new Map(claims.map((c) => [label(citeOf(d, c)), citeOf(d, c)]));
  return [...all.values()].sort(byPlace);
}

export function byPlace(a: Cite, b: Cite): number {
  return a.page.length - b.page.length || a.page.localeCompare(b.page) || a.sentence - b.sentence;
}

export const isNamed = (c: Claim) => c.said_by.some((l) => l.kind === "named" || l.holder);

/* The link nearest to the fact; behind an unnamed one the name that follows it. */
function holding(c: Claim): Link {
  return c.said_by.find((l) => l.kind === "named" || c.said_by[0].kind !== "anonymous") ?? c.said_by[0];
}

export function holderOf(d: Dossier, c: Claim): string {
  if (c.said_by.length === 0) return "own voice";
  const link = holding(c),
    known = d.story.holders?.find((h) => h.id === link.holder_id);
  return known?.name ?? link.holder ?? link.name ?? link.cue ?? "unnamed";
}

const rank: Record<Certainty, number> = {asserted: 0, reported: 1, estimated: 2, planned: 3, possible: 4, unverified: 5, denied: 6};
/** Blank means: the page states or reports it. */
export const isUnsure = (c: Certainty) => rank[c] > rank.reported;
export const isVerified = (c: Certainty) => rank[c] < rank.unverified;

/** "fall 2024"; "(7 Feb)" is the page's date; "undated". */
export function whenText(d: Dossier, c: Claim): string {
  const own = daysText(c.when, d.lastYear),
    day = d.sources.get(letterOf(d, c))?.published;
  return own || (day ? `(${oneDay(day, d.lastYear)})` : "undated");
}

function baseText(d: Dossier, c: Claim): string {
  const base = d.claims.get(c.of ?? "");
  if (!base) return c.of ?? "";
  return base.delta && base.derived !== null ? number(base.derived, base.unit) : prose(base, base.unit);
}

/** "half of about 12,000", "1,500 + “about 10,000”": what a figure was reckoned from. */
export function noteOf(d: Dossier, q: Question, c: Claim): string {
  if (c.unit === "ratio" && c.of) return `${q.unit === "ratio" ? "" : `${number(stated(c), "ratio")} `}of ${baseText(d, c)}`;
  if (c.delta && c.derived !== null) return `${number(c.derived - stated(c), c.unit)} + ${figureWords(c)}`;
  return "";
}

/** The words that a claim's figure is read from, cut out of its sentence by bytes. */
export function figureWords(c: Claim): string {
  const bytes = new TextEncoder().encode(c.sentence),
    from = c.figure[0] - c.span[0];
  return `“${new TextDecoder().decode(bytes.slice(from, c.figure[1] - c.span[0])).trim()}”`;
}

function notes(d: Dossier, q: Question, answer: Answer, claims: Claim[]): string {
  const reckoned = claims.map((c) => noteOf(d, q, c)).find(Boolean) ?? "";
  return [reckoned, answer.wider ? "a wider count" : ""].filter(Boolean).join("; ");
}

function claimsOf(d: Dossier, answer: Answer): Claim[] {
  return answer.claims.map((id) => d.claims.get(id)).filter((c): c is Claim => c !== undefined);
}

function rowOf(d: Dossier, q: Question, answer: Answer, id: string | undefined, claims: Claim[]): Omit<Row, "firstOfAnswer"> {
  const first = claims.find((c) => c.when) ?? claims[0],
    origin = q.origins.find((o) => o.id === id);
  return {
    answer,
    claims,
    first,
    named: origin ? origin.kind === "named" : isNamed(first),
    value: prose(answer, q.unit, q.per),
    holder: origin ? (origin.name ?? "own voice") : holderOf(d, first),
    cites: citesOf(d, claims),
    when: whenText(d, first),
    note: notes(d, q, answer, claims),
  };
}

function answerRows(d: Dossier, q: Question, answer: Answer): Row[] {
  const all = claimsOf(d, answer),
    ids = answer.origins.length ? answer.origins : [undefined];
  const mine = (id: string | undefined, nth: number) =>
    all.filter((c) => (id && c.origin === id) || (nth === 0 && !answer.origins.includes(c.origin ?? "")));
  return ids
    .map((id, nth) => ({id, claims: mine(id, nth)}))
    .filter((g) => g.claims.length)
    .map((g, i) => ({...rowOf(d, q, answer, g.id, g.claims), firstOfAnswer: i === 0}));
}

/** Two claims with the same answer keep two rows when their origins differ. */
export const rowsOf = (d: Dossier, q: Question): Row[] => q.answers.flatMap((a) => answerRows(d, q, a));

/** Questions that more than one origin answers. */
export const inFull = (q: Question) => q.state !== "one page" && q.state !== "one origin";
