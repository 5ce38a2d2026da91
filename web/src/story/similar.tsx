// SPDX-License-Identifier: Apache-2.0
// similar.tsx - news like it that is not in the story, and what was left out of it.
import type {SimilarItem, SimilarList, Source} from "../api-types";
import {api, useFetched} from "../data";
import type {Dossier} from "../dossier";
import {Link, Outside, paths} from "../route";
import {oneDay} from "../words/days";
import {counted} from "../words/numbers";

function Item({s}: {s: SimilarItem}) {
  const title = s.title ?? "(no title)",
    more = [s.blurb, s.source, s.published && oneDay(s.published)].filter(Boolean).join(" · ");
  return (
    <li>
      {s.story !== null ? <Link href={paths.story(s.story)}>{title}</Link> : <Outside href={s.url}>{title}</Outside>}
      {more && <span class="soft"> {more}</span>}
    </li>
  );
}

export function Similar({id}: {id: number}) {
  const {data} = useFetched<SimilarList>(api.similar(id)),
    all = data?.similar ?? [];
  const here = all.filter((s) => s.story !== null),
    pages = [...new Set(all.filter((s) => s.story === null).map((s) => s.page))];
  return all.length === 0 ? null : (
    <section aria-labelledby="similar">
      <h2 id="similar">Similar news</h2>
      {here.length > 0 && (
        <ul class="list">
          {here.map((s) => (
            <Item key={s.story} s={s} />
          ))}
        </ul>
      )}
      {pages.map((page) => (
        <div key={page}>
          <p class="soft">Listed by page {page}, not in the store:</p>
          <ul class="list">
            {all
              .filter((s) => s.story === null && s.page === page)
              .map((s) => (
                <Item key={s.title} s={{...s, source: null}} />
              ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function leftOut(sources: Source[]): string {
  const words = sources
    .flatMap((s) => [
      s.comments_left_out ? `readers’ comments on ${s.page} (${counted(s.comments_left_out, "paragraph")})` : "",
      s.teasers_left_out ? `${counted(s.teasers_left_out, "teaser")} on ${s.page}` : "",
    ])
    .filter(Boolean);
  return words.length ? `Left out: ${words.join(", ")}.` : "";
}

export function Foot({d}: {d: Dossier}) {
  const id = d.story.story;
  return (
    <footer>
      <p>{leftOut(d.story.sources ?? [])}</p>
      <p>
        <a href={`/feeds/stories/${id}.atom`}>Feed of this story</a>, <a href={`/api/v1/stories/${id}`}>as data</a>. In a terminal:{" "}
        <code>dossier show {id}</code>
      </p>
    </footer>
  );
}
