// SPDX-License-Identifier: Apache-2.0
// entries.ts - claims as lines of the ledger: what each column says, how they are sorted, which are shown.
import type {Cite, Claim, Flag} from "../api-types";
import {byPlace, citeOf, type Dossier, holderOf, isNamed, label} from "../dossier";
import {daysText} from "../words/days";
import {inTable, number, stated} from "../words/numbers";

export const sortKeys = ["said", "value", "measure", "subject", "base", "when", "holder", "certainty", "flag"] as const;
export type SortKey = (typeof sortKeys)[number];

export interface Entry {
  claim: Claim;
  cite: Cite;
  value: string;
  base: string;
  when: string;
  holder: string;
  named: boolean;
  flag: string;
}

export interface Filter {
  measure: string;
  holder: string;
  certainty: string;
  page: string;
  flagged: boolean;
  words: string;
  sort: SortKey;
  down: boolean;
}

/* ---- lines ---- */

function derivedText(c: Claim, base: Claim | undefined): string {
  return c.derived === null
    ? ""
    : `: ${inTable({low: null, best: c.derived, high: null, bound: c.bound}, c.delta ? c.unit : (base?.unit ?? "person"))}`;
}

/** "of B7: ≤5,500", "with C5: ~11,500", "per soldier, month" */
function baseOf(d: Dossier, c: Claim): string {
  const base = d.claims.get(c.of ?? "");
  const from = base
    ? `of ${label(citeOf(d, base))}${derivedText(c, base)}`
    : c.of
      ? `of ${c.of}`
      : c.delta && c.derived !== null
        ? `in all ${inTable({low: null, best: c.derived, high: null, bound: c.bound}, c.unit)}`
        : "";
  return [from, c.per.length ? `per ${c.per.join(", ")}` : ""].filter(Boolean).join("; ");
}

/* The base of a share and the time of a rate are not what is in doubt. */
const inDoubt = (f: Flag) => f.claims.filter((_, i) => !(i === 1 && (f.kind === "share" || f.kind === "rate")));

/** "sum B9", "drift B2": the kind, and the sentence that it does not fit. A claim keeps its first flag. */
function flagsOf(d: Dossier): Map<string, string> {
  const out = new Map<string, string>(),
    at = (id: string) => (d.claims.has(id) ? ` ${label(citeOf(d, d.claims.get(id)!))}` : "");
  for (const f of d.story.flags ?? [])
    for (const id of inDoubt(f))
      if (!out.has(id))
        out.set(id, f.kind === "drift" ? `drift${at(f.claims.find((o) => o !== id) ?? id)}` : `sum${at(f.claims[f.claims.length - 1])}`);
  return out;
}

export function entriesOf(d: Dossier): Entry[] {
  const flags = flagsOf(d);
  return [...d.claims.values()].map((claim) => ({
    claim,
    cite: citeOf(d, claim),
    value: (claim.delta ? "+ " : "") + inTable(claim, claim.unit),
    base: baseOf(d, claim),
    when: daysText(claim.when, d.lastYear),
    holder: holderOf(d, claim),
    named: isNamed(claim),
    flag: flags.get(claim.id) ?? "",
  }));
}

/* ---- what is shown ---- */

export function filterFrom(params: URLSearchParams): Filter {
  const is = (name: string) => params.get(name) ?? "",
    [sort, down] = is("sort").split("-");
  const known = sortKeys.find((k) => k === sort) ?? "said";
  return {
    measure: is("measure"),
    holder: is("holder"),
    certainty: is("certainty"),
    page: is("page"),
    flagged: is("flagged") === "true",
    words: is("words"),
    sort: known,
    down: down === "down",
  };
}

const holderFits = (e: Entry, holder: string) =>
  !holder || e.holder === holder || (holder === "named" && e.named) || (holder === "not named" && !e.named);

function textOf(e: Entry): string {
  const c = e.claim;
  return [
    label(e.cite),
    e.value,
    number(stated(c), c.unit),
    c.measure,
    c.subject,
    c.actor,
    c.where,
    e.base,
    e.when,
    e.holder,
    c.certainty,
    e.flag,
    c.sentence,
  ]
    .join(" ")
    .toLowerCase();
}

function wordsFit(e: Entry, words: string): boolean {
  const text = words ? textOf(e) : "";
  return words
    .toLowerCase()
    .split(/[\s,]+(?!\d)/)
    .every((w) => text.includes(w));
}

export function filtered(all: Entry[], f: Filter): Entry[] {
  return all.filter(
    (e) =>
      (!f.measure || e.claim.measure === f.measure) &&
      holderFits(e, f.holder) &&
      (!f.certainty || e.claim.certainty === f.certainty) &&
      (!f.page || e.cite.page === f.page) &&
      (!f.flagged || e.flag !== "") &&
      wordsFit(e, f.words),
  );
}

const text = (of: (e: Entry) => string | null) => (a: Entry, b: Entry) =>
  Number(!of(a)) - Number(!of(b)) || (of(a) ?? "").localeCompare(of(b) ?? "");
const orders: Record<SortKey, (a: Entry, b: Entry) => number> = {
  said: (a, b) => byPlace(a.cite, b.cite),
  measure: text((e) => e.claim.measure),
  subject: text((e) => e.claim.subject),
  base: text((e) => e.base),
  when: text((e) => e.claim.when?.[0] ?? e.claim.when?.[1] ?? ""),
  holder: text((e) => e.holder),
  certainty: text((e) => e.claim.certainty),
  flag: text((e) => e.flag),
  value: (a, b) => (a.claim.unit ?? "").localeCompare(b.claim.unit ?? "") || stated(a.claim) - stated(b.claim),
};

/** Stable, so that equal ones stay in the order of the pages. */
export function sorted(all: Entry[], f: Filter): Entry[] {
  const way = f.down ? -1 : 1,
    inPages = [...all].sort(orders.said);
  return f.sort === "said" && !f.down ? inPages : inPages.sort((a, b) => way * orders[f.sort](a, b));
}
