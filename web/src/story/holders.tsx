// SPDX-License-Identifier: Apache-2.0
// holders.tsx - who stands behind the figures: origins down, pages across, figures in the cells; and who repeats whom.
import type {Claim, Copy, Naming, NotJoined, Overlap, Source} from "../api-types";
import {byPlace, type Dossier, holderOf, isNamed, letterOf} from "../dossier";
import {CiteButton} from "../parts/cite";
import {Link, paths} from "../route";
import {counted, grouped, number, prose, stated, withMeasure} from "../words/numbers";

const valuesShown = 5,
  columnsShown = 16, // pages that have room beside each other
  cellsShown = 8,
  notesShown = 4;

type Kind = "named" | "unnamed" | "own";

interface Holder {
  name: string;
  kind: Kind;
  origins: Set<string>;
  first: string; // page
  cells: Map<string, number>;
  claims: Claim[];
}

const kindOf = (c: Claim): Kind => (isNamed(c) ? "named" : c.said_by.length ? "unnamed" : "own");
const ranks: Record<Kind, number> = {named: 0, unnamed: 1, own: 2};

function holdersOf(d: Dossier): Holder[] {
  const byOrigin = new Map<string, Holder>(),
    claims = [...d.claims.values()];
  const add = (c: Claim, key: string) => {
    const page = letterOf(d, c),
      kind = kindOf(c);
    const h: Holder = byOrigin.get(key) ?? {
      name: kind === "own" ? "own voice" : holderOf(d, c),
      kind,
      origins: new Set(),
      first: page,
      cells: new Map(),
      claims: [],
    };
    if (h.kind === "unnamed" && kind === "named") Object.assign(h, {kind, name: holderOf(d, c)});
    h.origins.add(c.origin ?? page);
    h.cells.set(page, (h.cells.get(page) ?? 0) + 1);
    h.claims.push(c);
    byOrigin.set(key, h);
  };
  // Those with a holder first: a page may repeat one in its own voice, and that is no origin of its own.
  for (const c of claims.filter((x) => x.said_by.length)) add(c, c.origin ?? "");
  for (const c of claims.filter((x) => !x.said_by.length)) add(c, byOrigin.has(c.origin ?? "") ? (c.origin ?? "") : "own");
  return [...byOrigin.values()].sort(inOrder);
}

function inOrder(a: Holder, b: Holder): number {
  const byPages = a.kind === "named" ? b.cells.size - a.cells.size : 0;
  return ranks[a.kind] - ranks[b.kind] || byPages || byPlace({page: a.first, sentence: 0}, {page: b.first, sentence: 0});
}

function figure(d: Dossier, c: Claim): string {
  const base = c.unit === "ratio" ? d.claims.get(c.of ?? "") : undefined;
  const of = base ? ` of ${number(base.derived ?? stated(base), base.unit)}` : "";
  return withMeasure(prose(c, c.unit, c.per), c.unit, c.measure) + of;
}

function valuesOf(d: Dossier, h: Holder): string {
  const all = [...new Set(h.claims.map((c) => figure(d, c)))];
  return all.slice(0, valuesShown).join("; ") + (all.length > valuesShown ? "; …" : "");
}

function Name({h, all, ledger}: {h: Holder; all: Holder[]; ledger: string}) {
  const twice = h.kind !== "own" && all.some((o) => o !== h && o.name === h.name);
  const more = h.kind === "own" ? ` (${counted(h.cells.size, "origin")})` : twice ? ` (${h.first})` : "";
  return (
    <th scope="row">
      <span aria-hidden="true">{h.kind === "named" ? "●" : "○"} </span>
      <span class="sr">{h.kind === "named" ? "named: " : "not named: "}</span>
      <Link href={ledger}>{h.name}</Link>
      {more}
    </th>
  );
}

