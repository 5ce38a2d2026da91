// SPDX-License-Identifier: Apache-2.0
// flags.tsx - what does not fit: the finding, both sentences side by side, the sum below. Never who is wrong.
import type {ComponentChildren} from "preact";
import type {Cite, Claim, Dispute, Flag, Story, Telling} from "../api-types";
import {citeOf, type Dossier, label} from "../dossier";
import {CiteButton, Cites} from "../parts/cite";
import {Marked} from "../parts/marked";
import {daysText} from "../words/days";
import {counted, grouped, number, prose, type Value} from "../words/numbers";

const partWords: Record<string, string> = {title: "title", standfirst: "standfirst", key_point: "key point", caption: "caption"};

interface Side {
  cite: Cite;
  sentence: string;
  claims: Claim[];
  part: string;
}

function sidesOf(d: Dossier, f: Flag): Side[] {
  const claims = f.claims.map((id) => d.claims.get(id)).filter((c): c is Claim => c !== undefined);
  const keys = [...new Set(claims.map((c) => label(citeOf(d, c))))];
  const side = (key: string) => claims.filter((c) => label(citeOf(d, c)) === key);
  const made = keys.map((key): Side => ({
    cite: citeOf(d, side(key)[0]),
    sentence: side(key)[0].sentence,
    claims: side(key),
    part: partWords[side(key)[0].part] ?? "",
  }));
  return made.sort((a, b) => order(f, a) - order(f, b));
}

const order = (f: Flag, s: Side) => f.sentences.indexOf(s.sentence) + 1 || 99;

function Quotation({side}: {side: Side}) {
  return (
    <div>
      <CiteButton cite={side.cite} />
      <blockquote>
        “<Marked text={side.sentence} from={side.claims[0].span[0]} spans={side.claims.map((c) => c.figure)} />”
        {side.part && <span class="soft"> ({side.part})</span>}
      </blockquote>
    </div>
  );
}

const exactly = (v: number, like: Claim): Value => ({low: null, best: v, high: null, bound: like.bound});

/* "half of about 11,000 is up to 5,500; stated: about 300, 2.7% of 11,000, not up to 50%" */
function ShareSum({d, f}: {d: Dossier; f: Flag}) {
  const [share, base, said] = f.claims.map((id) => d.claims.get(id));
  if (!share || !base || !said || f.share === null || f.base === null || f.expected === null || f.stated === null)
    return <p class="sumline">{f.sum}</p>;
  const part = grouped((f.stated / f.base) * 100, 1);
  return (
    <table class="sum">
      <tbody>
        <tr>
          <th scope="row">
            {number(f.share, "ratio")} of {prose(exactly(f.base, base), base.unit)}
          </th>
          <td class="r">{prose(exactly(f.expected, share), said.unit)}</td>
          <td />
        </tr>
        <tr>
          <th scope="row">stated</th>
          <td class="r">{prose(said, said.unit)}</td>
          <td class="soft">
            {part}% of {number(f.base, "person")}, not {prose(exactly(f.share * 100, share), null)}%
          </td>
        </tr>
      </tbody>
    </table>
  );
}

function OtherSum({d, f}: {d: Dossier; f: Flag}) {
  const claims = f.claims.map((id) => d.claims.get(id)).filter((c): c is Claim => c !== undefined);
  return (
    <>
      <table class="sum">
        <tbody>
          {claims.map((c) => (
            <tr key={c.id}>
              <th scope="row">
                <CiteButton cite={citeOf(d, c)} /> {c.measure}
              </th>
              <td class="r">{prose(c, c.unit, c.per)}</td>
            </tr>
          ))}
          {f.expected !== null && claims.length > 1 && (
            <tr>
              <th scope="row">it would be</th>
              <td class="r">{number(f.expected, claims[0].unit)}</td>
            </tr>
          )}
        </tbody>
      </table>
      {f.sum && <p class="sumline">{f.sum}</p>}
    </>
  );
}

const consequences: [wider: string, narrower: string, text: string][] = [
  ["casualties", "killed", "If both were right, nobody was injured."],
  ["casualties", "injured", "If both were right, nobody was killed."],
  ["losses", "killed", "If both were right, all who were lost were killed."],
  ["losses", "casualties", "If both were right, nobody was missing or captured."],
];

function DriftSum({d, f}: {d: Dossier; f: Flag}) {
  const measures = f.claims.map((id) => d.claims.get(id)?.measure);
  const found = consequences.find(([a, b]) => measures.includes(a) && measures.includes(b));
  return found ? <p class="sumline">{found[2]}</p> : <OtherSum d={d} f={f} />;
}

function Box({kind, finding, children}: {kind: string; finding: string | null; children: ComponentChildren}) {
  return (
    <section class="flagbox">
      <h3>
        <span class="bang" aria-hidden="true">
          !
        </span>
        {kind}
        <span class="sr">: </span>
        <span class="finding">{finding}</span>
      </h3>
      {children}
    </section>
  );
}

function FlagBox({d, f}: {d: Dossier; f: Flag}) {
  const sides = sidesOf(d, f);
  const said: Side[] = sides.length ? sides : [];
  return (
    <Box kind={f.kind === "drift" ? "Drift" : "Arithmetic"} finding={f.finding}>
      <div class="pair">
        {said.length
          ? said.map((s) => <Quotation key={label(s.cite)} side={s} />)
          : f.sentences.map((s) => (
              <div key={s}>
                <blockquote>“{s}”</blockquote>
              </div>
            ))}
      </div>
      {f.kind === "drift" ? <DriftSum d={d} f={f} /> : f.kind === "share" ? <ShareSum d={d} f={f} /> : <OtherSum d={d} f={f} />}
    </Box>
  );
}

function Told({t}: {t: Telling}) {
  const who = [t.holder, daysText(t.days)].filter(Boolean).join(", ");
  return (
    <div>
      <CiteButton cite={{page: t.page, sentence: t.number}} />
      <blockquote>
        “{t.sentence}”{who && <span class="soft"> ({who})</span>}
      </blockquote>
    </div>
  );
}

function DisputeBox({x}: {x: Dispute}) {
  return (
    <Box kind="Both ways" finding={x.finding}>
      <div class="pair">
        {x.sides.map((t) => (
          <Told key={t.page + t.number} t={t} />
        ))}
      </div>
      {x.cites.length > 0 && (
        <p class="sumline">
          and <Cites cites={x.cites} />
        </p>
      )}
    </Box>
  );
}

export function Flags({d, story}: {d: Dossier; story: Story}) {
  const flags = story.flags ?? [],
    disputes = (story.disputes ?? []).filter((x) => x.verdict === "conflicts");
  if (story.figures === 0 && disputes.length === 0) return null;
  const none = flags.length + disputes.length === 0;
  return (
    <section aria-labelledby="flags">
      <h2 id="flags">What does not fit</h2>
      {none && <p>Nothing found that does not fit ({counted(story.sums_checked ?? 0, "sum")} checked).</p>}
      {flags.map((f) => (
        <FlagBox key={f.claims.join()} d={d} f={f} />
      ))}
      {disputes.map((x) => (
        <DisputeBox key={x.finding} x={x} />
      ))}
    </section>
  );
}
