#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# test_cli.sh PROGRAM - exit statuses, help, suggestions, and what goes to which stream. Prints "ok" or "not ok" a case.
set -u
program=$(CDPATH='' cd -- "$(dirname -- "$1")" && pwd)/$(basename -- "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
man=$(CDPATH='' cd -- "$(dirname -- "$0")/../../man" && pwd)/dossier.1
cd "$work" || exit 2
export HOME="$work/home" LC_ALL=C.UTF-8 NO_COLOR=
unset XDG_DATA_HOME COLUMNS
failed=0

report() { # OK NAME
    if [ "$1" = yes ]; then
        echo "ok - $2"
    else
        echo "not ok - $2"
        sed 's/^/#   out: /' out
        sed 's/^/#   err: /' err
        failed=1
    fi
}

# is NAME STATUS OUT ERR ARGUMENT... - run it; OUT and ERR are shell patterns over the whole stream.
is() {
    name=$1 want=$2 want_out=$3 want_err=$4
    shift 4
    status=0
    "$program" "$@" >out 2>err </dev/null || status=$?
    good=yes
    [ "$status" = "$want" ] || { good=no; echo "# status $status, not $want"; }
    # shellcheck disable=SC2254
    case $(cat out) in $want_out) ;; *) good=no ;; esac
    # shellcheck disable=SC2254
    case $(cat err) in $want_err) ;; *) good=no ;; esac
    report "$good" "$name"
}

mkdir pages empty
page() { # FILE SENTENCE
    printf '<html><head><title>Flood in Osterby</title></head><body><article><h1>Flood in Osterby</h1>
<p>%s The flood reached the village of Osterby on Monday, and the road to the coast was closed for the day.</p>
<p>The mayor said that about 1,200 people had left their homes, while 40 houses stood under water until the
evening of that day.</p></article></body></html>' "$2" >"$1"
}
page pages/a.html 'Police said that 12 people were killed in Osterby.'
page pages/b.html 'At least 15 people were killed in Osterby, rescue workers said.'
: >void.html

# ---- usage --------------------------------------------------------------------------------------------------
is 'no command' 2 '' '*usage: dossier COMMAND*'
is '--help' 0 '*usage: dossier COMMAND*annotate*Exit status*' '' --help
is '--version' 0 'dossier [0-9]*.[0-9]*.[0-9]*' '' --version
for command in add stories show timeline sources export claims questions article read profile annotate parse search serve verify remove similar reread; do
    is "$command --help" 0 "usage: dossier $command *Options:*" '' "$command" --help
    is "help $command" 0 "usage: dossier $command *" '' help "$command"
    is "$command --version" 0 'dossier [0-9]*' '' "$command" --version
done
for command in $("$program" --help | awk '/^  [a-z]/ { print $1 }'); do
    missing=
    grep -q "^\.Cm $command\$" "$man" && grep -q "^\.It Cm $command\>" "$man" || missing=$command
    for option in $("$program" "$command" --help | sed -n 's/^  --\([a-z-]*\).*/\1/p'); do
        grep -q "Fl Fl $option\>" "$man" || missing="$missing --$option"
    done
    : >out
    echo "$missing" >err
    report "$([ -z "$missing" ] && echo yes)" "the manual has $command and its options"
done
is 'a mistyped command' 2 '' 'dossier: no command “shwo”; did you mean “show”?' shwo 1
is 'no such command' 2 '' 'dossier: no command “frobnicate” (dossier --help)' frobnicate
is 'a mistyped option' 2 '' 'dossier: no option “--fromat”; did you mean “--format”?' show --fromat json
is 'no such option' 2 '' 'dossier: no option “--frobnicate”*' show --frobnicate
is 'an option without its value' 2 '' '--db: what follows it is missing*' show --db
is 'an option of another command' 2 '' 'dossier show: it takes no --layers*' show --layers times
is 'a rule where there is none to choose' 2 '' 'dossier claims: it takes no --rule*' claims --rule latest
is 'a rule for adding' 2 '' 'dossier add: it takes no --rule*' add pages --rule latest
is 'a folder without a name' 2 '' '--output: the name of a folder is missing' export 1 -o ''
is 'a rule that is none' 2 '' '--rule best: one of range, median-origin, latest, conservative, ucdp' show 1 --rule best
is 'a form that is none' 2 '' '--format xml: one of text, json' show 1 --format xml
is 'a form of another command' 2 '' '--format csv: one of text, json' show 1 --format csv
is 'jobs that are no number' 2 '' '--jobs many: a number from 1 to 64' add pages --jobs many
is 'a width out of bounds' 2 '' '--width 500: a number from 60 to 140' show --width 500
is 'a day that is none' 2 '' '--as-of tomorrow: a day is written YYYY-MM-DD' add pages --as-of tomorrow
is 'a layer that is none' 2 '' '--layers names: *' annotate --layers names
is 'no layer at all' 2 '' '--layers : *' annotate --layers ''
is 'a folder of word lists that is none' 2 '' '*: no folder of word lists: *' --lexicon no-such-folder annotate --layers times
is 'a story that is no number' 2 '' '“x” is no story*' show x
is 'too few words' 2 '' 'usage: dossier add PATH*' add
is 'too many words' 2 '' 'usage: dossier show *' show 1 2
LC_ALL=C is 'ASCII where the locale has no more' 2 '' 'dossier: no command "shwo"; did you mean "show"?' shwo

