// SPDX-License-Identifier: Apache-2.0
// chip.tsx - the state of a question: a word and a factor, told apart by its edge and not by colour alone.
import type {State} from "../api-types";
import {factor} from "../words/numbers";

const edges: Record<State, string> = {conflict: "cf", apart: "ap", agree: "ok", "one origin": "ok", "one page": "ok"};

export function stateText(state: State, times: number | null): string {
  return times !== null && (state === "conflict" || state === "apart") ? `${state} ${factor(times)}` : state;
}

export function Chip({state, times}: {state: State; times: number | null}) {
  return <span class={`chip ${edges[state]}`}>{stateText(state, times)}</span>;
}
