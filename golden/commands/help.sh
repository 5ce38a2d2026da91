dossier --version
dossier --help
for command in add stories show timeline sources export claims questions article read annotate verify remove; do
    echo "== $command"
    dossier "$command" --help
done
