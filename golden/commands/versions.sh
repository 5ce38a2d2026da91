# A page that was edited without a word: what changed, figures first.
mkdir pages
write() {
    { printf '<html lang="en"><head><title>Ferry fire off Osterby</title></head><body><article><h1>Ferry fire off Osterby</h1>'
        printf '<p>A fire on the ferry Halvet killed at least %s people off Osterby on Sunday, the coast guard said.</p>' "$1"
        printf '<p>The ship had left Dorn in the morning with 120 passengers, and lay off the island until noon.</p>%s' "$2"
        printf '<p>The mayor, Anna Holm, %s the company for the fire that began in the kitchen of the ship.</p></article></body></html>\n' "$3"
    } >pages/ferry.html
}
write 17 '<p>Petro Varensky, who owns the company, could not be reached by the newspaper.</p>' 'blamed'
dossier --db news.db add pages
dossier --db news.db article 1:A --versions
write 31 '' 'did not blame'
dossier --db news.db add pages
dossier --db news.db article 1:A --versions --width 70
dossier --db news.db article pages/ferry.html --versions --format json | tr ',' '\n' | grep -E '"(was|is|kind|says_so)":"?[^{]'
dossier --db news.db article 1:B --versions
