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
  if (all) return "Much has changed";
  if (figures) return `${counted(figures, "figure")} changed`;
  return stories ? `${counted(stories, "story", "stories")} changed` : "";
}

function useChanges(story: number | null): [Changes, () => void] {
  const [changes, set] = useState(none);
  useEffect(() => {
    const source = new EventSource(`/api/v1/events${story === null ? "" : `?story=${story}`}`);
    for (const kind of ["figure", "story", "reset"])
      source.addEventListener(kind, (e) => set((c) => add(c, kind, (e as MessageEvent<string>).data || "{}")));
    return () => source.close();
  }, [story]);
  return [changes, () => set(none())];
}

export function Live({story = null, show}: {story?: number | null; show: () => void}) {
  const [changes, clear] = useChanges(story), text = changesText(changes.figures.size, changes.stories.size, changes.all);
  const press = () => {
    clear();
    show();
  };
  return (
    <p class="live" role="status">
      {text && <>{text}: <button type="button" class="link" onClick={press}>show</button></>}
    </p>
  );
}