/* "A 2, C, D 4": of many pages those that have a figure, in words. */
function cellsText(h: Holder): string {
  const cells = [...h.cells].sort((a, b) => byPlace({page: a[0], sentence: 0}, {page: b[0], sentence: 0})),
    more = cells.length - cellsShown;
  const said = cells.slice(0, cellsShown).map(([page, n]) => (n > 1 ? `${page}\u00a0${grouped(n)}` : page));
  return said.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

const ledgerOf = (d: Dossier, h: Holder) => `${paths.ledger(d.story.story)}?holder=${encodeURIComponent(h.name).replaceAll("%20", "+")}`;

function PageHeads({d}: {d: Dossier}) {
  return (
    <>
      {[...d.sources.keys()].map((p) => (
        <th key={p} scope="col">
          <Link href={paths.article(d.story.story, p)} aria-label={`Page ${p}`}>
            {p}
          </Link>
        </th>
      ))}
    </>
  );
}

function PageCells({d, h}: {d: Dossier; h: Holder}) {
  return (
    <>
      {[...d.sources.keys()].map((p) => (
        <td key={p}>
          {h.cells.get(p) ? (
            grouped(h.cells.get(p)!)
          ) : (
            <span class="soft" aria-hidden="true">
              ·
            </span>
          )}
        </td>
      ))}
    </>
  );
}

/* A column a page, or, where that would be wider than any window, the pages in words. */
function Matrix({d, holders}: {d: Dossier; holders: Holder[]}) {
  const wide = d.sources.size <= columnsShown;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Origins and pages">
      <table class="mx">
        <thead>
          <tr>
            <th scope="col">
              <span class="sr">Origin</span>
            </th>
            {wide ? (
              <PageHeads d={d} />
            ) : (
              <th scope="col" class="cells">
                pages, and figures on them
              </th>
            )}
            <th scope="col" class="wide">
              figures
            </th>
          </tr>
        </thead>
        <tbody>
          {holders.map((h) => (
            <tr key={h.name + h.first}>
              <Name h={h} all={holders} ledger={ledgerOf(d, h)} />
              {wide ? <PageCells d={d} h={h} /> : <td class="cells">{cellsText(h)}</td>}
              <td class="wide soft">{h.kind === "own" ? "" : valuesOf(d, h)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/* ---- who repeats whom ---- */

function overlapText(o: Overlap): string {
  const share = (i: number) => (o.of[i] ? o.words[i] / o.of[i] : 0),
    more = share(1) > share(0) || (share(1) === share(0) && o.order_known) ? 1 : 0;
  const name = [o.first, o.second],
    longest = Math.max(0, ...o.passages.map((p) => p.words));
  if (o.kind === "exact")
    return o.order_known ? `${o.second} repeats ${o.first} word for word.` : `${o.first} and ${o.second} are the same word for word.`;
  if (o.kind === "part") return `${o.first} and ${o.second} share a passage of ${longest} words.`;
  const order = !o.order_known ? "" : more ? ", which was first" : ", which came later";
  return `${Math.floor(100 * share(more))}% of the words of ${name[more]} stand in ${name[1 - more]}${order}.`;
}

function Named({n}: {n: Naming}) {
  return (
    <>
      {n.words} (<CiteButton cite={{page: n.page, sentence: n.sentence}} />)
    </>
  );
}

function CopyLine({c}: {c: Copy}) {
  return (
    <li>
      <CiteButton cite={{page: c.to, sentence: c.to_sentence}} /> repeats <CiteButton cite={{page: c.from, sentence: c.from_sentence}} /> (
      {c.words} words in a row).
    </li>
  );
}

function creditsOf(sources: Source[]): string[] {
  return sources.flatMap((s) =>
    s.credited.flatMap((name) =>
      sources
        .filter((o) => o !== s && (o.publisher === name || o.original_publisher === name))
        .map((o) => `${s.page} credits ${name}, whose text ${o.page} is: where ${s.page} names no holder it may repeat ${o.page}.`),
    ),
  );
}

function More({n, what}: {n: number; what: string}) {
  return n > 0 ? <li class="soft">and {counted(n, `more ${what}`)}</li> : null;
}

/* Those that a copied sentence made one origin after all need no telling. */
function notJoined(d: Dossier): NotJoined[] {
  const origin = (id: string | null) =>
    [...d.claims.values()].find((c) => c.said_by.some((l) => l.holder_id !== null && l.holder_id === id))?.origin;
  return (d.story.not_joined ?? []).filter(({holders: [a, b]}) => origin(a) === undefined || origin(a) !== origin(b));
}

function Repeats({d}: {d: Dossier}) {
  const overlaps = d.story.overlaps ?? [],
    copies = d.story.copies ?? [],
    credits = creditsOf(d.story.sources ?? []);
  const apart = notJoined(d),
    joins = (d.story.holders ?? []).flatMap((h) => h.evidence).filter((e) => e.form && e.with && e.rule !== "writing");
  const none = copies.length + overlaps.length === 0 && d.sources.size > 1;
  return (
    <ul class="notes">
      {none && <li>No page repeats a sentence of another.</li>}
      {overlaps.slice(0, notesShown).map((o) => (
        <li key={o.first + o.second}>{overlapText(o)}</li>
      ))}
      <More n={overlaps.length - notesShown} what="pair" />
      {copies.slice(0, notesShown).map((c) => (
        <CopyLine key={c.to + c.to_sentence} c={c} />
      ))}
      <More n={copies.length - notesShown} what="sentence" />
      {credits.map((text) => (
        <li key={text}>{text}</li>
      ))}
      {joins.slice(0, notesShown).map((e) => (
        <li key={e.form!.words + e.form!.page}>
          <Named n={e.form!} /> is taken for <Named n={e.with!} />: {e.rule}.
        </li>
      ))}
      <More n={joins.length - notesShown} what="name" />
      {apart.slice(0, notesShown).map(
        (u) =>
          u.form &&
          u.with && (
            <li key={u.form.words + u.with.words}>
              Not joined: <Named n={u.form} /> and <Named n={u.with} />: {u.why}.
            </li>
          ),
      )}
      <More n={apart.length - notesShown} what="pair" />
    </ul>
  );
}

export function Holders({d}: {d: Dossier}) {
  const holders = holdersOf(d);
  return holders.length === 0 ? null : (
    <section aria-labelledby="holders">
      <h3 id="holders" class="sub">
        Who stands behind the figures
      </h3>
      <Matrix d={d} holders={holders} />
      <Repeats d={d} />
    </section>
  );
}
