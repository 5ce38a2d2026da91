// SPDX-License-Identifier: Apache-2.0
// article.tsx - the text of a page, sentence by sentence: its claims, who holds them, how surely, and what stands elsewhere too.
import {useEffect} from "preact/hooks";
import type {Article, ArticleView, Claim, Copy, Sentence, Story} from "../api-types";
import {api, useFetched} from "../data";
import {citeOf, type Dossier, dossierOf, holderOf, isNamed, letterOf} from "../dossier";
import {CiteButton} from "../parts/cite";
import {Frame, Trouble, Waiting} from "../parts/frame";
import {Marked, type Stretch} from "../parts/marked";
import {OpenedSentence} from "../parts/sentence";
import {Link, Outside, paths, setParams, usePlace} from "../route";
import {daysText, oneDay} from "../words/days";
import {counted, prose} from "../words/numbers";

const parts = "questions,sources,holders,claims,timeline,copies";

interface Near {
  d: Dossier;
  story: number;
  page: string;
}

/* ---- what a sentence gives ---- */

function questionText(d: Dossier, c: Claim): string {
  return d.story.questions?.find((q) => q.id === c.question)?.text ?? c.measure ?? "";
}

function ClaimLine({near, c}: {near: Near; c: Claim}) {
  const {d, story} = near,
    when = daysText(c.when, d.lastYear);
  const said = c.said_by[0],
    cue = said?.cue ? ` (“${said.cue}”)` : "";
  return (
    <li>
      <b>{prose(c, c.unit, c.per)}</b> {c.measure}
      {c.subject && `, ${c.subject}`}
      {c.of && d.claims.get(c.of) && (
        <>
          , of <CiteButton cite={citeOf(d, d.claims.get(c.of)!)} />
        </>
      )}
      {when && `, ${when}`}
      {c.where && `, ${c.where}`}
      {". "}
      <span aria-hidden="true">{isNamed(c) ? "●" : "○"} </span>
      {holderOf(d, c)}
      {cue}, {c.certainty}. {c.question && <Link href={`${paths.story(story)}#${c.question}`}>{questionText(d, c)}</Link>}
    </li>
  );
}

function CopyLine({near, c}: {near: Near; c: Copy}) {
  const here = c.to === near.page,
    other = here ? {page: c.from, sentence: c.from_sentence} : {page: c.to, sentence: c.to_sentence};
  return (
    <li>
      {here ? "Repeats" : "Is repeated in"} <CiteButton cite={other} />, {c.words} words in a row.
    </li>
  );
}

function copiesOf(near: Near, n: number): Copy[] {
  return (near.d.story.copies ?? []).filter(
    (c) => (c.to === near.page && c.to_sentence === n) || (c.from === near.page && c.from_sentence === n),
  );
}

/* ---- the text ---- */

/** Who says what, and the words that make it less than sure. */
function voicesOf(a: Article): Map<number, Stretch[]> {
  const out = new Map<number, Stretch[]>(),
    add = (n: number, s: Stretch) => out.set(n, [...(out.get(n) ?? []), s]);
  for (const v of a.attributions ?? []) if (v.source) add(v.sentence, {span: v.source, kind: "holder"});
  for (const h of a.hedges ?? []) add(h.sentence, {span: h.span, kind: "hedge"});
  return out;
}

const partNames: Record<string, string> = {
  title: "Title",
  standfirst: "Standfirst",
  key_point: "Key points",
  body: "Text",
  caption: "Captions",
};

