# shellcheck shell=bash
# Sourced by tests that need programs of the npm registry: sets MODULES, the folder above node_modules.
#
# They are installed once, from package-lock.json, into the build's folder, and again when the lock changes.
MODULES=$ROOT/.build/npm
export MODULES
npm_install() {
    cmp -s "$ROOT/tests/npm/package-lock.json" "$MODULES/installed" && return 0
    command -v npm >"$TMP/npm" || {
        echo "npm isn't there: make deps installs it"
        return 1
    }
    mkdir -p "$MODULES" &&
        cp "$ROOT"/tests/npm/package.json "$ROOT"/tests/npm/package-lock.json "$MODULES" &&
        (cd "$MODULES" && npm ci --no-audit --no-fund --ignore-scripts --prefer-offline >"$TMP/said" 2>&1) &&
        cp "$MODULES/package-lock.json" "$MODULES/installed" && return 0
    tail -n 5 "$TMP/said"
    echo "what tests/npm/package.json names can't be installed: the npm registry must be reachable, once"
    return 1
}
# Tests run side by side: one installs, the others wait for it.
mkdir -p "$ROOT/.build"
exec 9>"$ROOT/.build/npm.lock"
flock 9
npm_install
installed=$?
exec 9>&-
[ $installed -eq 0 ] || exit 1
