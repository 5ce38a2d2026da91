// SPDX-License-Identifier: Apache-2.0
// by-date.tsx - the answers of a question along the days that they hold for, and the estimate as it moved.
import type {Question} from "../api-types";
import {type Dossier, isUnsure, type Row} from "../dossier";
import {Bang} from "../parts/bang";
import {Cites} from "../parts/cite";
import {oneDay} from "../words/days";
import {number} from "../words/numbers";
import {ownAxis} from "./axis";
import {markOf} from "./rows";
import {NotShown, useShown} from "./shown";
import {usePlot} from "./seen";
import type {Times} from "./times";

const stepsShown = 12;

interface Given {
  d: Dossier;
  q: Question;
  rows: Row[];
  times: Times;
}

function useDatePlot({d, q, rows, times}: Given) {
  const axis = ownAxis(q),
    drawing = () => ({marks: rows.map((r) => markOf(d, r)), times, unit: q.unit, steps: q.estimate.by_date});
  return usePlot((draw, box, width) => (axis ? draw.byDate(box, {...drawing(), axis, width}) : undefined), [d, q]);
}

const isDated = (r: Row) => r.when !== "undated";

function Step({
  q,
  day,
  low,
  best,
  high,
  year,
}: {
  q: Question;
  day: string | null;
  low: number | null;
  best: number | null;
  high: number | null;
  year: number;
}) {
  const cell = (v: number | null) => (v === null ? "–" : number(v, q.unit));
  return (
    <tr>
      <th scope="row">{day ? oneDay(day, year) : "undated"}</th>
      <td class="r">{cell(low)}</td>
      <td class="r">{cell(best)}</td>
      <td class="r">{cell(high)}</td>
    </tr>
  );
}

export function ByDate(given: Given) {
  const {d, q, rows} = given,
    box = useDatePlot(given),
    shown = useShown(q, rows),
    steps = q.estimate.by_date.slice(-stepsShown);
  return (
    <div class="bydate">
      <div class="dateplot" ref={box} aria-hidden="true" />
      <div class="beside">
        <ul class="answers" aria-label={`Answers by date: ${q.text}`}>
          {[...shown.rows].sort(byDay).map((r) => (
            <li key={r.claims[0].id} class={isDated(r) ? undefined : "soft"}>
              <span class="d">{r.when}</span>
              <span>
                {r.answer.flagged && <Bang />}
                <b>{r.value}</b> <Cites cites={r.cites} /> {r.holder}
                {isUnsure(r.first.certainty) && `, ${r.first.certainty}`}
              </span>
            </li>
          ))}
        </ul>
        {steps.length > 0 && (
          <table class="steps">
            <caption>
              The estimate, {steps.length < q.estimate.by_date.length ? `the last ${stepsShown} days` : "each day"} on which it moved
            </caption>
            <thead>
              <tr>
                <th scope="col">day</th>
                <th scope="col" class="r">
                  low
                </th>
                <th scope="col" class="r">
                  best
                </th>
                <th scope="col" class="r">
                  high
                </th>
              </tr>
            </thead>
            <tbody>
              {steps.map((s) => (
                <Step key={s.day} q={q} year={d.lastYear} {...s} />
              ))}
            </tbody>
          </table>
        )}
      </div>
      <NotShown q={q} shown={shown} all={rows} />
    </div>
  );
}

function dayKey(r: Row): string {
  return r.first.when?.[0] ?? r.first.when?.[1] ?? (isDated(r) ? (r.first.as_of?.[0] ?? "8") : "9");
}

function byDay(a: Row, b: Row): number {
  return dayKey(a).localeCompare(dayKey(b));
}