# ---- no store -------------------------------------------------------------------------------------------------
is 'no store yet' 1 '' 'the store is empty: add pages first (dossier add FOLDER)' stories
is 'no store there' 1 '' 'x.db: no store there; add pages first*' --db x.db show
is 'reading needs no store' 0 '{*' '' read pages --format jsonl
[ ! -e x.db ] && [ ! -e home/.local ] && good=yes || good=no
report $good 'asking makes no store'

# ---- add ------------------------------------------------------------------------------------------------------
is 'an empty folder' 1 '' 'empty: no pages in it' --db n.db add empty
is 'add' 0 'added 2 pages: 2 articles, * figures, 1 story' '' --db n.db add pages
is 'add again' 0 'nothing new: 2 pages already in the store' '' --db n.db add pages
page c.html 'The ministry said that more than 20 people were killed in Osterby.'
is 'some inputs fail' 3 'added 1 page: 1 article, * figures, 0 new stories; 2 inputs failed' \
    'missing.html: no such file*void.html: empty' --db n.db add missing.html void.html c.html
is 'all inputs fail' 3 'nothing added; 1 input failed' 'missing.html: no such file' --db n.db add missing.html
printf '<ul><li><a href="/1">One</a><li><a href="/2">Two</a></ul>' >menu.html
is 'no article' 1 'added 1 page: 0 articles' 'menu.html: no article (*); page kept' --db n.db add menu.html
"$program" --db stdin.db add - >out 2>err <<'LINES'
{"id":"1","text":"Police said that 12 people were killed in Osterby."}
LINES
[ $? = 0 ] && grep -q '^added 1 page' out && good=yes || good=no
report $good 'add from standard input'
is 'the default store' 0 'added 2 pages*' '' add pages
[ -s home/.local/share/dossier/dossier.db ] && good=yes || good=no
report $good 'the default store is under the home folder'
XDG_DATA_HOME=$work/data is 'the store under XDG_DATA_HOME' 0 'added 2 pages*' '' add pages
[ -s data/dossier/dossier.db ] && good=yes || good=no
report $good 'the store is under XDG_DATA_HOME'

