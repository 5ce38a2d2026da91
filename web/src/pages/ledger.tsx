// SPDX-License-Identifier: Apache-2.0
// ledger.tsx - every claim of a story as a table: sorted, filtered, linkable; its CSV is what is shown.
import {useMemo} from "preact/hooks";
import type {Story} from "../api-types";
import {api, forget, useFetched} from "../data";
import {dossierOf} from "../dossier";
import {type Entry, entriesOf, filtered, type Filter, filterFrom, sorted, type SortKey, sortKeys} from "../ledger/entries";
import {csvOf, jsonLinesOf} from "../ledger/exports";
import {CiteButton} from "../parts/cite";
import {Frame, Trouble, Waiting} from "../parts/frame";
import {Live} from "../parts/live";
import {OpenedSentence} from "../parts/sentence";
import {Link, paths, setParams, usePlace} from "../route";
import {counted, grouped} from "../words/numbers";

const parts = "flags,sources,holders,claims,timeline";
const heads: Record<SortKey, string> = {
  said: "said",
  value: "value",
  measure: "measure",
  subject: "subject",
  base: "base or per",
  when: "when",
  holder: "holder",
  certainty: "certainty",
  flag: "flag",
};

/* ---- filters ---- */

function countsOf(all: Entry[], of: (e: Entry) => string): [string, number][] {
  const counts = new Map<string, number>();
  for (const e of all) counts.set(of(e), (counts.get(of(e)) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}

function Choice({
  name,
  label,
  value,
  options,
  all,
}: {
  name: string;
  label: string;
  value: string;
  options: [string, number][];
  all: string;
}) {
  const known = value === "" || options.some(([v]) => v === value);
  return (
    <label>
      {label}
      <select value={value} onChange={(e) => setParams({[name]: e.currentTarget.value || null})}>
        <option value="">{all}</option>
        {!known && <option value={value}>{value} 0</option>}
        {options.map(([v, n]) => (
          <option key={v} value={v}>
            {v} {n}
          </option>
        ))}
      </select>
    </label>
  );
}

function Filters({all, f}: {all: Entry[]; f: Filter}) {
  const flagged = all.filter((e) => e.flag).length,
    named = all.filter((e) => e.named).length;
  const holders: [string, number][] = [["named", named], ["not named", all.length - named], ...countsOf(all, (e) => e.holder)];
  const pages = countsOf(all, (e) => e.cite.page).sort((a, b) => a[0].length - b[0].length || a[0].localeCompare(b[0]));
  return (
    <form class="fil" role="search" aria-label="Filter the ledger" onSubmit={(e) => e.preventDefault()}>
      <Choice name="measure" label="Measure" value={f.measure} options={countsOf(all, (e) => e.claim.measure ?? "")} all="all" />
      <Choice name="holder" label="Holder" value={f.holder} options={holders} all="all" />
      <Choice name="certainty" label="Certainty" value={f.certainty} options={countsOf(all, (e) => e.claim.certainty)} all="all" />
      <Choice name="page" label="Page" value={f.page} options={pages} all="all" />
      <label class="ck">
        <input type="checkbox" checked={f.flagged} onChange={(e) => setParams({flagged: e.currentTarget.checked ? "true" : null})} />{" "}
        flagged {flagged}
      </label>
      <label class="grow">
        Words
        <input
          type="search"
          value={f.words}
          placeholder="soldiers, a place, $2,000"
          autocomplete="off"
          onInput={(e) => setParams({words: e.currentTarget.value || null})}
        />
      </label>
    </form>
  );
}

/* ---- the table ---- */

function Head({name, f}: {name: SortKey; f: Filter}) {
  const on = f.sort === name,
    next = on && !f.down ? `${name}-down` : name;
  return (
    <th scope="col" class={name === "value" ? "r" : undefined} aria-sort={on ? (f.down ? "descending" : "ascending") : undefined}>
      <button type="button" class="sort" onClick={() => setParams({sort: next === "said" ? null : next})}>
        {heads[name]}
        <span aria-hidden="true">{on ? (f.down ? " ▼" : " ▲") : ""}</span>
      </button>
    </th>
  );
}

function Line({e, story}: {e: Entry; story: number}) {
  return (
    <tr>
      <td class="ci">
        <CiteButton cite={e.cite} />
      </td>
      <td class="va r">{e.value}</td>
      <td class="me">{e.claim.measure}</td>
      <td class="su">{e.claim.subject}</td>
      <td class="ba soft">{e.base}</td>
      <td class="wh">{e.when}</td>
      <td class="ho">
        <span aria-hidden="true">{e.named ? "●" : "○"} </span>
        <span class="sr">{e.named ? "named: " : "not named: "}</span>
        {e.holder}
      </td>
      <td class="ce soft">{e.claim.certainty}</td>
      <td class="flg">
        {e.flag && (
          <>
            <span class="bang" aria-hidden="true">
              !
            </span>
            <Link href={`${paths.story(story)}#flags`}>{e.flag}</Link>
          </>
        )}
      </td>
    </tr>
  );
}

function Table({shown, f, story}: {shown: Entry[]; f: Filter; story: number}) {
  return (
    <table class="led">
      <caption class="sr">Claims of the story</caption>
      <thead>
        <tr>
          {sortKeys.map((k) => (
            <Head key={k} name={k} f={f} />
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.map((e) => (
          <Line key={e.claim.id} e={e} story={story} />
        ))}
      </tbody>
    </table>
  );
}

/* On a narrow screen the table has no head to press. */
function Sort({f}: {f: Filter}) {
  const value = f.sort + (f.down ? "-down" : "");
  return (
    <label class="narrow">
      Order
      <select value={value} onChange={(e) => setParams({sort: e.currentTarget.value === "said" ? null : e.currentTarget.value})}>
        {sortKeys.flatMap((k) => [
          <option key={k} value={k}>
            {heads[k]}
          </option>,
          <option key={`${k}-down`} value={`${k}-down`}>
            {heads[k]}, last first
          </option>,
        ])}
      </select>
    </label>
  );
}

/* ---- what can be taken away ---- */

function save(name: string, type: string, text: string): void {
  const a = document.createElement("a"),
    url = URL.createObjectURL(new Blob([text], {type}));
  Object.assign(a, {href: url, download: name});
  a.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function Exports({shown, story}: {shown: Entry[]; story: number}) {
  const claims = shown.map((e) => e.claim);
  return (
    <p class="act">
      <button type="button" class="link" onClick={() => save(`story-${story}.csv`, "text/csv;charset=utf-8", csvOf(shown))}>
        CSV of {shown.length === 1 ? "this row" : `these ${grouped(shown.length)} rows`}
      </button>
      <button type="button" class="link" onClick={() => save(`story-${story}.jsonl`, "application/x-ndjson", jsonLinesOf(claims))}>
        JSON lines
      </button>
      <a href={location.pathname + location.search}>Link to this view</a>
    </p>
  );
}

export function LedgerPage({id}: {id: number}) {
  const {params} = usePlace(),
    {data, error, again} = useFetched<Story>(api.story(id, parts, null));
  const d = useMemo(() => (data ? dossierOf(data) : null), [data]),
    all = useMemo(() => (d ? entriesOf(d) : []), [d]);
  const f = filterFrom(params),
    shown = sorted(filtered(all, f), f);
  return (
    <Frame title={`Ledger: ${data?.title ?? `story ${id}`}`} story={id} current="Ledger">
      <h1>Ledger</h1>
      {error && <Trouble text={error} />}
      {!d && !error && <Waiting />}
      {d && (
        <>
          <p class="state" role="status">
            {shown.length === all.length ? (
              <>
                <b>{grouped(all.length)}</b> {all.length === 1 ? "figure" : "figures"}
              </>
            ) : (
              <>
                <b>{grouped(shown.length)}</b> of {counted(all.length, "figure")}
              </>
            )}{" "}
            on <Link href={paths.story(id)}>{d.story.title ?? "(no title)"}</Link>
          </p>
          <Live story={id} show={() => (forget(`/api/v1/stories/${id}`), again())} />
          <Filters all={all} f={f} />
          <Sort f={f} />
          <Exports shown={shown} story={id} />
          {shown.length ? (
            <Table shown={shown} f={f} story={id} />
          ) : (
            <p>
              No figure is like that. <Link href={paths.ledger(id)}>All figures</Link>
            </p>
          )}
          <footer>
            <p>
              ~ about, ≤ up to, ≥ at least, &gt; more than, &lt; fewer than, + adds to an earlier figure. ● holder named, ○ not named.
              {d.lastYear > 0 && ` Years are left out for ${d.lastYear}.`}
            </p>
          </footer>
          <OpenedSentence d={d} />
        </>
      )}
    </Frame>
  );
}
