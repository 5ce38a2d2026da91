// SPDX-License-Identifier: Apache-2.0
// search.tsx - articles by words, phrases, fields and days; the address holds the query.
import type {SearchHit, SearchResult} from "../api-types";
import {api, useFetched} from "../data";
import {Frame, Trouble, Waiting} from "../parts/frame";
import {SearchForm} from "../parts/search-form";
import {Link, paths, usePlace, withParams} from "../route";
import {oneDay} from "../words/days";
import {counted, grouped} from "../words/numbers";

function Hit({h}: {h: SearchHit}) {
  const title = h.title ?? "(no title)",
    by = [h.publisher ?? "publisher not named", h.authors.join(", "), h.published ? oneDay(h.published) : "undated"];
  return (
    <li>
      <h2>{h.story !== null && h.page ? <Link href={paths.article(h.story, h.page)}>{title}</Link> : title}</h2>
      <p class="soft">
        {by.filter(Boolean).join("; ")}
        {h.story !== null && (
          <>
            ; page {h.page} of <Link href={paths.story(h.story)}>story {h.story}</Link>
          </>
        )}
      </p>
      <p class="serif">… {h.snippet.map((s, i) => (s.hit ? <mark key={i}>{s.text}</mark> : <span key={i}>{s.text}</span>))} …</p>
    </li>
  );
}

const fields: [example: string, words: string][] = [
  ["dam collapse", "both words, in whatever form"],
  ['"wall of water"', "the phrase"],
  ["dam OR dike", "either"],
  ["dam -drill", "without the word"],
  ["source:courier", "by publisher"],
  ['author:"anna holm"', "by author"],
  ["place:mirefold", "with a figure told of the place"],
  ["measure:killed", "with a figure of the measure"],
  ["from:2024-10-13 to:2024-10-20", "published then"],
];

function Help() {
  return (
    <section aria-labelledby="help">
      <h2 id="help">What can be asked</h2>
      <dl class="help">
        {fields.map(([example, words]) => (
          <div key={example}>
            <dt>
              <Link href={`/search?q=${encodeURIComponent(example)}`}>
                <code>{example}</code>
              </Link>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Order({order}: {order: string}) {
  return (
    <span class="seg" role="group" aria-label="Order">
      <Link href={withParams({order: null, cursor: null})} aria-current={order === "rank" ? "true" : undefined}>
        Best first
      </Link>
      <Link href={withParams({order: "newest", cursor: null})} aria-current={order === "newest" ? "true" : undefined}>
        Newest first
      </Link>
    </span>
  );
}

function Results({r}: {r: SearchResult}) {
  if (r.hits.length === 0)
    return (
      <>
        <p role="status">Nothing found in {counted(r.articles, "article")}.</p>
        <Help />
      </>
    );
  return (
    <>
      <div class="controls">
        <Order order={r.order} />
        {r.window !== null && <span class="soft">Only the newest {grouped(r.window)} articles with these words are ranked.</span>}
      </div>
      <ul class="hits">
        {r.hits.map((h) => (
          <Hit key={h.doc} h={h} />
        ))}
      </ul>
      <p class="pager">{r.next && <Link href={withParams({cursor: r.next})}>More</Link>}</p>
    </>
  );
}

export function SearchPage() {
  const {params} = usePlace(),
    q = params.get("q") ?? "",
    query = new URLSearchParams({q, limit: "20"});
  for (const name of ["order", "cursor"]) if (params.get(name)) query.set(name, params.get(name)!);
  const {data, error} = useFetched<SearchResult>(q ? api.search(query.toString()) : null);
  return (
    <Frame title={q ? `${q}: search` : "Search"} current="Search">
      <h1>Search</h1>
      <SearchForm q={q} />
      {!q ? <Help /> : error ? <Trouble text={error} /> : data ? <Results r={data} /> : <Waiting />}
    </Frame>
  );
}