# ---- views ----------------------------------------------------------------------------------------------------
is 'stories' 0 '*Osterby*' '' --db n.db stories
is 'show' 0 '*killed*' '' --db n.db show 1
is 'show the only story' 0 '*killed*' '' --db n.db show
is 'show as JSON' 0 '{*}' '' --db n.db show 1 --format json
is 'options before the command' 0 '{*}' '' --format json --db n.db show 1
is 'search' 0 '*1:*Flood in Osterby*' '' --db n.db search killing
is 'search for a phrase' 0 '*Osterby*' '' --db n.db search 'village of Osterby' -- -ferry
is 'search as JSON' 0 '{"query":"measure:killed",*"hits":\[{"story":1,*"next":"r1"}' '' --db n.db search measure:killed --format json --limit 1
is 'search goes on' 0 '*"hits":\[{*"next":*}' '' --db n.db search measure:killed --format json --limit 1 --cursor r1
is 'search, newest first' 0 '{*"score":null}*' '' --db n.db search flood --order newest --format jsonl
is 'search for either' 0 '{"query":"osterby OR zeppelin flood",*' '' --db n.db search --format json 'osterby OR zeppelin' flood
is 'search without a phrase' 0 '{"query":"flood -?"left home?"",*' '' --db n.db search --format json -- flood '-left home'
is 'search between days that are none' 2 '' '*a day after to:*' --db n.db search flood from:2024-10-20 to:2024-10-13
is 'search without a hit' 1 '' '*no article*' --db n.db search zeppelin
is 'search for nothing' 2 '' '*no word*' --db n.db search '...'
is 'search from a bad day' 2 '' '*YYYY-MM-DD*' --db n.db search flood from:2024
is 'search in a bad order' 2 '' '*one of rank, newest*' --db n.db search flood --order best
is 'add without a path' 2 '' 'usage: dossier add*' --db n.db add
is 'serve nowhere' 2 '' '*HOST:PORT*' --db n.db serve --listen nowhere
is 'serve to others without a token' 2 '' '*--token-file*' --db n.db serve --listen 0.0.0.0:0
is 'claims' 0 '*killed*' '' --db n.db claims
is 'claims as JSON lines' 0 '{*"measure":"killed"*}' '' --db n.db claims 1 --format jsonl
is 'claims of a measure' 0 '{*"measure":"killed"*}' '' --db n.db claims --measure killed --format jsonl
is 'no such claims' 1 '' 'no such claims' --db n.db claims --measure nothing
is 'questions' 0 '*killed*' '' --db n.db questions
is 'questions as JSON' 0 '\[{*}\]' '' --db n.db questions 1 --format json
is 'no timeline' 1 '' 'no timeline in this story' --db n.db timeline
echo '{"id":"1","title":"Flood in Osterby","published":"2024-10-14","text":"Police said that 12 people were killed on Sunday in Osterby."}' >d.jsonl
is 'add a dated page' 0 'added 1 page*' '' --db d.db add d.jsonl
is 'timeline' 0 'Flood in Osterby*TIMELINE*2024*13 Oct*A1*' '' --db d.db timeline
is 'timeline as JSON' 0 '\[{"when":*}\]' '' --db d.db timeline 1 --format json
is 'timeline as JSON lines' 0 '{"when":*}' '' --db d.db timeline 1 --format jsonl
is 'timeline as TSV' 0 'from	to	words*' '' --db d.db timeline 1 --format tsv
is 'sources' 0 'Flood in Osterby*SOURCES*A*B*C*' '' --db n.db sources
is 'sources as JSON' 0 '\[{"page":"A","doc":*}\]' '' --db n.db sources 1 --format json
is 'sources as CSV' 0 'page,doc,*A,pages/a.html,*' '' --db n.db sources 1 --format csv
is 'no timeline of no story' 1 '' 'no story 7; *' --db n.db timeline 7
is 'export' 0 '\[claims\]*\[questions\]*\[sources\]*' '' --db n.db export
is 'export as JSON' 0 '{"story":1,*"claims":\[*}' '' --db n.db export 1 --as json
is 'export as what there is not' 2 '' '--as xml: one of csv, json' --db n.db export 1 --as xml
is 'export into a folder' 0 '' '' --db n.db export 1 --as csv -o tables
[ "$(cd tables && echo *)" = 'answers.csv claims.csv flags.csv holders.csv key_points.csv origins.csv questions.csv similar.csv sources.csv timeline.csv verdicts.csv' ] &&
    [ "$(sed -n 1p tables/answers.csv | cut -d, -f1,2)" = question,answer ] && good=yes || good=no
report $good 'a file a table'
is 'export as one file' 0 '' '' --db n.db export 1 --as json --output tables
"$program" --db n.db show 1 --format json | cmp -s - tables/story.json && good=yes || good=no
report $good 'the file is what show has as JSON'
is 'export by another rule' 0 '{*"rule":"latest"*}' '' --db n.db export 1 --as json --rule latest
"$program" --db n.db show 1 --rule latest --format json | cmp -s - out && good=yes || good=no
report $good 'export reckons by a rule as show does'
is 'export no story' 1 '' 'no story 9; *' --db n.db export 9 -o newdir
[ ! -e newdir ] && good=yes || good=no
report $good 'no story makes no folder'
is 'export into no folder' 4 '' 'no/such: No such file or directory' --db n.db export 1 -o no/such
is 'export over a file' 4 '' 'void.html: *' --db n.db export 1 -o void.html
is 'the versions of an article' 0 '*1 version of *' '' --db n.db article 1:B --versions
is 'an article' 0 '*15 people*' '' --db n.db article 1:B
is 'an article by name' 0 '*15 people*' '' --db n.db article pages/b.html
is 'no such story' 1 '' 'no story 7; the store has 1 (dossier stories)' --db n.db show 7
is 'no such page' 1 '' 'no page F in story 1; it has A to C' --db n.db article 1:F3
is 'no such article' 1 '' 'no article x.html*' --db n.db article x.html
"$program" --db n.db show 1 --width 60 >narrow 2>err && ! awk '{ exit length($0) > 60 }' narrow | grep -q . && good=yes || good=no
report $good 'show at 60 columns'
LC_ALL=C "$program" --db n.db show 1 >out 2>err
! LC_ALL=C grep -q '[^ -~]' out && good=yes || good=no
report $good 'show in ASCII'
"$program" --db n.db show 1 >out 2>err
! grep -q "$(printf '\033')" out && good=yes || good=no
report $good 'no colour in a pipe'

