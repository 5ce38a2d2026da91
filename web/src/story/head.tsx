// SPDX-License-Identifier: Apache-2.0
// head.tsx - the title, the state of the story in one line, the key points, and what they rest on.
import type {Cite, KeyPoint, Source, Story} from "../api-types";
import {type Dossier, isNamed} from "../dossier";
import {Cites} from "../parts/cite";
import {daysText, oneDay} from "../words/days";
import {counted, grouped} from "../words/numbers";

interface Counts {
  disagreements: number;
  arithmetic: number;
  drifts: number;
  bothWays: number;
}

export function countsOf(s: Story): Counts {
  const flags = s.flags ?? [],
    drifts = flags.filter((f) => f.kind === "drift").length;
  return {
    disagreements: s.conflicts + s.apart,
    arithmetic: flags.length - drifts,
    drifts,
    bothWays: (s.disputes ?? []).filter((x) => x.verdict === "conflicts").length,
  };
}

function Flagged({n, one, many, to}: {n: number; one: string; many: string; to: string}) {
  return n ? (
    <>
      ,{" "}
      <a class="flag" href={to}>
        {counted(n, one, many)}
      </a>
    </>
  ) : null;
}

export function StateLine({s}: {s: Story}) {
  const c = countsOf(s),
    word = c.disagreements === 1 ? "disagreement" : "disagreements";
  return (
    <p class="state">
      <b>{grouped(s.pages)}</b> {s.pages === 1 ? "page" : "pages"},{" "}
      {s.publishers ? (
        <>
          <b>{grouped(s.publishers)}</b> {s.publishers === 1 ? "publisher" : "publishers"}
        </>
      ) : (
        "no publisher named"
      )}
      , <b>{grouped(s.origins)}</b> {s.origins === 1 ? "origin" : "origins"},{" "}
      {c.disagreements ? (
        <>
          <b>{grouped(c.disagreements)}</b> <a href="#figures">{word}</a>
        </>
      ) : (
        "no disagreement"
      )}
      <Flagged n={c.arithmetic} one="arithmetic flag" many="arithmetic flags" to="#flags" />
      <Flagged n={c.drifts} one="drift" many="drifts" to="#flags" />
      <Flagged n={c.bothWays} one="event told both ways" many="events told both ways" to="#flags" />
    </p>
  );
}

/* What a digest of the story says of it as a whole; answers of older programs have none of it. */
type Digest = Story & {standfirst?: {text: string; cites: Cite[]} | null; section?: string | null; keywords?: string[]};

export function Standfirst({s}: {s: Digest}) {
  const about = [...new Set([s.section, ...(s.keywords ?? [])])].filter(Boolean).join(" · ");
  return (
    <>
      {s.standfirst && (
        <p class="standfirst">
          {s.standfirst.text} <Cites cites={s.standfirst.cites} />
        </p>
      )}
      {about && <p class="about soft">{about}</p>}
    </>
  );
}

export function KeyPoints({points}: {points: KeyPoint[]}) {
  return points.length === 0 ? null : (
    <section aria-labelledby="points">
      <h2 id="points">Key points</h2>
      <ol class="kp">
        {points.map((k) => (
          <li key={k.text} class={k.flagged ? "flag" : undefined}>
            {k.flagged && <span class="sr">Does not fit: </span>}
            {k.text} <Cites cites={k.cites} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function datedText(sources: Source[]): [number, string] {
  const days = sources
    .map((s) => s.published)
    .filter((x): x is string => x !== null)
    .sort();
  if (days.length === 0) return [0, "pages with a date"];
  const one = days.length === 1 && sources.find((s) => s.published === days[0]);
  const span = daysText([days[0], days[days.length - 1]]);
  return [days.length, one ? `page with a date: ${one.page}, ${oneDay(days[0])}` : `pages with a date: ${span}`];
}

function originsText(d: Dossier): string {
  const kinds = new Map<string, string>();
  for (const c of d.claims.values()) {
    const kind = isNamed(c) ? "named" : c.said_by.length ? "unnamed" : "own";
    if (c.origin && kinds.get(c.origin) !== "named") kinds.set(c.origin, kind);
  }
  const n = (kind: string) => [...kinds.values()].filter((k) => k === kind).length;
  return `origins: ${n("named")} named, ${n("unnamed")} unnamed, ${counted(n("own"), "page in its own voice", "pages in their own voice")}`;
}

export function RestsOn({d}: {d: Dossier}) {
  const sources = d.story.sources ?? [],
    claims = [...d.claims.values()],
    [dated, datedWords] = datedText(sources);
  const unnamed = sources.filter((s) => !s.publisher).length,
    first = claims[0];
  const rows: [number, string][] = [
    [d.story.figures, "figures, each from one sentence"],
    [claims.filter(isNamed).length, "of them with a named holder"],
    [d.story.origins, originsText(d)],
    [dated, datedWords],
    [unnamed, unnamed === 1 ? "page that names no publisher" : "pages that name no publisher"],
    [d.story.copies?.length ?? 0, "sentences that stand in an earlier page too"],
  ];
  return (
    <aside class="side" aria-labelledby="rests">
      <h2 id="rests">What this rests on</h2>
      <dl>
        {rows.map(([n, words]) => (
          <div key={words}>
            <dt>{grouped(n)}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <p>
        {d.story.title_from && `Title as in ${d.story.title_from}. `}
        {first && "B9 is sentence 9 of page B; it opens the sentence."}
      </p>
    </aside>
  );
}
