#!/bin/sh
# Checks the wire API: `buf lint`, and `buf breaking` against the baseline commit (WIRE_BASELINE).
# Exit: 0 clean, 1 findings, 75 buf could not be had (no node, no npm, no way to the registry).
set -u
cd "$(dirname "$0")" || exit 1

cannot() {
  echo "buf checks not run: $1" >&2
  exit 75
}

command -v node >/dev/null 2>&1 || cannot "node is not on the PATH"
command -v npm >/dev/null 2>&1 || cannot "npm is not on the PATH"

buf=node_modules/.bin/buf
wanted=$(node -p "require('./package.json').devDependencies['@bufbuild/buf']")
if [ "$("$buf" --version 2>/dev/null)" != "$wanted" ]; then
  npm install --no-package-lock --no-audit --no-fund --loglevel=error --fetch-retries=1 >&2 ||
    cannot "npm could not install @bufbuild/buf $wanted"
  [ "$("$buf" --version 2>/dev/null)" = "$wanted" ] ||
    cannot "@bufbuild/buf $wanted was installed and does not start on this machine"
fi

findings=0
echo "buf lint"
"$buf" lint || findings=1

# A git ref and not a stored image: generated binaries don't belong into the repository.
baseline() {
  git rev-parse --git-dir >/dev/null 2>&1 || { echo "not a git checkout" >&2; return 1; }
  if [ "$(git rev-parse --is-shallow-repository)" = true ]; then
    echo "a shallow clone has no history to compare with (git fetch --unshallow)" >&2
    return 1
  fi
  if [ -n "$(git status --porcelain -- WIRE_BASELINE)" ]; then
    echo "WIRE_BASELINE is being changed; commit it, then compare" >&2
    return 1
  fi
  git log -1 --format=%H -- WIRE_BASELINE
}

if base=$(baseline) && [ -n "$base" ]; then
  echo "buf breaking against $(git log -1 --format='%h (%cs, %s)' "$base")"
  old=$(mktemp -d) || exit 1
  trap 'rm -rf "$old"' EXIT
  prefix=$(git rev-parse --show-prefix)
  git -C "$(git rev-parse --show-toplevel)" archive "$base:${prefix%/}" buf.yaml src/main/protobuf |
    tar -x -C "$old" || exit 1
  "$buf" breaking --against "$old" || findings=1
else
  echo "buf breaking not run: no baseline" >&2
fi
exit $findings
