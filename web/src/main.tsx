// SPDX-License-Identifier: Apache-2.0
// main.tsx - which page an address names.
import {type ComponentChild, render} from "preact";
import {ArticlePage} from "./pages/article";
import {LedgerPage} from "./pages/ledger";
import {SearchPage} from "./pages/search";
import {StoriesPage} from "./pages/stories";
import {StoryPage} from "./pages/story";
import {Frame} from "./parts/frame";
import {Link, usePlace} from "./route";

const routes: [path: RegExp, page: (found: string) => ComponentChild][] = [
  [/^\/$/, () => <StoriesPage />],
  [/^\/stories\/(\d+)\/?$/, (id) => <StoryPage key={id} id={Number(id)} />],
  [/^\/stories\/(\d+)\/(?:claims|ledger)\/?$/, (id) => <LedgerPage key={id} id={Number(id)} />],
  [/^\/articles\/(.+)$/, (name) => <ArticlePage key={name} name={name} />],
  [/^\/search\/?$/, () => <SearchPage />],
];

function Missing() {
  return (
    <Frame title="No such page" current="">
      <h1>No such page</h1>
      <p>
        <Link href="/">All stories</Link>
      </p>
    </Frame>
  );
}

function App() {
  const {path} = usePlace();
  for (const [pattern, page] of routes) {
    const found = path.match(pattern);
    if (found) return <>{page(found[1] ?? "")}</>;
  }
  return <Missing />;
}

render(<App />, document.getElementById("app")!);
