// SPDX-License-Identifier: Apache-2.0
// figures.tsx - every question with its answers: a row per answer and origin, drawn on the story's axes when it is seen.
import type {Answer, Certainty, Question} from "../api-types";
import {type Dossier, inFull, isUnsure, isVerified, type Row, rowsOf} from "../dossier";
import {Bang} from "../parts/bang";
import {Chip} from "../parts/chip";
import {Cites} from "../parts/cite";
import {type Axis, axisFor, type Scale, scalesOf, scaleText} from "../plots/axis";
import {ByDate} from "../plots/by-date";
import {Rows} from "../plots/rows";
import {useReadyForPaper} from "../plots/seen";
import {type Times, timesOf} from "../plots/times";
import {Link, setParams, usePlace, withParams} from "../route";
import {number} from "../words/numbers";
import {Reasons} from "./reasons";

/* ---- the estimate ---- */

function onlyFlagged(q: Question, end: number, of: (a: Answer) => number | null): boolean {
  const there = q.answers.filter((a) => of(a) === end);
  return there.length > 0 && there.every((a) => a.flagged);
}

const unverifiedMatters = 2; // from twice the highest verified figure on, the estimate says both

function withoutUnverified(d: Dossier, q: Question): string {
  const sure = (a: Answer) => a.claims.some((id) => isVerified(d.claims.get(id)?.certainty ?? ("asserted" as Certainty)));
  const tops = q.answers.filter((a) => !a.wider && a.high !== null && sure(a)).map((a) => a.high!);
  const top = Math.max(...tops),
    high = q.estimate.high;
  return tops.length && high !== null && top * unverifiedMatters <= high ? ` (${number(top, q.unit)} without the unverified)` : "";
}

/** "low 300 (flagged), no best, high 6,000" */
export function estimateText(d: Dossier, q: Question): string {
  const {low, best, high} = q.estimate;
  const end = (name: string, v: number | null) => (v === null ? `no ${name}` : `${name} ${number(v, q.unit)}`);
  const flagged = low !== null && onlyFlagged(q, low, (a) => a.low) ? " (flagged)" : "";
  return `${end("Low", low).replace("no Low", "No low")}${flagged}, ${end("best", best)}, ${end("high", high)}${high === null ? "" : withoutUnverified(d, q)}`;
}

function Estimate({d, q}: {d: Dossier; q: Question}) {
  return (
    <p class="est">
      <b>{estimateText(d, q)}.</b>{" "}
      <span class="soft">
        {sentence(q.estimate.why)} Rule: {q.rule}.
      </span>
    </p>
  );
}

const sentence = (s: string | null) => (s ? `${s[0].toUpperCase()}${s.slice(1)}.` : "");

/* ---- one question ---- */

/* "2, says Anna Holm, Jan": figures too small for the axis are words. */
function Worded({rows}: {rows: Row[]}) {
  return (
    <ul class="worded">
      {rows.map((r) => (
        <li key={r.claims[0].id}>
          {r.answer.flagged && <Bang />}
          <b>{r.value}</b> <Cites cites={r.cites} /> {r.holder}
          {isUnsure(r.first.certainty) && `, ${r.first.certainty}`}
          {r.first.when && `, ${r.when}`}
          {r.note && <span class="soft">; {r.note}</span>}
        </li>
      ))}
    </ul>
  );
}

interface Drawn {
  d: Dossier;
  q: Question;
  axis: Axis | null;
  times: Times | null;
  byDate: boolean;
}

function QuestionBox({d, q, axis, times, byDate}: Drawn) {
  const rows = rowsOf(d, q);
  return (
    <section class="q" id={q.id} aria-labelledby={`${q.id}-text`}>
      <h3 id={`${q.id}-text`}>
        {q.text} <Chip state={q.state} times={q.factor} />
      </h3>
      {!axis ? (
        <Worded rows={rows} />
      ) : byDate && times ? (
        <ByDate d={d} q={q} rows={rows} times={timesOf(d, [q]) ?? times} />
      ) : (
        <Rows d={d} q={q} rows={rows} axis={axis} times={times} estimate={inFull(q) ? <Estimate d={d} q={q} /> : null} />
      )}
      {inFull(q) && (!axis || (byDate && times)) && <Estimate d={d} q={q} />}
      <Reasons d={d} q={q} />
    </section>
  );
}

/* ---- figures that one page gives ---- */

function SingleNote({r}: {r: Row}) {
  const words = [
    r.first.said_by.length ? r.holder : "",
    isUnsure(r.first.certainty) ? r.first.certainty : "",
    r.first.when ? r.when : "",
  ].filter(Boolean);
  return (
    <td class="soft">
      {words.join(", ")}
      {r.note && `${words.length ? "; " : ""}${r.note}`}
    </td>
  );
}

