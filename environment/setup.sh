#!/usr/bin/env bash
# Makes this machine ready: Debian packages, the default data and web libraries, the native door to libtorch, the NuGet packages.
# What is there already is left alone; then it takes a second or two and needs no network.
#
#   bash environment/setup.sh            what the command and the notebooks need, classic Jupyter Notebook included
#   bash environment/setup.sh --tests    also what the tests need: a browser, the public test suite of kernels, and for the GPU
#                                        kernels OpenCL on the processor and clang, which compiles them for CUDA, too
#   LIBTORCH=/opt/libtorch bash environment/setup.sh    another libtorch than Debian's (the folder of include/ and lib/)
#   SEGLSTM_DATA=/data/seglstm bash environment/setup.sh    the data elsewhere than in artifacts/data
set -euo pipefail

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$@" >&2; exit 1; }

for_tests=
case "$*" in
  "") ;;
  --tests) for_tests=yes ;;
  *) fail "expected nothing or --tests, got: $*" ;;
esac

# What the caller wrote is relative to the caller's folder.
for folder in LIBTORCH SEGLSTM_DATA; do
  if [ -n "${!folder:-}" ]; then export "$folder=$(realpath --canonicalize-missing "${!folder}")"; fi
done

cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
log=$root/artifacts/setup.log
door=artifacts/native/libseglstm_torch.so

# Runs a command that may be long, its output in the log, and shows the log's end where it fails.
logged() {
  if ! "$@" >>"$log" 2>&1; then
    tail -n 25 "$log" >&2
    return 1
  fi
}

# What to put before a command that needs root.
privileged=()
require_root() {
  [ "$(id -u)" != 0 ] || return 0
  command -v sudo >/dev/null || fail "$1 needs root, and there is no sudo." "Run as root: bash environment/setup.sh"
  privileged=(sudo)
}

claim_artifacts() {
  mkdir -p artifacts 2>/dev/null || true
  [ -w artifacts ] || fail "$root/artifacts cannot be written by $(id -un) (made by root, perhaps)." \
    "Mend it with: sudo chown -R $(id -un) '$root/artifacts'"
  exec 9>artifacts/setup.lock
  if ! flock --nonblock 9; then
    say "another setup is at work here; waiting for it"
    flock 9
  fi
  : >"$log"
}

require_sdk() {
  command -v dotnet >/dev/null || fail "the .NET SDK is missing: no 'dotnet' on PATH." \
    "Install the .NET 10 SDK (package dotnet-sdk-10.0 of Microsoft's feed, or the dotnet-install script)."
  local version
  version=$(dotnet --version 2>&1) || fail "no installed .NET SDK satisfies global.json:" "$version" \
    "Install the .NET 10 SDK (package dotnet-sdk-10.0 of Microsoft's feed, or the dotnet-install script)."
  say ".NET SDK $version"
}

install_packages() {
  local wanted=(ca-certificates g++ cmake ninja-build libopenblas0-pthread gdal-bin libzmq5 xz-utils jupyter-notebook)
  # The driver decides which Chromium it can drive; the font is what pictures of pages are lettered in.
  [ -z "$for_tests" ] || wanted+=(python3-jupyter-client python3-jupyter-kernel-test python3-nbclient python3-nbconvert
    python3-nbformat chromium chromium-driver fonts-dejavu-core clang-16
    pocl-opencl-icd ocl-icd-libopencl1)
  # A libtorch of one's own brings its own Gloo.
  [ -n "${LIBTORCH:-}" ] || wanted+=(libtorch-dev libgloo-dev)
  local fetch
  fetch=$(bash environment/fetch-data.sh --missing)
  if grep -q ' npm ' <<<"$fetch" && ! command -v npm >/dev/null; then
    wanted+=(npm)
  fi

  command -v dpkg-query >/dev/null || fail "this is no Debian system (no dpkg-query), and setup installs Debian packages." \
    "Use Debian 12 or environment/Dockerfile. Wanted: ${wanted[*]}"
  local have missing
  have=$(dpkg-query --show --showformat='${db:Status-Abbrev}${Package}\n' "${wanted[@]}" 2>/dev/null | sed -n 's/^ii //p' || true)
  missing=$(comm -23 <(printf '%s\n' "${wanted[@]}" | sort) <(sort -u <<<"$have"))

  # apt-get download needs the package lists too.
  if [ -n "$missing" ] || { grep -q ' apt ' <<<"$fetch" && ! apt_lists_know "$fetch"; }; then
    say "refreshing the package lists"
    require_root "apt-get update"
    logged "${privileged[@]}" apt-get update -q -o Acquire::Retries=3 ||
      fail "apt-get update failed (above). Check the network and the package sources, then: bash environment/setup.sh"
  fi
  if [ -z "$missing" ]; then
    say "Debian packages: all ${#wanted[@]} are installed"
    return
  fi

  # shellcheck disable=SC2086 # one word a package
  set -- $missing
  require_root "installing $*"
  say "installing $* (a minute or two, log in $log)"
  logged "${privileged[@]}" dpkg --configure -a || fail "dpkg cannot finish an earlier installation (above)." \
    "Mend it with: dpkg --configure -a && apt-get --fix-broken install"
  logged "${privileged[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
    -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 "$@" ||
    fail "apt-get could not install: $*" "Mend it with: apt-get install --no-install-recommends $*"
}

