# The number of threads does not show: same claims, same digest.
dossier --db one.db --jobs 1 add "$golden/bounds.txt" "$golden/ferry.html" "$golden/shares.txt" "$golden/two-on-a-page.txt" >/dev/null
dossier --db two.db --jobs 2 add "$golden/bounds.txt" "$golden/ferry.html" "$golden/shares.txt" "$golden/two-on-a-page.txt" >/dev/null
dossier --db one.db claims --format jsonl >one.jsonl
dossier --db two.db claims --format jsonl >two.jsonl
cmp one.jsonl two.jsonl && echo 'same claims'
one=$(dossier --db one.db verify --digest)
two=$(dossier --db two.db verify --digest)
[ "$one" = "$two" ] && echo 'same digest'
dossier --db one.db remove "$golden/shares.txt" >/dev/null && echo removed
dossier --db one.db verify