function Singles({d, questions}: {d: Dossier; questions: Question[]}) {
  return questions.length === 0 ? null : (
    <section class="q" aria-labelledby="single">
      <h3 id="single">
        One page each{" "}
        <span class="chip ok">
          {questions.length} {questions.length === 1 ? "question" : "questions"}
        </span>
      </h3>
      <table class="single plain">
        <thead class="sr">
          <tr>
            <th scope="col">What</th>
            <th scope="col">Figure</th>
            <th scope="col">Sentence</th>
            <th scope="col">Holder, certainty, date, base</th>
          </tr>
        </thead>
        <tbody>
          {questions.flatMap((q) =>
            rowsOf(d, q).map((r, i) => (
              <tr key={r.claims[0].id} id={i ? undefined : q.id}>
                <th scope="row">{i ? <span class="sr">{q.label ?? q.text}</span> : (q.label ?? q.text)}</th>
                <td class="r">
                  {r.answer.flagged && <Bang />}
                  <b>{r.value}</b>
                </td>
                <td>
                  <Cites cites={r.cites} />
                </td>
                <SingleNote r={r} />
              </tr>
            )),
          )}
        </tbody>
      </table>
    </section>
  );
}

/* ---- the section ---- */

function Dot({kind}: {kind: string}) {
  return (
    <svg width="14" height="14" aria-hidden="true">
      <circle cx="7" cy="7" r="5" class={kind} />
    </svg>
  );
}

function Key({scales, byDate}: {scales: Scale[]; byDate: boolean}) {
  return (
    <p class="key">
      <span>
        <Dot kind="n" />
        holder named
      </span>
      <span>
        <Dot kind="u" />
        not named
      </span>
      <span>
        <svg width="34" height="14" aria-hidden="true">
          <line x1="0" x2="21" y1="7" y2="7" class="o" />
          <circle cx="27" cy="7" r="5" class="u" />
        </svg>
        up to: may be less
      </span>
      <span>
        <svg width="34" height="14" aria-hidden="true">
          <line x1="13" x2="34" y1="7" y2="7" class="o" />
          <circle cx="7" cy="7" r="5" class="u" />
        </svg>
        over, at least: may be more
      </span>
      {!byDate && (
        <span class="wide">
          <svg width="26" height="14" aria-hidden="true">
            <line x1="0" x2="26" y1="7" y2="7" class="b" />
          </svg>
          when it held
        </span>
      )}
      {byDate ? (
        <span>
          <svg width="14" height="14" aria-hidden="true">
            <circle cx="7" cy="7" r="3.5" class="u" />
          </svg>
          smaller: date of the page only
        </span>
      ) : (
        <span class="wide">
          <svg width="14" height="14" aria-hidden="true">
            <circle cx="7" cy="7" r="3" class="pg" />
          </svg>
          date of the page only
        </span>
      )}
      {byDate && (
        <span>
          <svg width="26" height="14" aria-hidden="true">
            <rect x="0" y="2" width="26" height="10" class="band" />
          </svg>
          low to high, by the rule
        </span>
      )}
      {byDate ? <span>Each question on its own scale.</span> : scales.map((s) => <span key={scaleText(s)}>{scaleText(s)}</span>)}
      <span>Own voice: the page names nobody.</span>
    </p>
  );
}

const rules: [name: string, words: string][] = [
  ["range", "range"],
  ["median-origin", "median of origins"],
  ["latest", "latest"],
  ["conservative", "conservative"],
  ["ucdp", "ucdp"],
];

function Controls({byDate, rule}: {byDate: boolean; rule: string}) {
  return (
    <div class="controls">
      <span class="seg" role="group" aria-label="Draw the figures">
        <Link href={`${withParams({view: null})}#figures`} aria-current={byDate ? undefined : "true"}>
          By origin
        </Link>
        <Link href={`${withParams({view: "date"})}#figures`} aria-current={byDate ? "true" : undefined}>
          By date
        </Link>
      </span>
      <label>
        Rule of the estimate{" "}
        <select value={rule} onChange={(e) => setParams({rule: e.currentTarget.value === "range" ? null : e.currentTarget.value})}>
          {rules.map(([name, words]) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

export function Figures({d}: {d: Dossier}) {
  useReadyForPaper();
  const {params} = usePlace(),
    questions = d.story.questions ?? [];
  const byDate = params.get("view") === "date",
    scales = scalesOf(questions);
  const plotted = questions.filter((q) => q.state !== "one page"),
    times = timesOf(d, plotted);
  if (questions.length === 0)
    return (
      <p id="figures" class="soft">
        No figures in this story.
      </p>
    );
  return (
    <section aria-labelledby="figures">
      <h2 id="figures">The figures</h2>
      {plotted.length > 0 && (
        <>
          <Controls byDate={byDate} rule={params.get("rule") ?? "range"} />
          <Key scales={[...scales.values()]} byDate={byDate} />
        </>
      )}
      {plotted.map((q) => (
        <QuestionBox key={q.id} d={d} q={q} axis={axisFor(scales, q)} times={times} byDate={byDate} />
      ))}
      <Singles d={d} questions={questions.filter((q) => q.state === "one page")} />
    </section>
  );
}
