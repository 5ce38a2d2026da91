// SPDX-License-Identifier: Apache-2.0
// route.tsx - the address is the state: paths, parameters, links.
import type {AnchorHTMLAttributes, ComponentChildren} from "preact";
import {useEffect, useState} from "preact/hooks";

export interface Place {
  path: string;
  params: URLSearchParams;
}

type Changes = Record<string, string | null>;

const here = (): Place => ({path: location.pathname, params: new URLSearchParams(location.search)});
const listeners = new Set<() => void>();
const tell = () => listeners.forEach((f) => f());

addEventListener("popstate", tell);

export function usePlace(): Place {
  const [place, set] = useState(here);
  useEffect(() => {
    const changed = () => set(here());
    listeners.add(changed);
    return () => void listeners.delete(changed);
  }, []);
  return place;
}

/** The address with some parameters changed; null takes one away. */
export function withParams(changes: Changes, from: Place = here()): string {
  const params = new URLSearchParams(from.params);
  for (const [name, value] of Object.entries(changes)) value ? params.set(name, value) : params.delete(name);
  const query = params.toString().replaceAll("%2C", ",");
  return from.path + (query ? `?${query}` : "");
}

/** Changes parameters in place: a filter, an open sentence. No step in the history. */
export function setParams(changes: Changes): void {
  const to = withParams(changes) + location.hash;
  if (to === location.pathname + location.search + location.hash) return;
  history.replaceState(null, "", to);
  tell();
}

export function go(to: string, replace = false): void {
  history[replace ? "replaceState" : "pushState"](null, "", to);
  tell();
  if (replace) return;
  const part = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  part ? part.scrollIntoView() : scrollTo(0, 0);
}

const plainClick = (e: MouseEvent) => e.button === 0 && !e.metaKey && !e.ctrlKey && !e.shiftKey && !e.altKey;

export function Link(props: AnchorHTMLAttributes<HTMLAnchorElement> & {href: string; children: ComponentChildren}) {
  const click = (e: MouseEvent) => {
    if (!plainClick(e)) return;
    e.preventDefault();
    go(props.href);
  };
  return <a {...props} onClick={click} />;
}

/** An address from a page: only http and https become links, and nothing learns where the reader came from. */
export function Outside({href, children}: {href: string | null; children: ComponentChildren}) {
  return isWeb(href) ? (
    <a href={href!} rel="noopener noreferrer external">
      {children}
    </a>
  ) : (
    <span>{children}</span>
  );
}

export function isWeb(href: string | null): boolean {
  if (!href || !/^https?:\/\//i.test(href)) return false;
  try {
    return /^https?:$/.test(new URL(href).protocol);
  } catch {
    return false;
  }
}

export const paths = {
  story: (id: number) => `/stories/${id}`,
  ledger: (id: number) => `/stories/${id}/claims`,
  article: (story: number, page: string, sentence?: number) => `/articles/${story}:${page}${sentence === undefined ? "" : `#s${sentence}`}`,
};
