// SPDX-License-Identifier: Apache-2.0
// reasons.tsx - how the answers of a question compare, why some are one origin, why its figures are together and others are not.
import type {ComponentChildren} from "preact";
import type {Pair, Question, Tie, Verdict} from "../api-types";
import {citeOf, type Dossier} from "../dossier";
import {CiteButton} from "../parts/cite";
import {setParams, usePlace} from "../route";
import {counted, prose} from "../words/numbers";

const tiesShown = 8;

const answerText = (q: Question, i: number) => prose(q.answers[i], q.unit, q.per);

/* First what a reader would get wrong. */
const inOrder: Verdict[] = ["conflicts", "drift", "updates", "overlap", "refines", "same"];

function grouped(q: Question): [Verdict, Pair[]][] {
  return inOrder
    .map((verdict): [Verdict, Pair[]] => [verdict, q.verdicts.filter((v) => v.verdict === verdict)])
    .filter(([, pairs]) => pairs.length);
}

const words: Record<Verdict, [one: string, many: string]> = {
  conflicts: ["conflict", "conflicts"],
  drift: ["drift", "drifts"],
  updates: ["update", "updates"],
  overlap: ["overlap", "overlaps"],
  refines: ["refinement", "refinements"],
  same: ["same", "same"],
};
const countText = (verdict: Verdict, n: number) => counted(n, ...words[verdict]);

const verdictCounts = (q: Question) =>
  grouped(q)
    .map(([verdict, pairs]) => countText(verdict, pairs.length))
    .join(", ");

/* "31 and 46 exclude each other" names the pair itself; "their ranges overlap" does not. */
function PairLine({q, v}: {q: Question; v: Pair}) {
  const [a, b] = [answerText(q, v.a), answerText(q, v.b)];
  return v.why?.includes(a) && v.why.includes(b) ? (
    <li>{v.why}</li>
  ) : (
    <li>
      {a} and {b}
      {v.why && <span class="soft">: {v.why}</span>}
    </li>
  );
}

function Verdicts({q}: {q: Question}) {
  return (
    <>
      {grouped(q).map(([verdict, pairs]) => (
        <Part key={verdict} title={<span class={verdict === "conflicts" ? "flag" : undefined}>{countText(verdict, pairs.length)}</span>}>
          {pairs.map((v) => (
            <PairLine key={`${v.a} ${v.b}`} q={q} v={v} />
          ))}
        </Part>
      ))}
    </>
  );
}

function Part({title, children}: {title: ComponentChildren; children: ComponentChildren}) {
  return (
    <>
      <h4>{title}</h4>
      <ul>{children}</ul>
    </>
  );
}

/* "copy A4 B3": the sentences can be opened. */
function Why({why}: {why: string}) {
  const cite = (word: string) => word.match(/^([A-Z]+)(\d+)$/);
  return (
    <>
      {why.split(" ").flatMap((word, i) => {
        const found = cite(word);
        return [i ? " " : "", found ? <CiteButton cite={{page: found[1], sentence: Number(found[2])}} /> : word];
      })}
    </>
  );
}

function OneOrigin({q}: {q: Question}) {
  const joined = q.origins.filter((o) => o.why);
  return joined.length === 0 ? null : (
    <Part title="Taken for one origin">
      {joined.map((o) => (
        <li key={o.id}>
          {o.name ?? "own voice"}:{" "}
          <span class="soft">
            <Why why={o.why!} />
          </span>
        </li>
      ))}
    </Part>
  );
}

function TieLine({d, t}: {d: Dossier; t: Tie}) {
  const [a, b] = [d.claims.get(t.claim), d.claims.get(t.with)];
  if (!a || !b) return null;
  return (
    <li>
      <CiteButton cite={citeOf(d, a)} /> {prose(a, a.unit, a.per)} and <CiteButton cite={citeOf(d, b)} /> {prose(b, b.unit, b.per)}:{" "}
      <span class="soft">{t.why}</span>
    </li>
  );
}

function Ties({d, title, ties}: {d: Dossier; title: string; ties: Tie[]}) {
  return ties.length === 0 ? null : (
    <Part title={title}>
      {ties.slice(0, tiesShown).map((t) => (
        <TieLine key={t.claim + t.with} d={d} t={t} />
      ))}
      {ties.length > tiesShown && <li class="soft">and {counted(ties.length - tiesShown, "more pair")}</li>}
    </Part>
  );
}

export function Reasons({d, q}: {d: Dossier; q: Question}) {
  const open = usePlace().params.get("pairs") === q.id;
  const toggle = (e: Event) => {
    const now = (e.currentTarget as HTMLDetailsElement).open;
    if (now !== open) setParams({pairs: now ? q.id : null});
  };
  if (q.verdicts.length + q.joined.length === 0) return null;
  return (
    <details class="pairs" open={open} onToggle={toggle}>
      <summary>{q.verdicts.length ? `How the answers compare: ${verdictCounts(q)}` : "Why these figures are together"}</summary>
      {open && (
        <>
          {q.verdicts.length > 0 && <Verdicts q={q} />}
          <OneOrigin q={q} />
          <Ties d={d} title="One question, as" ties={q.joined} />
          <Ties d={d} title="Not this question" ties={q.apart} />
        </>
      )}
    </details>
  );
}
