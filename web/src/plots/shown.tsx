// SPDX-License-Identifier: Apache-2.0
// shown.tsx - which answers of a question stand on the page: all of a few; of many those that no update took the place of, and of
// those the lowest and the highest, until the reader asks for all (`all=q1` in the address).
import type {Question} from "../api-types";
import type {Row} from "../dossier";
import {setParams, usePlace} from "../route";
import {counted, grouped} from "../words/numbers";

const many = 30, // rows from which on not all are shown: about one window
  atEachEnd = 12;

export interface Shown {
  rows: Row[];
  superseded: number; // that are not among them
  between: number;
}

/* An answer that is cut in two says its figure again. */
const withFigures = (rows: Row[]): Row[] => rows.map((r, i) => ({...r, firstOfAnswer: r.answer !== rows[i - 1]?.answer}));

function some(all: Row[]): Shown {
  const left = all.filter((r) => !r.answer.superseded),
    cut = left.length > many;
  const rows = cut ? [...left.slice(0, atEachEnd), ...left.slice(-atEachEnd)] : left;
  return {rows: withFigures(rows), superseded: all.length - left.length, between: left.length - rows.length};
}

/** The rows of `q` that are shown, as the address has it. */
export function useShown(q: Question, all: Row[]): Shown {
  const asked = usePlace().params.get("all") === q.id;
  return asked || all.length <= many ? {rows: all, superseded: 0, between: 0} : some(all);
}

/** "Not shown: 83 that an update took the place of, 12 between the lowest and the highest. Show all 119" */
export function NotShown({q, shown, all}: {q: Question; shown: Shown; all: Row[]}) {
  const what = [
    shown.superseded ? `${counted(shown.superseded, "figure")} that an update took the place of` : "",
    shown.between ? `${counted(shown.between, "figure")} between the lowest and the highest` : "",
  ].filter(Boolean);
  const asked = all.length > many && what.length === 0;
  if (!asked && what.length === 0) return null;
  return (
    <p class="notshown">
      {what.length > 0 && <span class="soft">Not shown: {what.join(", ")}. </span>}
      <button type="button" class="link" aria-expanded={asked} onClick={() => setParams({all: asked ? null : q.id})}>
        {asked ? "Show fewer" : `Show all ${grouped(all.length)}`}
      </button>
    </p>
  );
}
