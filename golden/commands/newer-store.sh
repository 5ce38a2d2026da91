# A store that a newer dossier wrote is refused and stays as it is.
dossier --db news.db add "$golden/shares.txt"
printf '\000\000\000\143' | dd of=news.db bs=1 seek=60 conv=notrunc 2>/dev/null # SQLite keeps user_version there
before=$(cksum <news.db)
dossier --db news.db show 1 || echo "exit $?"
dossier --db news.db add "$golden/bounds.txt" || echo "exit $?"
[ "$before" = "$(cksum <news.db)" ] && echo unchanged
