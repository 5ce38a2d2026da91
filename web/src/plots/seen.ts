// SPDX-License-Identifier: Apache-2.0
// seen.ts - plots are fetched and drawn when they come near the window, and again when their room changes.
import type {RefObject} from "preact";
import {useEffect, useState} from "preact/hooks";

type Draw = typeof import("./draw");

const near = "400px"; // below the window: drawn before it is scrolled to

export function useSeen(ref: RefObject<Element | null>): boolean {
  const [seen, set] = useState(false);
  useEffect(() => {
    const watch = new IntersectionObserver((all) => all.some((e) => e.isIntersecting) && set(true), {rootMargin: near});
    if (ref.current) watch.observe(ref.current);
    const printing = () => set(true);
    addEventListener("beforeprint", printing);
    return () => (watch.disconnect(), removeEventListener("beforeprint", printing));
  }, []);
  return seen;
}

/** The module that draws, once `wanted`. */
export function useDraw(wanted: boolean): Draw | null {
  const [draw, set] = useState<Draw | null>(null);
  useEffect(() => {
    let alive = true;
    if (wanted) void import("./draw").then((m) => alive && set(m));
    return () => void (alive = false);
  }, [wanted]);
  return draw;
}

export function useWidth(ref: RefObject<Element | null>): number {
  const [width, set] = useState(0);
  useEffect(() => {
    const watch = new ResizeObserver(([e]) => set(Math.round(e.contentRect.width)));
    if (ref.current) watch.observe(ref.current);
    return () => watch.disconnect();
  }, []);
  return width;
}
