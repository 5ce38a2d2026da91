// SPDX-License-Identifier: Apache-2.0
// sources.tsx - the pages, and what each adds that no other page gives.
import type {Answer, Claim, Question, Source} from "../api-types";
import {type Dossier, inFull, letterOf} from "../dossier";
import {Link, paths} from "../route";
import {oneDay} from "../words/days";
import {counted, prose, withMeasure} from "../words/numbers";

const addsShown = 4;

export function pageTitle(s: Source): string {
  if (s.title) return s.title;
  const cut = s.opening && !/[.!?…]$/.test(s.opening);
  return `“${s.opening ?? ""}${cut ? " …" : ""}”`;
}

/** "Osterby Journal, republished from Open Lectern (Creative Commons); credits Orpress" */
function publisherText(s: Source): string {
  const other = s.original_publisher && s.original_publisher !== s.publisher;
  const from = other ? `${s.publisher ? ", republished from " : "; text from "}${s.original_publisher}` : "";
  const credits = s.credited.length ? `; credits ${s.credited.join(", ")}` : "";
  return `${s.title ? "" : "no title; "}${s.publisher ?? "publisher not named"}${from}${s.licence ? ` (${s.licence})` : ""}${credits}`;
}

function dateText(s: Source): string {
  if (s.published) return oneDay(s.published);
  const [lo, hi] = s.published_window ?? [null, null];
  const after = lo ? `, not before ${oneDay(lo)}` : "";
  return `undated${after}${hi ? `${lo ? " nor" : ", not"} after ${oneDay(hi)}` : ""}`;
}

function contents(s: Source): string {
  const by = s.authors.length ? ` by ${s.authors.join(", ")}` : "",
    of = s.affiliation ? `, ${s.affiliation}` : "";
  const figures = s.figures ? counted(s.figures, "figure") : "no figures",
    flags = s.flags ? `, ${counted(s.flags, "flag")}` : "";
  return `${s.kind}${by}${of}; ${dateText(s)}; ${figures}${flags}`;
}

function onlyFrom(d: Dossier, a: Answer, page: string): Claim | null {
  const claims = a.claims.map((id) => d.claims.get(id)).filter((c): c is Claim => c !== undefined);
  return claims.length && claims.every((c) => letterOf(d, c) === page) ? claims[0] : null;
}

function addsOf(d: Dossier, page: string): string {
  const of = (q: Question) =>
    q.answers.flatMap((a) => {
      const c = onlyFrom(d, a, page);
      return c ? [withMeasure(prose(a, q.unit, c.per), q.unit, c.measure)] : [];
    });
  const all = (d.story.questions ?? []).filter(inFull).flatMap(of),
    more = all.length - addsShown;
  return all.length ? `adds ${all.slice(0, addsShown).join("; ")}${more > 0 ? `; and ${more} more` : ""}` : "";
}

const capital = (s: string) => s.charAt(0).toUpperCase() + s.slice(1);

function SourceItem({d, s}: {d: Dossier; s: Source}) {
  const adds = addsOf(d, s.page);
  return (
    <li id={`page-${s.page}`}>
      <b class="l">{s.page}</b>
      <h3>
        <Link href={paths.article(d.story.story, s.page)}>{pageTitle(s)}</Link>
      </h3>
      <p>{capital(publisherText(s))}</p>
      <p class="soft">{capital(contents(s))}</p>
      {adds && <p>{capital(adds)}</p>}
    </li>
  );
}

export function Sources({d}: {d: Dossier}) {
  const all = d.story.sources ?? [];
  return all.length === 0 ? null : (
    <section aria-labelledby="sources">
      <h2 id="sources">Sources</h2>
      <ul class="src">
        {all.map((s) => (
          <SourceItem key={s.page} d={d} s={s} />
        ))}
      </ul>
    </section>
  );
}
