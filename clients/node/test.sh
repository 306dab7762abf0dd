#!/bin/sh
# Installs the dependencies and runs the tests; PAWL_SERVER and PAWL_WORKFLOW as in
# test/server.test.js. Exit: 0 passed, 1 failed, 75 could not run (no node, no npm, no registry).
set -u
cd "$(dirname "$0")" || exit 1

cannot() {
  echo "node client tests not run: $1" >&2
  exit 75
}

command -v node >/dev/null 2>&1 || cannot "node is not on the PATH"
command -v npm >/dev/null 2>&1 || cannot "npm is not on the PATH"
[ "$(node -p 'Number(process.versions.node.split(".")[0]) >= 20')" = true ] ||
  cannot "node $(node --version) is older than 20"
npm install --no-package-lock --no-audit --no-fund --loglevel=error --fetch-retries=1 >&2 ||
  cannot "npm could not install the dependencies"
exec node --test --test-reporter=spec test/*.test.js
