#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# test-train.sh TRAIN TRAIN-NET FOLDER - the trainer on a few sentences of our own: the same bytes twice, and what it learned.
set -eu
train=$1
train_net=$2
data=$3
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
lexicon=$root/lexicon/en models=$root/models/en
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() {
    echo "test-train: $*" >&2
    exit 1
}

# Lemmas: learned, written, read again.
"$train" lemmas "$work/one" "$data/small.conllu" 2>/dev/null
"$train" lemmas "$work/two" "$data/small.conllu" 2>/dev/null
cmp "$work/one" "$work/two" || fail 'lemmas: other bytes the second time'
"$train" lemmatize "$work/one" "$data/small.conllu" >"$work/out"
cmp "$work/out" "$data/small.conllu" || fail 'lemmas: not those of the treebank'
! "$train" lemmas "$work/none" "$data/nosuch.conllu" 2>/dev/null || fail 'lemmas: of a file that is not there'
! "$train" lemmatize "$data/small.conllu" "$data/small.conllu" 2>/dev/null || fail 'lemmas: of no section'

# Where sentences end.
"$train" split "$work/one.split" "$data/small.conllu" 2>/dev/null
"$train" split "$work/two.split" "$data/small.conllu" 2>/dev/null
cmp "$work/one.split" "$work/two.split" || fail 'split: other bytes the second time'
! "$train" split "$work/none" "$data/nosuch.conllu" 2>/dev/null || fail 'split: of a file that is not there'

# Paragraphs: one stands twice, one in a text that is kept for measuring, one has too few words.
cat >"$work/kept.txt" <<'END'
The old bridge over the Sel had been closed for repairs since the spring, officials said.
END
cat >"$work/news.jsonl" <<'END'
{"title": "Dam in Varn collapses", "text": "The dam in Varn collapsed on Sunday, and the water reached the town.\nToo few words.\nThe dam in Varn  collapsed on Sunday and the water reached the town!\nBut the bridge over the Sel had been closed for repairs since the spring.\nFloods followed."}
END
"$train" text "$work/news.txt" "$work/kept.txt" -- "$work/news.jsonl" 2>/dev/null
cat >"$work/want" <<'END'
Dam in Varn collapses
The dam in Varn collapsed on Sunday, and the water reached the town.
END
cmp "$work/news.txt" "$work/want" || fail 'text: not the paragraphs expected'

# Words, as the program cuts them.
"$train" words "$work/words.txt" "$work/news.txt"
cat >"$work/want" <<'END'
Dam in Varn collapses
The dam in Varn collapsed on Sunday , and the water reached the town .
END
cmp "$work/words.txt" "$work/want" || fail 'words: not those expected'

# Classes: words that stand in like places share one; what is seen less often than three times has none.
for town in Varn Mirefold Osterby; do
    for day in Monday Friday Sunday; do
        echo "The dam in $town broke on $day ."
        echo "People in $town left on $day ."
    done
done >"$work/towns.txt"
"$train" classes "$work/one" "$work/towns.txt" "$data/small.conllu" 2>/dev/null
"$train" classes "$work/two" "$work/towns.txt" "$data/small.conllu" 2>/dev/null
cmp "$work/one" "$work/two" || fail 'classes: other bytes the second time'
class() {
    sed -n "s/^$1	//p" "$work/one"
}
test "$(class varn)" = "$(class osterby)" || fail 'classes: two towns, two classes'
test "$(class monday)" = "$(class sunday)" || fail 'classes: two days, two classes'
test "$(class varn)" != "$(class monday)" || fail 'classes: a town and a day share one'
test -z "$(class army)" || fail 'classes: of a rare word'

# Names: titles are no part of them, nationalities are groups, what describes a person is cut off; '?' is open.
"$train" name-labels "$lexicon" "$data/names.iob" "$data/names.iob2" "$data/names.conllu" >"$work/labels"
cat >"$work/want" <<'END'
The dam in Varn/L collapsed .
Anna/P Holm/p met the Norwegian/G minister in Oslo/L .
The Varn/O Guard/o sent boats to Osterby/L .
Holm/P told reporters in/? Varn/L .
The Bank/O of/o Varn/o is closed .
President/? Marta/P Prat/p flew to/? Mirefold/L .
President Anna/P Holm/p of Varn/L spoke .
She left Oslo/L , Norway/L on Monday .
Norway/L 's Foreign/O Ministry/o was silent .
END
cmp "$work/labels" "$work/want" || fail "names: other labels: $(diff "$work/want" "$work/labels")"
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
    for day in Monday Tuesday Friday Sunday Saturday Thursday Wednesday; do
        echo "Mayor Anna Holm of Varn met the Norwegian minister in Oslo on $day $i."
    done
done >"$work/paragraphs"
names() {
    "$train" names "$1" "$lexicon" - "$work/classes.tsv" "$work/paragraphs" "$data/names.iob" "$data/names.iob2" "$data/names.conllu" 2>"$work/said"
}
printf 'oslo\t2\nvarn\t2\n' >"$work/classes.tsv"
names "$work/names-one" || fail "names: $(tail -n 1 "$work/said")"
names "$work/names-two"
cmp "$work/names-one" "$work/names-two" || fail 'names: other bytes the second time'
! "$train" names "$work/none" "$work" - - - "$data/names.iob" "$data/names.iob2" "$data/names.conllu" 2>/dev/null || fail 'names: without a lexicon'

# The phrases of names in the pack are those of the lexicon.
"$train" gazetteer "$work/phrases" "$lexicon"
"$train" section "$work/packed" "$models/language.pack" gazetteer
cmp "$work/phrases" "$work/packed" || fail 'gazetteer: models/en/language.pack has another one: tools/train/gazetteer'

# A pack of two sections.
"$train" pack "$work/pack" classes="$work/one" text="$work/news.txt"
test "$(head -c 7 "$work/pack")" = DSPACK1 || fail 'pack: no pack'
! "$train" pack "$work/pack" lemma 2>/dev/null || fail 'pack: of nothing'

# The net: the same bytes twice, with teachers, classes and news.
net() {
    "$train_net" --size 16,16,16,16,16 --teacher-size 32,16,16,16,16 --passes 4 --news-passes 2 --teachers 2 --teacher-passes 2 \
        --classes "$work/classes.tsv" --news "$work/news.txt" --dev "$data/small.conllu" "$1" "$data/small.conllu" 2>"$work/said"
}
printf 'dam\t0\nwater\t0\ntown\t1\n' >"$work/classes.tsv"
net "$work/net-one" || fail "net: $(tail -n 1 "$work/said")"
grep -q 'in integers' "$work/said" || fail 'net: not scored'
grep -q 'teacher 2: 100 %' "$work/said" || fail 'net: no progress'
net "$work/net-two"
cmp "$work/net-one" "$work/net-two" || fail 'net: other bytes the second time'
! "$train_net" "$work/none" "$data/nosuch.conllu" 2>/dev/null || fail 'net: of a file that is not there'
