# SPDX-License-Identifier: Apache-2.0
# common.sh - what the scripts share; sourced, not run. Wants $me (the script's name) and $root (the repository).

# quietly COMMAND...: runs it, shows its output (on stderr) only when it fails.
quietly() {
    quiet_log=$(mktemp)
    quiet_status=0
    "$@" >"$quiet_log" 2>&1 </dev/null || quiet_status=$?
    [ "$quiet_status" -eq 0 ] || cat "$quiet_log" >&2
    rm -f "$quiet_log"
    return "$quiet_status"
}

# tell WORDS...: a line about what takes time, for a person who waits.
tell() {
    [ ! -t 2 ] || echo "$me: $*" >&2
}

# build NAME [MESON OPTION...]: configures build/NAME once and builds all of it.
build() {
    build_dir=$root/build/$1
    shift
    if [ ! -f "$build_dir/build.ninja" ]; then
        tell "configuring ${build_dir#"$root"/}"
        quietly meson setup "$@" "$build_dir" "$root" || {
            rm -rf "$build_dir"
            echo "$me: the configuration failed, see above" >&2
            return 1
        }
    fi
    tell "building ${build_dir#"$root"/}"
    quietly ninja -C "$build_dir" || {
        echo "$me: the build failed, see above" >&2
        return 1
    }
}
