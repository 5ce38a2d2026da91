// SPDX-License-Identifier: Apache-2.0
// sentence.tsx - the sentence behind a figure, with the one before it; Escape closes it and focus goes back.
import {useEffect, useRef} from "preact/hooks";
import type {ArticleView, Cite, Claim, Sentence} from "../api-types";
import {api, useFetched} from "../data";
import {type Dossier, label, letterOf} from "../dossier";
import {Link, paths, setParams, usePlace} from "../route";
import {oneDay} from "../words/days";
import {Marked} from "./marked";

let opener: HTMLElement | null = null;

/* The citation that stands for it: of what was pressed, else the first on the page. */
function citation(of: string, within: Element | null): HTMLElement | null {
  const find = (root: ParentNode) => [...root.querySelectorAll<HTMLElement>("button.c")].find((b) => b.textContent === of) ?? null;
  return (within && find(within)) ?? find(document);
}

/** `from` is the citation, or a drawing; the drawing's row has the citation. */
export function openSentence(cite: Cite, from: Element): void {
  opener = from instanceof HTMLElement ? from : citation(label(cite), from.closest(".q"));
  setParams({s: label(cite)});
}

function close(): void {
  const of = new URLSearchParams(location.search).get("s") ?? "";
  setParams({s: null});
  (opener?.isConnected ? opener : citation(of, null))?.focus({preventScroll: true});
  opener = null;
}

function citeFrom(text: string | null): Cite | null {
  const found = text?.match(/^([A-Z]+)(\d+)$/);
  return found ? {page: found[1], sentence: Number(found[2])} : null;
}

function head(d: Dossier, cite: Cite): string {
  const s = d.sources.get(cite.page);
  const what = [
    `Page ${cite.page}`,
    s?.publisher ?? "publisher not named",
    s?.kind === "news" ? "" : s?.kind,
    s?.published ? oneDay(s.published) : "undated",
  ];
  return what.filter(Boolean).join(", ");
}

const figuresIn = (d: Dossier, cite: Cite): Claim[] =>
  [...d.claims.values()].filter((c) => c.number === cite.sentence && letterOf(d, c) === cite.page);

function Words({view, cite, claims}: {view: ArticleView; cite: Cite; claims: Claim[]}) {
  const at = view.sentences.findIndex((s) => s.number === cite.sentence),
    said = view.sentences[at];
  if (!said)
    return (
      <p>
        Page {cite.page} has no sentence {cite.sentence}.
      </p>
    );
  const before: Sentence | undefined = at > 0 && view.sentences[at - 1].part === said.part ? view.sentences[at - 1] : undefined;
  return (
    <blockquote lang={view.article.language ?? undefined}>
      {before && <span class="pre">{before.text} </span>}
      <Marked text={said.text} from={said.span[0]} spans={claims.map((c) => c.figure)} />
    </blockquote>
  );
}

const partWords: Record<string, string> = {title: "title", standfirst: "standfirst", key_point: "key point", caption: "caption", body: ""};

function Opened({d, cite}: {d: Dossier; cite: Cite}) {
  const box = useRef<HTMLDivElement>(null),
    id = d.story.story;
  const {data, error} = useFetched<ArticleView>(api.article(id, cite.page));
  useEffect(() => box.current?.focus(), [cite.page, cite.sentence]);
  useEffect(() => {
    const key = (e: KeyboardEvent) => e.key === "Escape" && close();
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  }, []);
  const part = partWords[data?.sentences.find((s) => s.number === cite.sentence)?.part ?? "body"];
  return (
    <div class="pop" role="dialog" aria-label={`Sentence ${label(cite)}`} tabIndex={-1} ref={box}>
      <div class="ph">
        <p>
          <b>{label(cite)}</b> {head(d, cite)}
        </p>
        <button type="button" class="x" onClick={close}>
          Close
        </button>
      </div>
      {error && <p role="alert">{error}</p>}
      {data ? <Words view={data} cite={cite} claims={figuresIn(d, cite)} /> : !error && <p class="soft">…</p>}
      <p class="pf">
        <Link href={paths.article(id, cite.page, cite.sentence)}>Read in page {cite.page}</Link>
        {cite.sentence ? `, sentence ${cite.sentence}` : ""}
        {part && `, ${part}`}
      </p>
    </div>
  );
}

export function OpenedSentence({d}: {d: Dossier}) {
  const cite = citeFrom(usePlace().params.get("s"));
  return cite && d.sources.has(cite.page) ? <Opened d={d} cite={cite} /> : null;
}