apt_lists_know() {
  awk '$2 == "apt" { print $3 }' <<<"$1" | sort -u | while read -r package; do
    apt-cache show "$package" 2>/dev/null | grep -q '^Filename:' || return 1
  done
}

build_door() {
  # CMake would quietly fall back to the system's.
  [ -z "${LIBTORCH:-}" ] || [ -e "$LIBTORCH/share/cmake/Torch/TorchConfig.cmake" ] ||
    fail "LIBTORCH=$LIBTORCH holds no libtorch: there is no share/cmake/Torch/TorchConfig.cmake in it." \
      "Name the folder that has include/, lib/ and share/ of a libtorch, or unset LIBTORCH to use Debian's."
  local configured_for=artifacts/native/libtorch.txt source
  source=$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' artifacts/native/CMakeCache.txt 2>/dev/null || true)
  if [ ! -e artifacts/native/build.ninja ] || [ "$source" != "$root/src/native" ] ||
     [ "$(cat "$configured_for" 2>/dev/null || true)" != "${LIBTORCH:-}" ]; then
    say "configuring the native door (libtorch: ${LIBTORCH:-of the system})"
    logged cmake --fresh -S src/native -B artifacts/native -G Ninja -DCMAKE_BUILD_TYPE=Release ||
      fail "CMake could not configure src/native (above)." "Mend what it names, then: bash environment/setup.sh"
    printf '%s' "${LIBTORCH:-}" >"$configured_for"
  fi
  local before
  before=$(stat --format=%y "$door" 2>/dev/null || true)
  logged cmake --build artifacts/native || fail "the native door did not compile (above, and $log)."
  [ -e "$door" ] || fail "the build of src/native made no $door."
  if [ "$before" = "$(stat --format=%y "$door")" ]; then
    say "native door: up to date"
  else
    say "native door: built ($door)"
  fi
}

# So that the first build, like every later one, needs no network.
restore_packages() {
  local stamp=artifacts/restored changed
  changed=$(find src tests Directory.*.props Directory.*.targets global.json ./*.sln \
    \( -name '*.csproj' -o -name '*.props' -o -name '*.targets' -o -name '*.json' -o -name '*.sln' \) \
    -newer "$stamp" -print -quit 2>/dev/null || echo all)
  if [ -e "$stamp" ] && [ -z "$changed" ]; then
    say_restored
    return
  fi
  say "restoring the NuGet packages"
  touch "$stamp.new"
  # MSBuild's servers outlive this script: they must not inherit its lock.
  logged dotnet restore SegLstm.sln 9>&- || fail "dotnet restore failed (above)." \
    "Check the network and 'dotnet nuget list source', then: dotnet restore SegLstm.sln"
  # Apart, because everything works without it.
  dotnet restore environment/crossgen.proj >>"$log" 2>&1 9>&- || true
  mv "$stamp.new" "$stamp"
  say_restored
}

# NuGet notes how its last try with the compiler ended, whoever made it.
say_restored() {
  if grep -q '"success": true' artifacts/obj/crossgen/project.nuget.cache 2>/dev/null; then
    say "NuGet packages: restored"
  else
    say "NuGet packages: restored but for the ahead-of-time compiler, without which the notebook kernel starts a second slower." \
      "Try again with: dotnet restore environment/crossgen.proj"
  fi
}

started=$SECONDS
claim_artifacts
require_sdk
install_packages
bash environment/fetch-data.sh
build_door
restore_packages
say "ready ($((SECONDS - started)) s)"
