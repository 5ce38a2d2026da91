// SPDX-License-Identifier: Apache-2.0
// marked.tsx - text with stretches of it marked. Spans count bytes of UTF-8, as everything the program prints.
import type {ComponentChildren} from "preact";
import type {Span} from "../api-types";

const encoder = new TextEncoder(), decoder = new TextDecoder();

/** Sorted, without what lies outside or overlaps one before. */
function tidy(spans: Span[], length: number): Span[] {
  const sorted = spans.filter(([a, b]) => a >= 0 && b <= length && a < b).sort((x, y) => x[0] - y[0] || y[1] - x[1]);
  return sorted.filter((s, i) => i === 0 || s[0] >= Math.max(...sorted.slice(0, i).map((t) => t[1])));
}

/** A mark takes no blank at its end. */
const trimmed = (words: string): [string, string] => [words.trimEnd(), words.slice(words.trimEnd().length)];

export function Marked({text, from, spans}: {text: string; from: number; spans: Span[]}) {
  const bytes = encoder.encode(text), cut = (a: number, b: number) => decoder.decode(bytes.slice(a, b));
  const out: ComponentChildren[] = [];
  let at = 0;
  for (const [a, b] of tidy(spans.map(([x, y]): Span => [x - from, y - from]), bytes.length)) {
    const [words, blank] = trimmed(cut(a, b));
    out.push(cut(at, a), <mark>{words}</mark>, blank);
    at = b;
  }
  return <>{out}{cut(at, bytes.length)}</>;
}
