#!/usr/bin/env bash
# Installs what is missing, builds, trains a small Seg-LSTM on a real Landsat scene, maps the whole scene and writes
# out/index.html, the page that shows it all.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
bash environment/setup.sh
environment/seglstm demo --out out
echo "run: open $PWD/out/index.html"
