// SPDX-License-Identifier: Apache-2.0
// data.ts - answers of the API, kept while the page is open; the browser revalidates them by ETag.
import {useEffect, useState} from "preact/hooks";

export interface Fetched<T> {
  data: T | null;
  error: string | null;
  again: () => void;
}

const kept = new Map<string, Promise<unknown>>();

async function load(path: string): Promise<unknown> {
  const answer = await fetch(path, {headers: {accept: "application/json"}}).catch(() => null);
  if (!answer) throw new Error("The server does not answer.");
  const body = await answer.json().catch(() => null);
  if (!answer.ok) throw new Error(body?.error?.message ?? `The server says ${answer.status}.`);
  return body;
}

export function get<T>(path: string): Promise<T> {
  if (!kept.has(path)) {
    const made = load(path);
    made.catch(() => kept.delete(path));
    kept.set(path, made);
  }
  return kept.get(path) as Promise<T>;
}

export function forget(prefix = ""): void {
  for (const path of kept.keys()) if (path.startsWith(prefix)) kept.delete(path);
}

/** What stands at `path`; while another is fetched the last stays, so that the page keeps its place. */
export function useFetched<T>(path: string | null): Fetched<T> {
  const [state, set] = useState<{data: T | null; error: string | null}>({data: null, error: null});
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let wanted = true;
    if (path) {
      get<T>(path).then(
        (data) => wanted && set({data, error: null}),
        (e: Error) => wanted && set({data: null, error: e.message}),
      );
    }
    return () => void (wanted = false);
  }, [path, turn]);
  return {...state, again: () => setTurn((n) => n + 1)};
}

export const api = {
  stories: (query: string) => `/api/v1/stories${query ? `?${query}` : ""}`,
  story: (id: number, parts: string, rule: string | null) => `/api/v1/stories/${id}?parts=${parts}${rule ? `&rule=${rule}` : ""}`,
  similar: (id: number) => `/api/v1/stories/${id}/similar`,
  claims: (id: number, query = "") => `/api/v1/stories/${id}/claims${query}`,
  article: (story: number, page: string) => `/api/v1/articles/${story}:${page}`,
  search: (query: string) => `/api/v1/search?${query}`,
};
