# A page in a language without word lists is stored, grouped and shown; it has no figures, and that is said.
mkdir pages
{ printf '<html lang="de"><head><title>Staudamm bei Varn gebrochen: 17 Tote</title></head><body><article>'
    printf '<h1>Staudamm bei Varn gebrochen: 17 Tote</h1><p>Mindestens 17 Menschen kamen ums Leben und 210 werden vermisst, nachdem '
    printf 'der Staudamm bei Varn im Norden Orseniens gebrochen ist, wie der Zivilschutz am Sonntag mitteilte.</p><p>Die Flutwelle '
    printf 'erreichte Mirefold am Morgen. Rund 12.000 Bewohner mussten ihre Wohnungen verlassen, sagte der Leiter des Zivilschutzes, '
    printf 'Karl Ohm.</p></article></body></html>\n'; } >pages/de.html
{ printf '<html lang="en"><head><title>Varn dam breaks: 17 dead</title></head><body><article><h1>Varn dam breaks: 17 dead</h1>'
    printf '<p>At least 17 people were killed and 210 were missing after the Varn dam in northern Orsenia collapsed, the Civil Protection '
    printf 'Service said on Sunday.</p><p>The wave reached Mirefold in the morning. About 12,000 residents had to leave their homes, the '
    printf 'head of the service, Karl Ohm, said.</p></article></body></html>\n'; } >pages/en.html
dossier --db news.db add pages
dossier --db news.db show 1 | head -8
dossier --db news.db show 1 | grep -A 7 SOURCES
dossier --db news.db article 1:A | head -4
dossier read pages/de.html | head -4
