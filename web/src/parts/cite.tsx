// SPDX-License-Identifier: Apache-2.0
// cite.tsx - B9 is a button: it opens the sentence.
import {useState} from "preact/hooks";
import type {Cite} from "../api-types";
import {label} from "../dossier";
import {counted} from "../words/numbers";
import {openSentence} from "./sentence";

const together = 6, // so many stay on one line
  many = 16, // of more only the first are there until the reader asks
  first = 10;

const spoken = (c: Cite) => (c.sentence === 0 ? `Title of page ${c.page}` : `Sentence ${c.sentence} of page ${c.page}`);

export function CiteButton({cite}: {cite: Cite}) {
  return (
    <button
      type="button"
      class="c"
      aria-haspopup="dialog"
      aria-label={`${label(cite)}: ${spoken(cite)}`}
      onClick={(e) => openSentence(cite, e.currentTarget)}
    >
      {label(cite)}
    </button>
  );
}

export function Cites({cites}: {cites: Cite[]}) {
  const [all, setAll] = useState(false),
    shown = all || cites.length <= many ? cites : cites.slice(0, first),
    rest = cites.length - shown.length;
  return (
    <span class={cites.length <= together ? "cs nb" : "cs"}>
      {shown.flatMap((c, i) => [i ? " " : "", <CiteButton key={label(c)} cite={c} />])}
      {rest > 0 && (
        <>
          {" "}
          <button type="button" class="c" aria-label={`${counted(rest, "more sentence")}: show`} onClick={() => setAll(true)}>
            +{rest}
          </button>
        </>
      )}
    </span>
  );
}
