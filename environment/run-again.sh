#!/usr/bin/env bash
# Runs tests that failed once more, each method in a process of its own. DIR holds the logs of a run (NAME.trx), BIN the test
# programs (BIN/NAME/release/NAME). What passes now was disturbed by what ran beside it, or has a race: its results are written to
# DIR/NAME.unsteady, a line each, which the sum names. More than three failures are not looked at: then something is broken.
#
#   bash environment/run-again.sh DIR BIN
set -euo pipefail

results=$1 programs=$2 most=3

# The names of the failed tests of a log, a line each. That none is found, grep takes for a failure of its own.
failures() {
  { grep --only-matching '<UnitTestResult [^>]*outcome="Failed"[^>]*>' "$1" || [ "$?" = 1 ]; } | sed 's/.* testName="\([^"]*\)".*/\1/'
}

total=0
for log in "$results"/*.trx; do
  [ -e "$log" ] || exit 0
  total=$((total + $(failures "$log" | wc -l)))
done
if [ "$total" = 0 ] || [ "$total" -gt "$most" ]; then exit 0; fi

for log in "$results"/*.trx; do
  name=$(basename "$log" .trx)
  # Rows of a theory are one method: "Namespace.Class.Method(argument: 1)".
  for method in $(failures "$log" | sed 's/(.*//' | sort --unique); do
    echo "test: once more: $method"
    code=0
    output=$("$programs/$name/release/$name" -method "$method" -noColor </dev/null 2>&1) || code=$?
    printf '%s\n' "$output"
    # A filter that fits nothing passes, too.
    if [ "$code" = 0 ] && grep --quiet 'Total: [1-9]' <<<"$output"; then
      failures "$log" | grep --fixed-strings "$method" >>"$results/$name.unsteady"
    fi
  done
done