function SentenceLine({near, s, claims, voices}: {near: Near; s: Sentence; claims: Claim[]; voices: Stretch[]}) {
  const copies = copiesOf(near, s.number);
  return (
    <li id={`s${s.number}`} class={copies.length ? "copied" : undefined} value={s.number}>
      <span class="no" aria-hidden="true">
        {near.page}
        {s.number}
      </span>
      <div>
        <p class="serif">
          <Marked text={s.text} from={s.span[0]} spans={claims.map((c) => c.figure)} more={voices} />
        </p>
        {(claims.length > 0 || copies.length > 0) && (
          <ul class="gives" lang="en">
            {claims.map((c) => (
              <ClaimLine key={c.id} near={near} c={c} />
            ))}
            {copies.map((c) => (
              <CopyLine key={c.from + c.from_sentence + c.to + c.to_sentence} near={near} c={c} />
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}

function Text({near, view, only}: {near: Near; view: ArticleView; only: boolean}) {
  const claims = [...near.d.claims.values()].filter((c) => letterOf(near.d, c) === near.page);
  const of = (s: Sentence) => claims.filter((c) => c.number === s.number && c.span[0] === s.span[0]);
  const shown = view.sentences.filter((s) => !only || of(s).length || copiesOf(near, s.number).length);
  const voices = voicesOf(view.article),
    groups = [...new Set(shown.map((s) => s.part))];
  return (
    <>
      {groups.map((part) => (
        <section key={part} class="part">
          <h2>{partNames[part]}</h2>
          <ol class="sents" lang={view.article.language ?? undefined}>
            {shown
              .filter((s) => s.part === part)
              .map((s) => (
                <SentenceLine key={s.number} near={near} s={s} claims={of(s)} voices={voices.get(s.number) ?? []} />
              ))}
          </ol>
        </section>
      ))}
    </>
  );
}

/* ---- what is known of the page ---- */

/* "en" is English; a code that nobody knows stays as it is. */
function languageName(code: string): string {
  try {
    return new Intl.DisplayNames(["en"], {type: "language"}).of(code) ?? code;
  } catch {
    return code;
  }
}

function Facts({view}: {view: ArticleView}) {
  const a = view.article,
    days = a.published ? oneDay(a.published) : `undated${a.published_window ? `, ${daysText(a.published_window)}` : ""}`;
  const rows: [string, string | null][] = [
    ["Publisher", a.publisher ?? "not named"],
    ["Text from", a.original_publisher],
    ["By", a.authors.join(", ")],
    ["Of", a.affiliation],
    ["Published", days + (a.published_from ? ` (${a.published_from})` : "")],
    ["Changed", a.modified],
    ["Kind", a.kind],
    ["Section", a.section],
    ["Keywords", a.keywords.join(", ")],
    ["Credits", a.credited.join(", ")],
    ["Licence", a.licence],
    ["Language", a.language && languageName(a.language)],
    ["Added as", view.name],
    ["Fetched", view.fetched],
  ];
  const address = view.url ?? a.canonical;
  return (
    <dl class="facts">
      {rows
        .filter(([, v]) => v)
        .map(([k, v]) => (
          <div key={k}>
            <dt>{k}</dt>
            <dd>{v}</dd>
          </div>
        ))}
      {address && (
        <div>
          <dt>Address</dt>
          <dd>
            <Outside href={address}>{address}</Outside>
          </dd>
        </div>
      )}
      <div>
        <dt>SHA-256 of the stored page</dt>
        <dd>
          <code class="hash">{view.sha256}</code>
        </dd>
      </div>
    </dl>
  );
}

/* :target does not follow an address that a script wrote. */
function useSentenceInAddress(there: boolean): void {
  useEffect(() => {
    const to = there && /^#s\d+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
    if (!to) return;
    to.classList.add("here");
    to.scrollIntoView({block: "center"});
  }, [there]);
}

function Body({view, story, page}: {view: ArticleView; story: Story | null; page: string}) {
  const only = usePlace().params.get("only") === "figures",
    d = story && dossierOf(story);
  useSentenceInAddress(d !== null);
  const comments = view.article.comments.length,
    figures = d ? [...d.claims.values()].filter((c) => letterOf(d, c) === page).length : null;
  return (
    <>
      <p class="state">
        Page {page} of <Link href={paths.story(view.story ?? 0)}>{story?.title ?? `story ${view.story}`}</Link>,{" "}
        {counted(view.sentences.filter((s) => s.number > 0).length, "sentence")}
        {figures !== null && <>, {counted(figures, "figure")}</>}
      </p>
      <Facts view={view} />
      <p class="key">
        <span>
          <mark>figure</mark> what a claim is read from
        </span>
        <span>
          <span class="holder">words</span> who says it
        </span>
        <span>
          <span class="hedge">words</span> how surely
        </span>
        <span>● holder named</span>
        <span>○ not named</span>
        <span class="copiedkey">line at the side: stands in another page too</span>
      </p>
      <label class="ck">
        <input type="checkbox" checked={only} onChange={(e) => setParams({only: e.currentTarget.checked ? "figures" : null})} /> only
        sentences with figures or copies
      </label>
      {d ? <Text near={{d, story: view.story ?? 0, page}} view={view} only={only} /> : <Waiting />}
      {comments > 0 && <p class="soft">Left out: {counted(comments, "readers’ comment", "readers’ comments")}.</p>}
      {d && <OpenedSentence d={d} />}
    </>
  );
}

export function ArticlePage({name}: {name: string}) {
  const {data, error} = useFetched<ArticleView>(`/api/v1/articles/${name}`);
  const {data: story} = useFetched<Story>(data?.story ? api.story(data.story, parts, null) : null);
  const title = data ? (data.article.title ?? "(no title)") : name;
  return (
    <Frame title={title} story={data?.story ?? null} current="Article">
      {error && (
        <>
          <h1>{title}</h1>
          <Trouble text={error} />
        </>
      )}
      {!data && !error && <Waiting />}
      {data && (
        <article class="article">
          <h1 lang={data.article.language ?? undefined}>{title}</h1>
          <Body view={data} story={story} page={data.page ?? "?"} />
        </article>
      )}
    </Frame>
  );
}
