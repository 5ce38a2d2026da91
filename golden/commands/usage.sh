# What a person sees who mistypes.
try() { dossier "$@" || echo "exit $?"; }
try
try shwo 1
try --db news.db stories
try --db news.db show 7
try --db news.db --rule best show 1
try --db news.db --format xml show 1