# ---- read, annotate -------------------------------------------------------------------------------------------
is 'read' 0 '*Osterby*' '' read pages
is 'read as JSON lines' 0 '{"doc":"pages/a.html"*' '' read --format jsonl pages/a.html
site='<meta property=og:url content=https://post.example/'
repeat='<p>The Harbour Post is written by three people in a boat shed, free to read for all on the coast.</p>'
mkdir site
for i in 1 2 3; do
    echo "$site$i><h1>Day $i</h1><p>On day $i the ferry was late again, by $i hours and ten minutes.</p><p>Nobody was sorry on day $i.</p>$repeat" >site/$i.html
done
is 'profile' 0 '*#: block pages*?????????????????3' '' profile site
cp out sites.tsv
is 'read with a profile' 0 '*"text":"*ferry was late again*' '' read --profile sites.tsv --format jsonl site/1.html
if grep -q 'boat shed' out; then report no 'what a site repeats is left out'; else report yes 'what a site repeats is left out'; fi
is 'a profile that is none' 2 '' '*a.html*' read --profile pages/a.html site
is 'a profile that is not there' 2 '' 'no.tsv: No such file*' read --profile no.tsv site
is 'read what fails' 3 '{*' 'missing.html: no such file' read --format jsonl missing.html pages/a.html
printf '{"id":"x","text":"Police said that 12 people were killed."}\n' >in.jsonl
is 'annotate' 0 '{*"x"*}' '' annotate in.jsonl
is 'annotate a layer' 0 '{*"quantities"*}' '' annotate --layers quantities --offsets chars in.jsonl
"$program" annotate <in.jsonl >out 2>err && grep -q '"x"' out && good=yes || good=no
report $good 'annotate standard input'

printf 'The boat sank. Nobody died.\n' >in.txt
is 'parse' 0 '# newdoc id = in.txt*# sent_id = 1*# text = The boat sank.*4	.	.	PUNCT	*# sent_id = 2*' '' parse in.txt
is 'parse JSON lines' 0 '# newdoc id = x*' '' parse --tags-only in.jsonl
"$program" parse - <in.txt >out 2>err && grep -q '^# text = Nobody died.$' out && good=yes || good=no
report $good 'parse standard input'
"$program" parse in.txt 2>err >words.conllu && "$program" parse --input conllu words.conllu >out 2>>err && cmp -s words.conllu out && good=yes || good=no
report $good 'what parse prints, it reads as it was'
printf '1\tboat\n' >bad.conllu
is 'parse what is not CoNLL-U' 3 '' 'bad.conllu:1: CoNLL-U has 10 columns*' parse --input conllu bad.conllu
printf 'It sank.\n\377\n' >bad.txt
is 'parse what is not UTF-8' 3 '' 'bad.txt:2: not UTF-8' parse bad.txt
is 'an input that is none' 2 '' '--input xml: one of text, jsonl, conllu' parse --input xml in.txt
is 'parse in another form' 2 '' '--format json: one of conllu' parse --format json in.txt

# ---- care -----------------------------------------------------------------------------------------------------
is 'verify' 0 'nothing wrong*' '' --db n.db verify
"$program" --db n.db verify --digest >out 2>err && grep -Eqx '[0-9a-f]{64}' out && good=yes || good=no
report $good 'verify --digest'
for jobs in 1 2; do
    "$program" --db jobs$jobs.db --jobs $jobs add pages c.html >/dev/null 2>&1
    "$program" --db jobs$jobs.db verify --digest >digest$jobs 2>err
    "$program" --db jobs$jobs.db claims --format jsonl >claims$jobs 2>err
done
cmp -s digest1 digest2 && cmp -s claims1 claims2 && good=yes || good=no
report $good 'one thread and two: the same store, the same claims'
is 'remove' 0 'removed c.html' '' --db n.db remove c.html
is 'remove what is not there' 1 '' 'no page c.html in the store' --db n.db remove c.html

# ---- the store or the output fails ------------------------------------------------------------------------------
printf 'This is no store, but a text of some length.' >text.db
is 'not a store' 4 '' 'text.db: not a dossier store; unchanged' --db text.db stories
is 'a folder as store' 4 '' 'pages: a folder, not a store; nothing was added' --db pages add c.html
is 'a file where a folder should be' 4 '' 'c.html/n.db: cannot write (*); nothing was added' --db c.html/n.db add pages
if [ -w /dev/full ]; then
    "$program" --db n.db show 1 >/dev/full 2>err
    [ $? = 4 ] && grep -q 'the output cannot be written' err && good=yes || good=no
    report $good 'standard output is full'
    for full in 'export 1' 'export 1 --as json' 'questions 1' '--help'; do
        # shellcheck disable=SC2086
        "$program" --db n.db $full >/dev/full 2>err
        [ $? = 4 ] && [ "$(cat err)" = 'dossier: the output cannot be written (No space left on device)' ] && good=yes || good=no
        report $good "$full: why standard output takes no more"
    done
fi
exit $failed
