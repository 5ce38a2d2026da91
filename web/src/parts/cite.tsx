// SPDX-License-Identifier: Apache-2.0
// cite.tsx - B9 is a button: it opens the sentence.
import type {Cite} from "../api-types";
import {label} from "../dossier";
import {openSentence} from "./sentence";

const together = 6; // so many stay on one line

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
  return (
    <span class={cites.length <= together ? "cs nb" : "cs"}>
      {cites.flatMap((c, i) => [i ? " " : "", <CiteButton key={label(c)} cite={c} />])}
    </span>
  );
}
