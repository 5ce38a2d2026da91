# SPDX-License-Identifier: Apache-2.0
# common.sh - what blocks and lines share; sourced, not run. Wants $me (the model's name) and $root (the repository).
. "$root/script/common.sh"

folds= out=
case $#:${1-} in
0:) ;;
3:--folds) folds=$2 out=$3 ;;
*)
    echo "usage: tools/train/$me [--folds N OUT]" >&2
    exit 2
    ;;
esac
data=${DOSSIER_SHARED:-$root/../shared}/data/extraction
if [ ! -d "$data" ]; then
    echo "$me: no pages to train on: $data is not there" >&2
    exit 77
fi

build release --buildtype=release
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
set --
for set_ in scrapinghub naeb-news wcxb-article; do
    mkdir "$work/$set_"
    tar -xJf "$data/$set_.tar.xz" -C "$work/$set_"
    if [ -e "$data/$set_.gold.json" ]; then
        cp "$data/$set_.gold.json" "$work"
    else
        gzip -dc "$data/$set_.gold.json.gz" >"$work/$set_.gold.json"
    fi
    set -- "$@" "$work/$set_.gold.json" "$work/$set_"
done

if [ -n "$folds" ]; then
    mkdir -p "$out"
    "$root/build/release/tools/train/train" "$me" --folds "$folds" "$out" "$@"
else
    mkdir "$work/out"
    "$root/build/release/tools/train/train" "$me" "$work/out" "$@"
    cp "$work/out/$me.tsv" "$root/models/en/$me.tsv"
    echo "$me: wrote models/en/$me.tsv" >&2
fi
