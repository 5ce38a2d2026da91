// SPDX-License-Identifier: Apache-2.0
// search-form.tsx - words, phrases and fields, as `dossier search` takes them.
import {useEffect, useState} from "preact/hooks";
import {go} from "../route";

export function SearchForm({q}: {q: string}) {
  const [text, set] = useState(q);
  useEffect(() => set(q), [q]);
  const submit = (e: Event) => {
    e.preventDefault();
    if (text.trim()) go(`/search?q=${encodeURIComponent(text.trim()).replaceAll("%20", "+")}`);
  };
  return (
    <form class="search" role="search" onSubmit={submit}>
      <label for="q">Search the articles</label>
      <span>
        <input id="q" type="search" name="q" value={text} onInput={(e) => set(e.currentTarget.value)} autocomplete="off" />
        <button type="submit">Search</button>
      </span>
    </form>
  );
}
