// SPDX-License-Identifier: Apache-2.0
// exports.ts - the rows shown, as CSV and JSON lines.
import type {Claim} from "../api-types";
import {label} from "../dossier";
import type {Entry} from "./entries";

const columns: [name: string, of: (e: Entry) => string | number | null][] = [
  ["said", (e) => label(e.cite)],
  ["value", (e) => e.value],
  ["low", (e) => e.claim.low],
  ["best", (e) => e.claim.best],
  ["high", (e) => e.claim.high],
  ["bound", (e) => e.claim.bound],
  ["unit", (e) => e.claim.unit],
  ["measure", (e) => e.claim.measure],
  ["subject", (e) => e.claim.subject],
  ["base or per", (e) => e.base],
  ["when", (e) => e.when],
  ["from", (e) => e.claim.when?.[0] ?? null],
  ["to", (e) => e.claim.when?.[1] ?? null],
  ["holder", (e) => e.holder],
  ["named", (e) => (e.named ? "yes" : "no")],
  ["certainty", (e) => e.claim.certainty],
  ["flag", (e) => e.flag],
  ["sentence", (e) => e.claim.sentence],
  ["document", (e) => e.claim.doc],
  ["claim", (e) => e.claim.id],
];

/* A spreadsheet takes what begins so for a formula; the text of a page must not become one. */
const formula = /^[=+\-@\t\r]/;

function cell(v: string | number | null): string {
  if (v === null) return "";
  if (typeof v === "number") return String(v);
  const text = formula.test(v) && !/^\+ [~≤≥><\d]/.test(v) ? `'${v}` : v;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvOf(shown: Entry[]): string {
  const lines = [columns.map(([name]) => name), ...shown.map((e) => columns.map(([, of]) => cell(of(e))))];
  return lines.map((l) => `${l.join(",")}\r\n`).join("");
}

export const jsonLinesOf = (claims: Claim[]) => claims.map((c) => `${JSON.stringify(c)}\n`).join("");
