#!/usr/bin/env bash
# Installs what is missing, builds, executes every notebook of notebooks/ and writes out/index.html, the executed workbook: a list of
# pages that need no network. Where one fails, its page shows where, and the exit code is 1.
#
#   bash environment/run.sh
set -euo pipefail

# What the caller wrote is relative to the caller's folder.
if [ -n "${SEGLSTM_DATA:-}" ]; then export SEGLSTM_DATA=$(realpath --canonicalize-missing "$SEGLSTM_DATA"); fi
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bash environment/setup.sh
written() { stat --format=%y out/index.html 2>/dev/null || true; }
before=$(written)
code=0
environment/seglstm notebook run notebooks/*.ipynb --out out || code=$?
# Where the build failed there is none, or that of an earlier run.
[ "$(written)" = "$before" ] || echo "run: open $PWD/out/index.html"
exit "$code"
