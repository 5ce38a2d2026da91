// SPDX-License-Identifier: Apache-2.0
// stories.tsx - what moves now: every story with its counts and its first questions.
import type {QuestionLine, StoryCard, StoryList} from "../api-types";
import {api, forget, useFetched} from "../data";
import {Chip} from "../parts/chip";
import {Frame, Trouble, Waiting} from "../parts/frame";
import {Live} from "../parts/live";
import {SearchForm} from "../parts/search-form";
import {type Axis, axisOf} from "../plots/axis";
import {Link, paths, setParams, usePlace, withParams} from "../route";
import {daysText} from "../words/days";
import {counted, grouped, number, prose} from "../words/numbers";

/* ---- a small range: low, best, high ---- */

const width = 132,
  height = 16,
  pad = 6;

function placeOn(axis: Axis) {
  const log = (v: number) => (axis.log ? Math.log10(v) : v);
  return (v: number) => pad + ((log(v) - log(axis.low)) / (log(axis.high) - log(axis.low))) * (width - 2 * pad);
}

function Range({q, axis}: {q: QuestionLine; axis: Axis | null}) {
  const words = rangeText(q);
  if (!axis) return null;
  const x = placeOn(axis),
    low = q.low !== null && q.low > 0 ? x(q.low) : pad,
    high = q.high !== null && q.high > 0 ? x(q.high) : width - pad,
    y = height / 2;
  return (
    <svg class="small" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={words}>
      <line x1={pad} x2={width - pad} y1={y} y2={y} class="g" />
      <line x1={low} x2={high} y1={y} y2={y} class={q.low === null || q.high === null ? "o" : "rng"} />
      {q.low !== null && <line x1={low} x2={low} y1={y - 4} y2={y + 4} class="rng" />}
      {q.high !== null && <line x1={high} x2={high} y1={y - 4} y2={y + 4} class="rng" />}
      {q.best !== null && q.best > 0 && <circle cx={x(q.best)} cy={y} r="4" class="n" />}
    </svg>
  );
}

export function rangeText(q: {low: number | null; best: number | null; high: number | null; unit: string | null}): string {
  const n = (v: number) => number(v, q.unit),
    {low, best, high} = q;
  if (low !== null && low === high) return n(low);
  const ends =
    low !== null && high !== null
      ? prose({low, best: null, high, bound: "range"}, q.unit)
      : low !== null
        ? `${n(low)} or more`
        : high !== null
          ? `up to ${n(high)}`
          : "no figure";
  return best === null ? `${ends}, no best` : `${ends}, best ${n(best)}`;
}

/* One axis for the figures of a story that have one unit, as on its own page. */
function axisOfUnit(all: QuestionLine[], unit: string | null): Axis | null {
  const values = all
    .filter((q) => q.unit === unit)
    .flatMap((q) => [q.low, q.best, q.high])
    .filter((v): v is number => v !== null && v > 0);
  return values.length && Math.max(...values) > Math.min(...values) ? axisOf(Math.min(...values), Math.max(...values)) : null;
}

/* ---- a story ---- */

function Question({q, all, story}: {q: QuestionLine; all: QuestionLine[]; story: number}) {
  return (
    <li>
      <span class="what">
        <Link href={`${paths.story(story)}#${q.id}`}>{q.label ?? q.text}</Link> <Chip state={q.state} times={q.factor} />
      </span>
      <span class="range">
        <Range q={q} axis={axisOfUnit(all, q.unit)} />
      </span>
      <span class="words">{rangeText(q)}</span>
      <span class="soft">{counted(q.origins, "origin")}</span>
    </li>
  );
}

function disagreementText(c: StoryCard): string {
  const n = c.conflicts + c.apart;
  return n ? counted(n, "disagreement") : c.figures ? "no disagreement" : "no figures";
}

