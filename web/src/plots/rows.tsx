// SPDX-License-Identifier: Apache-2.0
// rows.tsx - the answers as rows, and over them one plot of how much and one of when. The rows say all of it in words; the plots
// lie in their empty cells.
import type {ComponentChildren} from "preact";
import type {Question} from "../api-types";
import {type Dossier, isUnsure, letterOf, type Row} from "../dossier";
import {Bang} from "../parts/bang";
import {Cites} from "../parts/cite";
import {openSentence} from "../parts/sentence";
import {oneDay} from "../words/days";
import type {Axis} from "./axis";
import type {Mark} from "./draw";
import {NotShown, useShown} from "./shown";
import {usePlot} from "./seen";
import type {Times} from "./times";

interface Given {
  d: Dossier;
  q: Question;
  rows: Row[];
  axis: Axis;
  times: Times | null;
  estimate: ComponentChildren;
}

export function markOf(d: Dossier, r: Row): Mark {
  const c = r.first,
    page = d.sources.get(letterOf(d, c));
  return {
    value: r.answer,
    named: r.named,
    flagged: r.answer.flagged,
    days: c.when,
    pageDay: page?.published ?? null,
    text: c.when ? r.when : page?.published ? oneDay(page.published, d.lastYear) : "undated",
    name: `${r.value}, ${r.holder}`,
    open: (from) => openSentence(r.cites[0], from),
  };
}

function Line({r}: {r: Row}) {
  return (
    <div class={`row${r.answer.flagged ? " fl" : ""}`} role="row">
      <span class="a" role="cell">
        {r.firstOfAnswer ? (
          <>
            {r.answer.flagged && <Bang />}
            {r.value}
          </>
        ) : (
          <span class="sr">{r.value}</span>
        )}
        {r.note && <small>{r.note}</small>}
      </span>
      <span class="v" aria-hidden="true" />
      <span class="t" aria-hidden="true" />
      <span class="cs" role="cell">
        <Cites cites={r.cites} />
      </span>
      <span class="w" role="cell">
        {r.holder}
        <span class="when">, {r.when}</span>
      </span>
      <span class="ce" role="cell">
        {isUnsure(r.first.certainty) ? r.first.certainty : ""}
      </span>
    </div>
  );
}

function useRowPlots(d: Dossier, q: Question, rows: Row[], axis: Axis, times: Times | null) {
  const drawing = () => ({
    marks: rows.map((r) => markOf(d, r)),
    axis,
    times,
    unit: q.unit,
    estimate: q.state === "one origin" ? null : q.estimate,
  });
  return usePlot((draw, box) => draw.overRows(box, drawing()), [d, q, rows.length]);
}

export function Rows({d, q, rows, axis, times, estimate}: Given) {
  const shown = useShown(q, rows),
    box = useRowPlots(d, q, shown.rows, axis, times);
  return (
    <>
      <div class="rows" ref={box} role="table" aria-label={`Answers: ${q.text}`}>
        <div class="row ax" aria-hidden="true">
          <span class="a" />
          <span class="v" />
          <span class="t" />
        </div>
        {shown.rows.map((r) => (
          <Line key={r.claims[0].id} r={r} />
        ))}
        {estimate && (
          <div class="row sum" role="row">
            <span class="a" aria-hidden="true">
              low to high
            </span>
            <span class="v" aria-hidden="true" />
            <div class="estcell" role="cell">
              {estimate}
            </div>
          </div>
        )}
      </div>
      <NotShown q={q} shown={shown} all={rows} />
    </>
  );
}
