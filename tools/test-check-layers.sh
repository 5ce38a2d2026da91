#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# test-check-layers.sh CHECK-LAYERS - a violation is named with file and line, a clean tree passes.
set -eu
check=$1
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failed=0

# expect WHAT STATUS OUTPUT: what check-layers says of the tree
expect() {
    status=0
    out=$("$check" "$tree" 2>&1) || status=$?
    if [ "$status" = "$2" ] && [ "$out" = "$3" ]; then
        echo "ok     $1"
    else
        printf 'not ok %s: exit %s, wanted %s\n%s\n' "$1" "$status" "$2" "$out"
        failed=1
    fi
}

# with NAME LINE...: a file of the tree
with() {
    file=$tree/src/$1
    shift
    printf '%s\n' "$@" >"$file"
}

mkdir -p "$tree/src/base" "$tree/src/text" "$tree/src/engine"
expect 'no LAYERS' 2 'src/LAYERS: cannot be read'

with LAYERS '# low to high' base 'text base # not engine' 'engine base text'
with base/x.c '#include "base/base.h"' '#include <sys/stat.h>' '// #include "text/text.h"'
with text/x.c '#include "internal.h"' '#include "text/internal.h"' '#include "base/base.h"'
with text/x.cc '#include "base/base.h"'
with engine/x.c '#include "dossier/dossier.h"' '  #  include "text/text.h"'
expect 'a clean tree' 0 ''

with base/x.c '' '#include "base/base.h"' '#include "text/text.h"'
expect 'a module above' 1 'src/base/x.c:3: base may not include text'
with base/x.c '#include <text/text.h>'
expect 'in angle brackets too' 1 'src/base/x.c:1: base may not include text'
with base/x.c '#include "base/base.h"'

with text/x.h '#include "engine/engine.h"'
expect 'a header' 1 'src/text/x.h:1: text may not include engine'
with text/x.h '#include "base/base.h"'

with text/x.cc '' '#include "engine/engine.h"'
expect 'a C++ file' 1 'src/text/x.cc:2: text may not include engine'
with text/x.cc '#include "base/base.h"'

with engine/x.c '#include "text/internal.h"'
expect 'an inner header of another module' 1 'src/engine/x.c:1: engine may include only text/text.h of text'
with engine/x.c '#include "dossier/secret.h"'
expect 'another public header' 1 'src/engine/x.c:1: engine may not include dossier/secret.h'
with engine/x.c '#include "dossier/dossier.h"'

with text/x.c '#include "dossier/dossier.h"'
expect 'the public header from below' 1 'src/text/x.c:1: text may not include dossier/dossier.h'

with base/x.c '#include "engine/engine.h"'
expect 'two at once' 1 'src/base/x.c:1: base may not include engine
src/text/x.c:1: text may not include dossier/dossier.h'
rm "$tree"/src/*/*
mkdir "$tree/src/serve"
with serve/x.c 'int x;'
with LAYERS 'base text' 'text base'
expect 'a circle, a module that LAYERS does not name' 1 'src/LAYERS:1: base names text, which does not stand above it
src/serve/x.c:1: serve is not in src/LAYERS'
exit $failed
