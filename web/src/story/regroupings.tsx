// SPDX-License-Identifier: Apache-2.0
// regroupings.tsx - which stories became this one, or left it, and why; as `dossier show` says it.
import type {Regrouping} from "../api-types";
import type {Dossier} from "../dossier";
import {Link, paths} from "../route";

/* A page of the story by its letter, another by its name. */
function PageName({d, doc}: {d: Dossier; doc: string}) {
  const page = d.letters.get(doc);
  return page ? <Link href={paths.article(d.story.story, page)}>{`page ${page}`}</Link> : <>{doc}</>;
}

function Merge({d, r}: {d: Dossier; r: Regrouping}) {
  return (
    <>
      Story {r.story} became part of this one
      {r.article && (
        <>
          : <PageName d={d} doc={r.article} /> is near both
        </>
      )}
      {r.near && (
        <>
          , and beside <PageName d={d} doc={r.near} />
        </>
      )}
      {r.why && ` (${r.why})`}
    </>
  );
}

function Split({d, r}: {d: Dossier; r: Regrouping}) {
  return (
    <>
      <Link href={paths.story(r.story)}>Story {r.story}</Link> was part of this one
      {r.article && (
        <>
          : nothing binds <PageName d={d} doc={r.article} /> to it since a page went
        </>
      )}
    </>
  );
}

export function Regroupings({d}: {d: Dossier}) {
  const all = d.story.regroupings ?? [];
  return all.length === 0 ? null : (
    <section aria-labelledby="regroupings">
      <h3 id="regroupings" class="sub">
        Stories that became one or two
      </h3>
      <ul class="notes">
        {all.map((r) => (
          <li key={`${r.kind} ${r.story} ${r.article}`}>{r.kind === "merge" ? <Merge d={d} r={r} /> : <Split d={d} r={r} />}.</li>
        ))}
      </ul>
    </section>
  );
}