function Card({c}: {c: StoryCard}) {
  const days = daysText(c.published);
  return (
    <li class="card">
      <h2>
        <Link href={paths.story(c.story)}>{c.title ?? "(no title)"}</Link>
      </h2>
      <p class="meta">
        {days || "Undated"}. {counted(c.pages, "page")}, {c.publishers ? counted(c.publishers, "publisher") : "no publisher named"},{" "}
        {counted(c.origins, "origin")},{" "}
        {c.conflicts + c.apart ? <Link href={`${paths.story(c.story)}#figures`}>{disagreementText(c)}</Link> : disagreementText(c)}
        {c.flags > 0 && (
          <>
            ,{" "}
            <Link class="flag" href={`${paths.story(c.story)}#flags`}>
              ! {grouped(c.flags)} that {c.flags === 1 ? "does" : "do"} not fit
            </Link>
          </>
        )}
      </p>
      {c.top.length > 0 && (
        <ul class="top3">
          {c.top.map((q) => (
            <Question key={q.id} q={q} all={c.top} story={c.story} />
          ))}
        </ul>
      )}
    </li>
  );
}

/* ---- filters ---- */

const kept = ["state", "flagged", "measure", "from", "to", "min_pages", "order", "cursor"];
const states: [value: string, words: string][] = [
  ["", "all"],
  ["disagree", "disagree"],
  ["conflict", "conflict"],
  ["apart", "apart"],
  ["agree", "agree"],
];
const measures = [
  "killed",
  "injured",
  "casualties",
  "missing",
  "deployed",
  "captured",
  "displaced",
  "evacuated",
  "cost",
  "distance",
  "duration",
];

function Filters({params}: {params: URLSearchParams}) {
  const set = (name: string) => (e: {currentTarget: HTMLInputElement | HTMLSelectElement}) =>
    setParams({[name]: e.currentTarget.value || null, cursor: null});
  const is = (name: string) => params.get(name) ?? "";
  return (
    <form class="fil" aria-label="Filter the stories" onSubmit={(e) => e.preventDefault()}>
      <label>
        Figures
        <select value={is("state")} onChange={set("state")}>
          {states.map(([v, w]) => (
            <option key={v} value={v}>
              {w}
            </option>
          ))}
        </select>
      </label>
      <label>
        Measure
        <input list="measures" value={is("measure")} onChange={set("measure")} placeholder="all" autocomplete="off" />
      </label>
      <datalist id="measures">
        {measures.map((m) => (
          <option key={m} value={m} />
        ))}
      </datalist>
      <label>
        From
        <input type="date" value={is("from")} onChange={set("from")} />
      </label>
      <label>
        To
        <input type="date" value={is("to")} onChange={set("to")} />
      </label>
      <label>
        Pages
        <select value={is("min_pages")} onChange={set("min_pages")}>
          <option value="">any number</option>
          <option value="2">2 or more</option>
          <option value="5">5 or more</option>
          <option value="10">10 or more</option>
        </select>
      </label>
      <label class="ck">
        <input
          type="checkbox"
          checked={is("flagged") === "true"}
          onChange={(e) => setParams({flagged: e.currentTarget.checked ? "true" : null, cursor: null})}
        />{" "}
        something does not fit
      </label>
    </form>
  );
}

function queryOf(params: URLSearchParams): string {
  const query = new URLSearchParams();
  for (const name of kept) if (params.get(name)) query.set(name, params.get(name)!);
  return query.toString();
}

function Empty({filtered}: {filtered: boolean}) {
  return filtered ? (
    <p>
      No story is like that. <Link href="/">All stories</Link>
    </p>
  ) : (
    <p>
      The store is empty: add pages first (<code>dossier add FOLDER</code>).
    </p>
  );
}

export function StoriesPage() {
  const {params} = usePlace(),
    query = queryOf(params),
    {data, error, again} = useFetched<StoryList>(api.stories(query));
  const show = () => (forget(), again());
  return (
    <Frame title="Stories" current="Stories">
      <h1>Stories</h1>
      <p class="soft lead">Newest first. What their pages claim, and where their figures disagree.</p>
      <SearchForm q="" />
      <Filters params={params} />
      <Live show={show} />
      {error && <Trouble text={error} />}
      {!data && !error && <Waiting />}
      {data &&
        (data.stories.length === 0 ? (
          <Empty filtered={query !== ""} />
        ) : (
          <ul class="cards">
            {data.stories.map((c) => (
              <Card key={c.story} c={c} />
            ))}
          </ul>
        ))}
      <p class="pager">
        {params.get("cursor") && <Link href={withParams({cursor: null})}>Newest stories</Link>}
        {data?.next && <Link href={withParams({cursor: data.next})}>Earlier stories</Link>}
      </p>
    </Frame>
  );
}
