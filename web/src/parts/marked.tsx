// SPDX-License-Identifier: Apache-2.0
// marked.tsx - text with stretches of it marked. Spans count bytes of UTF-8, as everything the program prints.
import type {ComponentChildren} from "preact";
import type {Span} from "../api-types";

export type MarkKind = "figure" | "holder" | "hedge";

export interface Stretch {
  span: Span;
  kind: MarkKind;
}

const encoder = new TextEncoder(),
  decoder = new TextDecoder();
const ranks: Record<MarkKind, number> = {figure: 0, holder: 1, hedge: 2};

const meet = (a: Span, b: Span) => a[0] < b[1] && b[0] < a[1];

/** In the order of the text, without what lies outside; where two meet a figure stays, then a holder, then the longer one. */
function tidy(all: Stretch[], length: number): Stretch[] {
  const inside = all.filter(({span: [a, b]}) => a >= 0 && b <= length && a < b);
  const first = inside.sort((x, y) => ranks[x.kind] - ranks[y.kind] || x.span[0] - y.span[0] || y.span[1] - x.span[1]);
  const kept: Stretch[] = [];
  for (const s of first) if (!kept.some((k) => meet(k.span, s.span))) kept.push(s);
  return kept.sort((x, y) => x.span[0] - y.span[0]);
}

/** A mark takes no blank at its end. */
const trimmed = (words: string): [string, string] => [words.trimEnd(), words.slice(words.trimEnd().length)];

const element = (kind: MarkKind, words: string) => (kind === "figure" ? <mark>{words}</mark> : <span class={kind}>{words}</span>);

export function Marked({text, from, spans = [], more = []}: {text: string; from: number; spans?: Span[]; more?: Stretch[]}) {
  const bytes = encoder.encode(text),
    cut = (a: number, b: number) => decoder.decode(bytes.slice(a, b));
  const all = [...spans.map((span): Stretch => ({span, kind: "figure"})), ...more];
  const out: ComponentChildren[] = [];
  let at = 0;
  for (const {
    span: [a, b],
    kind,
  } of tidy(
    all.map(({span: [x, y], kind}) => ({span: [x - from, y - from], kind})),
    bytes.length,
  )) {
    const [words, blank] = trimmed(cut(a, b));
    out.push(cut(at, a), element(kind, words), blank);
    at = b;
  }
  return (
    <>
      {out}
      {cut(at, bytes.length)}
    </>
  );
}
