#!/usr/bin/env bash
# Installs what is missing, builds everything, runs every test project under tests/ but the benchmarks.
# The last line is the sum over all of them: "N passed, N failed", with ", N skipped" where any were. Up to three failures are run
# once more; what passes then is named, and counted as ", N unsteady".
set -euo pipefail

# What the caller wrote is relative to the caller's folder.
if [ -n "${SEGLSTM_DATA:-}" ]; then export SEGLSTM_DATA=$(realpath --canonicalize-missing "$SEGLSTM_DATA"); fi
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

bash environment/setup.sh --tests

echo "test: building"
touch artifacts/seglstm.built.new
dotnet build SegLstm.sln -c Release -v quiet -nologo
# The same build serves environment/seglstm.
mv artifacts/seglstm.built.new artifacts/seglstm.built

results=artifacts/test-results
rm -rf "$results"
mkdir -p "$results"
run() {
  local name code=0
  name=$(basename "$1" .csproj)
  echo "test: $name"
  dotnet test "$1" -c Release --no-build --nologo --results-directory "$results" \
    --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" </dev/null &>"$results/$name.log" || code=$?
  echo "$code" >"$results/$name.exit"
  cat "$results/$name.log"
}
export -f run
export results

# Two projects at a time: the tests of whole programs wait for them most of the time, those of the library keep one processor busy.
# Together these two take as long as all others, so they start first.
{
  echo tests/EndToEnd/SegLstm.EndToEnd.Tests.csproj
  echo tests/SegLstm.Tests/SegLstm.Tests.csproj
  find tests -name '*.csproj' -not -path 'tests/Bench/*' -not -path 'tests/EndToEnd/*' -not -path 'tests/SegLstm.Tests/*' | sort
} | xargs --max-procs=2 -I{} bash -c 'run {}'

bash environment/run-again.sh "$results" artifacts/bin
bash environment/sum-tests.sh "$results"
