// SPDX-License-Identifier: Apache-2.0
// sources.tsx - the pages, and what each was the first to tell.
import type {Source} from "../api-types";
import type {Dossier} from "../dossier";
import {Cites} from "../parts/cite";
import {Link, paths} from "../route";
import {oneDay} from "../words/days";
import {counted} from "../words/numbers";

const addsShown = 4;

export function pageTitle(s: Source): string {
  if (s.title) return s.title;
  const cut = s.opening && !/[.!?…]$/.test(s.opening);
  return `“${s.opening ?? ""}${cut ? "\u00a0…" : ""}”`;
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

/* What the page was the first to tell, as the program reckons it. */
function Adds({s}: {s: Source}) {
  const more = s.first.length - addsShown;
  return s.first.length === 0 ? null : (
    <p>
      Adds{" "}
      {s.first.slice(0, addsShown).map((f, i) => (
        <span key={f.text}>
          {i ? "; " : ""}
          {f.text} <Cites cites={f.cites} />
        </span>
      ))}
      {more > 0 && `; and ${more} more`}
    </p>
  );
}

const capital = (s: string) => s.charAt(0).toUpperCase() + s.slice(1);

function SourceItem({d, s}: {d: Dossier; s: Source}) {
  return (
    <li id={`page-${s.page}`}>
      <b class="l">{s.page}</b>
      <h3>
        <Link href={paths.article(d.story.story, s.page)}>{pageTitle(s)}</Link>
      </h3>
      <p>{capital(publisherText(s))}</p>
      <p class="soft">{capital(contents(s))}</p>
      <Adds s={s} />
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
