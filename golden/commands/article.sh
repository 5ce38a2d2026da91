# An article with who says what: chains, a quotation over sentences, hedges; compact; one sentence; as data; by other word lists.
mkdir pages lists
{ printf '<html lang="en"><head><title>Varn dam: ministry denies locked gates</title></head><body><article>'
    printf '<h1>Varn dam: ministry denies locked gates</h1><p>Mayor Anna Holm said on Monday that 40 people had died and that more '
    printf 'rain may come. “We lost everything,” she told the Orsenia Courier. “Nobody knew. It was the worst night.”</p><p>The ministry '
    printf 'denied that the gates were locked, the agency Orpress reported. That could not be independently verified. The old gates are '
    printf 'of iron.</p><p>According to the fire service, at least 17 houses burned, and 30 guards might be charged. A second dam stands '
    printf 'north of Mirefold.</p></article></body></html>\n'; } >pages/varn.html
printf '%s\n' '#: phrase certainty:reported|estimated|planned|possible|unverified|denied scope:clause|sentence with? note?' \
    'more	possible	clause' >lists/certainty.tsv
dossier --db news.db add pages
dossier --db news.db article 1:A
dossier --db news.db article 1:A --figures --width 100
LC_ALL=C dossier --db news.db article 1:A4
dossier --db news.db article 1:A --format json | sed 's/.*\("attributions":\)/\1/; s/},/},\
/g'
dossier --db news.db article 1:A1 --lexicon lists
dossier --db news.db article 1:A --lexicon nowhere || echo "exit $?"
