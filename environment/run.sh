#!/usr/bin/env bash
# Installs what is missing, builds, executes every notebook of notebooks/ and writes out/index.html, the executed workbook: a list of
# pages that need no network. Where one fails, its page shows where, and the exit code is 1.
#
#   bash environment/run.sh
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
bash environment/setup.sh
code=0
environment/seglstm notebook run notebooks/*.ipynb --out out || code=$?
echo "run: open $PWD/out/index.html"
exit "$code"
