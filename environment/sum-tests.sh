#!/usr/bin/env bash
# Sums the test projects of one run: DIR holds NAME.exit (the exit code of the runner) and NAME.trx (its log) for each.
# Says on standard error which project failed, crashed or ran nothing; a crash and an empty run count as one failure. Tests that
# passed when they were run again (NAME.unsteady, a line each) are no failures, but are named and counted by themselves.
# The only line on standard output is the sum. Exits with 0 only where every project ran something and nothing failed.
#
#   bash environment/sum-tests.sh DIR
set -euo pipefail

results=$1
passed=0 failed=0 skipped=0 unsteady=0 projects=0

# A number of the one <Counters .../> element of a TRX log.
counter() {
  grep --only-matching --max-count=1 '<Counters [^>]*>' "$2" | sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p"
}

problem() {
  printf 'test: %s\n' "$1" >&2
  failed=$((failed + 1))
}

for exit in "$results"/*.exit; do
  [ -e "$exit" ] || break
  projects=$((projects + 1))
  name=$(basename "$exit" .exit) log=${exit%.exit}.trx code=$(cat "$exit")
  if ! grep --quiet '<Counters ' "$log" 2>/dev/null; then
    problem "$name crashed or could not start: exit code $code, no results"
    continue
  fi
  ran=$(counter executed "$log") bad=0
  for kind in failed error timeout aborted; do bad=$((bad + $(counter $kind "$log"))); done
  again=0
  if [ -e "$results/$name.unsteady" ]; then
    again=$(wc -l <"$results/$name.unsteady")
    sed 's/^/test: unsteady, passed only when run again: /' "$results/$name.unsteady" >&2
    unsteady=$((unsteady + again)) bad=$((bad - again))
    # The runner's code says that there were failures: of these none is left.
    [ "$bad" != 0 ] || code=0
  fi
  passed=$((passed + again + $(counter passed "$log")))
  failed=$((failed + bad))
  skipped=$((skipped + $(counter total "$log") - ran))
  if [ "$bad" != 0 ]; then
    printf 'test: %s: %s failed\n' "$name" "$bad" >&2
  elif [ "$code" != 0 ]; then
    problem "$name crashed: exit code $code, although none of its $ran finished tests failed"
  elif [ "$ran" = 0 ]; then
    problem "$name ran nothing"
  fi
done
[ "$projects" != 0 ] || problem "no test project ran ($results holds no results)"

summary="$passed passed, $failed failed"
[ "$skipped" = 0 ] || summary+=", $skipped skipped"
[ "$unsteady" = 0 ] || summary+=", $unsteady unsteady"
echo "$summary"
[ "$failed" = 0 ]
