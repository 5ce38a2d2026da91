// SPDX-License-Identifier: Apache-2.0
// live.tsx - a quiet line for what changed meanwhile. Nothing moves until the reader asks.
import {useEffect, useState} from "preact/hooks";
import {counted} from "../words/numbers";

interface Changes {
  figures: Set<string>;
  stories: Set<number>;
  all: boolean;
}

const none = (): Changes => ({figures: new Set(), stories: new Set(), all: false});

function add(c: Changes, kind: string, text: string): Changes {
  const data = JSON.parse(text) as {story?: number; question?: string};
  const next = {figures: new Set(c.figures), stories: new Set(c.stories), all: c.all || kind === "reset"};
  if (kind === "figure") next.figures.add(`${data.story} ${data.question}`);
  if (kind === "story" && data.story) next.stories.add(data.story);
  return next;
}

export function changesText(figures: number, stories: number, all: boolean): string {
  if (all) return "The store has changed";
  if (figures) return `${counted(figures, "figure")} changed`;
  return stories ? `${counted(stories, "story", "stories")} changed` : "";
}

const dataOf = (e: Event) => (e as MessageEvent<string>).data || "{}";

/* A browser holds few connections to one server, and a stream takes one: a page that nobody looks at has none. What it missed shows
 * in the number of articles that the next stream begins with. */
function listen(story: number | null, told: (kind: string, data: string) => void): () => void {
  let source: EventSource | null = null,
    articles: number | null = null;
  const hello = (e: Event) => {
    const now = (JSON.parse(dataOf(e)) as {articles: number}).articles;
    if (articles !== null && now !== articles) told("reset", "{}");
    articles = now;
  };
  const open = () => {
    source = new EventSource(`/api/v1/events${story === null ? "" : `?story=${story}`}`);
    source.addEventListener("hello", hello);
    for (const kind of ["figure", "story", "reset"]) source.addEventListener(kind, (e) => told(kind, dataOf(e)));
  };
  const looked = () => {
    source?.close();
    source = null;
    if (!document.hidden) open();
  };
  looked();
  document.addEventListener("visibilitychange", looked);
  return () => (source?.close(), document.removeEventListener("visibilitychange", looked));
}

function useChanges(story: number | null): [Changes, () => void] {
  const [changes, set] = useState(none);
  useEffect(() => listen(story, (kind, data) => set((c) => add(c, kind, data))), [story]);
  return [changes, () => set(none())];
}

export function Live({story = null, show}: {story?: number | null; show: () => void}) {
  const [changes, clear] = useChanges(story),
    text = changesText(changes.figures.size, changes.stories.size, changes.all);
  const press = () => {
    clear();
    show();
  };
  return (
    <p class="live" role="status">
      {text && (
        <>
          {text}:{" "}
          <button type="button" class="link" onClick={press}>
            show
          </button>
        </>
      )}
    </p>
  );
}
