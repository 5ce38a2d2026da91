// SPDX-License-Identifier: Apache-2.0
// seen.ts - plots are fetched and drawn when they come near the window, again when their room changes, and all of them for paper.
import type {RefObject} from "preact";
import {useEffect, useRef, useState} from "preact/hooks";

type Draw = typeof import("./draw");
type TakeAway = () => void;

const near = "400px", // below the window: drawn before it is scrolled to
  forPaper = 3000, // milliseconds until they are fetched unseen: who prints cannot wait for them
  narrow = 820; // pixels, as in the style sheet: of a narrow window's rows no paper is made

/* ---- the module that draws ---- */

let loaded: Draw | null = null;

async function load(): Promise<Draw> {
  return (loaded = await import("./draw"));
}

/** A page with plots can be printed before all have been seen. */
export function useReadyForPaper(): void {
  useEffect(() => {
    const later = setTimeout(() => void load().catch(() => {}), forPaper);
    return () => clearTimeout(later);
  }, []);
}

/* A sheet is as wide as the widest window: what is measured while the class is there is right on it. This module is run before any
 * plot listens, so that they find the class there, and gone. */
addEventListener("beforeprint", () => void document.documentElement.classList.toggle("paper", innerWidth > narrow));
addEventListener("afterprint", () => void document.documentElement.classList.remove("paper"));

/* ---- when ---- */

function useSeen(ref: RefObject<Element | null>): boolean {
  const [seen, set] = useState(false);
  useEffect(() => {
    const watch = new IntersectionObserver((all) => all.some((e) => e.isIntersecting) && set(true), {rootMargin: near});
    if (ref.current) watch.observe(ref.current);
    return () => watch.disconnect();
  }, []);
  return seen;
}

function useDraw(wanted: boolean): Draw | null {
  const [draw, set] = useState<Draw | null>(null);
  useEffect(() => {
    let alive = true;
    if (wanted) void load().then((m) => alive && set(m));
    return () => void (alive = false);
  }, [wanted]);
  return draw;
}

function useWidth(ref: RefObject<Element | null>): number {
  const [width, set] = useState(0);
  useEffect(() => {
    const watch = new ResizeObserver(([e]) => set(Math.round(e.contentRect.width)));
    if (ref.current) watch.observe(ref.current);
    return () => watch.disconnect();
  }, []);
  return width;
}

/** What `plot` draws stands in the element that is given back, while it is near the window or printed. */
export function usePlot(plot: (draw: Draw, box: HTMLDivElement, width: number) => TakeAway | undefined, of: unknown[]) {
  const box = useRef<HTMLDivElement>(null),
    away = useRef<TakeAway | undefined>(undefined);
  const draw = useDraw(useSeen(box)),
    width = useWidth(box);
  useEffect(() => {
    const put = (by: Draw | null, room: number) => {
      away.current?.();
      away.current = by && box.current && room ? plot(by, box.current, room) : undefined;
    };
    const paper = () => put(loaded, box.current?.clientWidth ?? 0),
      screen = () => put(draw, width);
    screen();
    addEventListener("beforeprint", paper);
    addEventListener("afterprint", screen);
    return () => {
      put(null, 0);
      removeEventListener("beforeprint", paper);
      removeEventListener("afterprint", screen);
    };
  }, [draw, width, ...of]);
  return box;
}
