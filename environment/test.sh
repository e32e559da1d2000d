#!/usr/bin/env bash
# Installs what is missing, builds everything, runs every test project under tests/ but the benchmarks.
# The last line is the sum over all of them: "N passed, N failed", with ", N skipped" where any were.
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
while read -r project; do
  name=$(basename "$project" .csproj)
  echo "test: $name"
  code=0
  dotnet test "$project" -c Release --no-build --nologo --results-directory "$results" \
    --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" </dev/null || code=$?
  echo "$code" >"$results/$name.exit"
done < <(find tests -name '*.csproj' -not -path 'tests/Bench/*' | sort)

bash environment/sum-tests.sh "$results"
