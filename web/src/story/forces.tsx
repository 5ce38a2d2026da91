// SPDX-License-Identifier: Apache-2.0
// forces.tsx - what each actor sent, lost and withdrew, and what remains; said by nobody, reckoned from the estimates.
import type {Amount, Claim, Force} from "../api-types";
import {citesOf, type Dossier} from "../dossier";
import {Cites} from "../parts/cite";
import {oneDay} from "../words/days";
import {inTable, type Value} from "../words/numbers";

const statesShown = 5; // of one actor, the last ones

function valueOf(a: Amount): Value | null {
  if (a.low === null && a.high === null) return null;
  if (a.low !== null && a.high !== null) return {...a, best: a.low === a.high ? a.low : null, bound: a.low === a.high ? "exact" : "range"};
  return {...a, best: a.low ?? a.high, bound: a.low === null ? "at_most" : "at_least"};
}

function Cell({a}: {a: Amount}) {
  const v = valueOf(a);
  return <td class="r">{v ? inTable(v, "person") : "–"}</td>;
}

function State({d, f}: {d: Dossier; f: Force}) {
  return (
    <tr>
      <th scope="row">{f.day ? oneDay(f.day, d.lastYear) : "with undated"}</th>
      <Cell a={f.sent} />
      <Cell a={f.lost} />
      <Cell a={f.withdrawn} />
      <Cell a={f.remains} />
    </tr>
  );
}

function Actor({d, states}: {d: Dossier; states: Force[]}) {
  const last = states[states.length - 1],
    claims = last.claims.map((id) => d.claims.get(id)).filter((c): c is Claim => c !== undefined);
  return (
    <>
      <table class="forces">
        <caption>{last.actor}</caption>
        <thead>
          <tr>
            <th scope="col">day</th>
            {["sent", "lost", "withdrawn", "remain"].map((h) => (
              <th key={h} scope="col" class="r">
                {h}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {states.slice(-statesShown).map((f) => (
            <State key={f.day} d={d} f={f} />
          ))}
        </tbody>
      </table>
      <p>
        <Cites cites={citesOf(d, claims)} />
      </p>
    </>
  );
}

export function Forces({d}: {d: Dossier}) {
  const all = d.story.forces ?? [],
    actors = [...new Set(all.map((f) => f.actor))];
  return all.length === 0 ? null : (
    <section aria-labelledby="forces">
      <h2 id="forces">Forces</h2>
      <p class="soft lead">
        Reckoned from the estimates above, said by nobody: lost is killed, injured, captured and missing, as far as told.
      </p>
      {actors.map((a) => (
        <Actor key={a} d={d} states={all.filter((f) => f.actor === a)} />
      ))}
    </section>
  );
}
