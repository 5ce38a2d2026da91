// SPDX-License-Identifier: Apache-2.0
// timeline.tsx - each year once, what has no date at the end.
import type {Event} from "../api-types";
import {type Dossier, isUnsure} from "../dossier";
import {Cites} from "../parts/cite";
import {daysText, split} from "../words/days";

function yearOf(e: Event): number {
  const day = e.when?.[0] ?? e.when?.[1];
  return day ? split(day).y : 0;
}

function whenOf(e: Event): string {
  const text = e.words ?? daysText(e.when, yearOf(e));
  return text === String(yearOf(e)) ? "" : text; // "2009" stands in the column of years
}

export function Timeline({d}: {d: Dossier}) {
  const events = d.story.timeline ?? [];
  const years = [...new Set(events.map(yearOf))];
  return events.length === 0 ? null : (
    <section aria-labelledby="timeline">
      <h2 id="timeline">Timeline</h2>
      {years.map((y) => (
        <div class="years" key={y}>
          <h3>{y || "No date"}</h3>
          <ul>
            {events
              .filter((e) => yearOf(e) === y)
              .map((e) => (
                <li key={`${e.when} ${e.text}`}>
                  <span class="d">{whenOf(e)}</span>
                  <span>
                    {e.text}
                    {isUnsure(e.certainty) && <span class="soft">, {e.certainty}</span>} <Cites cites={e.cites} />
                  </span>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
