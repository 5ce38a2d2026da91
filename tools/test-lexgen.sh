#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# test-lexgen.sh LEXGEN - bad word lists are refused with file:line: reason, good ones become a table.
set -eu
lexgen=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
failed=0

# expect STATUS ERROR TEXT: what lexgen says of a.tsv with this text (printf escapes)
expect() {
    # the text is the format, for its escapes; it has no %
    # shellcheck disable=SC2059
    printf "$3" >a.tsv
    rm -f out.c
    status=0
    said=$("$lexgen" out.c words a.tsv 2>&1) || status=$?
    if [ "$status" != "$1" ] || [ "$said" != "$2" ]; then
        printf 'not ok %s\n    exit %s, said: %s\n' "$3" "$status" "$said"
        failed=1
    elif [ "$status" != 0 ] && [ -e out.c ]; then
        printf 'not ok %s\n    a refused list left a table behind\n' "$3"
        failed=1
    else
        printf 'ok     %s\n' "${2:-accepted}"
    fi
}

head='# words\n#: word class:noun|verb note?\n'
expect 0 '' "${head}walk\tverb\twith a note\ndog\tnoun\n"
if ! grep -q '{DS_STR_INIT("a"), 2, 3, names0, cells0},' out.c ||
    [ "$(grep -n '"dog"' out.c | cut -d: -f1)" -ge "$(grep -n '"walk"' out.c | cut -d: -f1)" ]; then
    echo 'not ok the table is not there, or not sorted'
    failed=1
fi
expect 1 'a.tsv:4: a value that its column does not allow' "${head}walk\tverb\ndog\tanimal\n"
expect 1 'a.tsv:5: the same row stands above' "${head}walk\tverb\n# again\nwalk\tverb\n"
expect 1 'a.tsv:3: too few cells' "${head}walk\n"
expect 1 'a.tsv:3: more cells than columns' "${head}walk\tverb\tnote\tmore\n"
expect 1 'a.tsv:3: an empty cell where the column wants a value' "${head}\tverb\n"
expect 1 'a.tsv:4: not valid UTF-8' "${head}walk\tverb\ncaf\351\tnoun\n"
expect 1 'a.tsv:1: a row before the "#: " line that names the columns' 'walk\tverb\n'
expect 1 'a.tsv:2: the columns are named twice' '#: word\n#: word\n'
expect 1 'a.tsv:1: no "#: " line names the columns' ''
expect 1 'a.tsv:1: no columns are named' '#:  \n'
expect 1 'a.tsv:1: a column without a name' '#: word :a|b\n'

said=$("$lexgen" out.c words missing.tsv 2>&1) && failed=1
if [ "$said" != 'missing.tsv: cannot be read' ]; then
    echo "not ok a missing file: $said"
    failed=1
fi
exit $failed
