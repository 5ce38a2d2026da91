// SPDX-License-Identifier: Apache-2.0
// frame.tsx - what every page has: where one is, a way to the content, a title, what went wrong.
import type {ComponentChildren} from "preact";
import {useEffect, useRef} from "preact/hooks";
import {Link, paths, usePlace} from "../route";

interface Entry {
  name: string;
  href: string;
}

function entries(story: number | null): Entry[] {
  const own =
    story === null
      ? []
      : [
          {name: "Story", href: paths.story(story)},
          {name: "Ledger", href: paths.ledger(story)},
        ];
  return [{name: "Stories", href: "/"}, ...own, {name: "Search", href: "/search"}];
}

export function Frame({
  title,
  story = null,
  current,
  children,
}: {
  title: string;
  story?: number | null;
  current: string;
  children: ComponentChildren;
}) {
  const {path} = usePlace(),
    main = useRef<HTMLElement>(null),
    came = useRef(path);
  useEffect(() => void (document.title = title === "dossier" ? title : `${title} · dossier`), [title]);
  useEffect(() => {
    if (came.current !== path) main.current?.focus({preventScroll: true});
    came.current = path;
  }, [path]);
  return (
    <>
      <a class="skip" href="#main" onClick={() => main.current?.focus()}>
        To the content
      </a>
      <header class="top">
        <b>dossier</b>
        <nav aria-label="Pages">
          {entries(story).map((e) => (
            <Link key={e.name} href={e.href} aria-current={e.name === current ? "page" : undefined}>
              {e.name}
            </Link>
          ))}
        </nav>
      </header>
      <main id="main" tabIndex={-1} ref={main}>
        {children}
      </main>
    </>
  );
}

/* The server says it as a command line does: "no story 7". */
const asSentence = (s: string) => s.charAt(0).toUpperCase() + s.slice(1) + (/[.?!)]$/.test(s) ? "" : ".");

export function Trouble({text}: {text: string}) {
  return (
    <p class="trouble" role="alert">
      {asSentence(text)}
    </p>
  );
}

export function Waiting() {
  return (
    <p class="soft" aria-busy="true">
      …
    </p>
  );
}
