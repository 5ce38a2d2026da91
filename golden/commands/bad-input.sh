# Every bad input is named with its reason, the good page is read, the exit status is 3.
: >empty.html
mkdir no-pages
printf '\377\330\377\340\000\020JFIF\000' >photo.jpg
{ printf '<html><body><article><h1>Caf\351 closes</h1><p>The caf\351 on the quay closed on Monday after 14 years, its owner said, '
    printf 'and 3 waiters lost their jobs. It will be turned into a shop for ropes.</p></article></body></html>\n'; } >latin.html
dossier --db news.db add "$golden/shares.txt" missing.html empty.html no-pages photo.jpg latin.html
