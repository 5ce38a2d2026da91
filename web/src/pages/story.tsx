// SPDX-License-Identifier: Apache-2.0
// story.tsx - one story: first what a reader would get wrong.
import {useEffect, useMemo} from "preact/hooks";
import type {Story} from "../api-types";
import {api, forget, useFetched} from "../data";
import {dossierOf} from "../dossier";
import {Frame, Trouble, Waiting} from "../parts/frame";
import {Live} from "../parts/live";
import {OpenedSentence} from "../parts/sentence";
import {go, Link, paths, usePlace} from "../route";
import {Figures} from "../story/figures";
import {Flags} from "../story/flags";
import {Forces} from "../story/forces";
import {KeyPoints, RestsOn, Standfirst, StateLine} from "../story/head";
import {Holders} from "../story/holders";
import {Regroupings} from "../story/regroupings";
import {Foot, Similar} from "../story/similar";
import {Sources} from "../story/sources";
import {Timeline} from "../story/timeline";

// The head is asked for by itself, so that a long story is on the screen before all of it has come.
const headParts = "key_points,flags,disputes,sources",
  restParts = "questions,claims,forces,timeline,copies,overlaps,regroupings,holders";

function useStory(id: number) {
  const rule = usePlace().params.get("rule");
  const head = useFetched<Story>(api.story(id, headParts, rule)),
    rest = useFetched<Story>(api.story(id, restParts, rule));
  const merged = useMemo(
    () => (head.data ? dossierOf({...head.data, ...(rest.data?.story === head.data.story ? rest.data : {})}) : null),
    [head.data, rest.data],
  );
  const again = () => {
    forget(`/api/v1/stories/${id}`);
    head.again();
    rest.again();
  };
  return {d: merged, whole: rest.data !== null, error: head.error ?? rest.error, again};
}

/* A retired story answers with the one that it went to. */
function useRightAddress(asked: number, got: number | undefined): void {
  useEffect(
    () =>
      void (
        got !== undefined &&
        got !== asked &&
        go(location.pathname.replace(/^\/stories\/\d+/, paths.story(got)) + location.search, true)
      ),
    [asked, got],
  );
}

/* The part of the page that the address names is there only after the answer. */
function useFragment(there: boolean): void {
  useEffect(
    () => void (there && location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView()),
    [there],
  );
}

export function StoryPage({id}: {id: number}) {
  const {d, whole, error, again} = useStory(id);
  useRightAddress(id, d?.story.story);
  useFragment(whole);
  const title = d?.story.title ?? (d ? "(no title)" : `Story ${id}`);
  return (
    <Frame title={title} story={id} current="Story">
      {error && !d && (
        <>
          <h1>{title}</h1>
          <Trouble text={error} />
          <p>
            <Link href="/">All stories</Link>
          </p>
        </>
      )}
      {!d && !error && <Waiting />}
      {d && (
        <>
          <h1>{title}</h1>
          <StateLine s={d.story} />
          <Standfirst s={d.story} />
          <Live story={id} show={again} />
          <div class="cols">
            <KeyPoints points={d.story.key_points ?? []} />
            {whole && d.story.figures > 0 && <RestsOn d={d} />}
          </div>
          <Flags d={d} story={d.story} />
          {whole ? (
            <>
              <Figures d={d} />
              <Forces d={d} />
              <Timeline d={d} />
            </>
          ) : error ? (
            <Trouble text={error} />
          ) : (
            <Waiting />
          )}
          <Sources d={d} />
          {whole && <Holders d={d} />}
          <Regroupings d={d} />
          <Similar id={id} />
          <Foot d={d} />
          <OpenedSentence d={d} />
        </>
      )}
    </Frame>
  );
}
