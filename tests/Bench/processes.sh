#!/usr/bin/env bash
# Images a second of one training in one process with one and with two threads, and in two processes with one thread each.
#
#   bash tests/Bench/processes.sh [MODEL] [SIZE] [BATCH] [STEPS]
#
# The median of the times between steps is taken, without the first ten. Needs an idle machine: the load is printed beside.
set -euo pipefail
model=${1:-seglstm_nano} size=${2:-64} batch=${3:-8} steps=${4:-60}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

measure() {
  local name=$1
  shift
  "$root/environment/seglstm" train --data synthetic --model "$model" --size "$size" --batch "$batch" --iterations "$steps" \
    --overlap 0 --validate-every "$steps" --save-every "$steps" --set training.log_every=1 --out "$out/$name" "$@" >"$out/$name.log" 2>&1 ||
    { cat "$out/$name.log" >&2; exit 1; }
  grep -o '"kind":"step".*' "$out/$name/metrics.jsonl" | sed 's/.*"seconds":\([0-9.e+-]*\).*/\1/' |
    awk 'NR > 10 { print $1 - before } { before = $1 }' | sort -g |
    awk -v name="$name" -v batch="$batch" '{ t[NR] = $1 } END { m = t[int((NR + 1) / 2)]
      printf "%-28s %8.1f ms a step %8.2f images a second (least %.1f ms)\n", name, 1e3 * m, batch / m, 1e3 * t[1] }'
}

echo "$model, crops of $size x $size, batches of $batch, $steps steps; load $(cut -d' ' -f1-3 /proc/loadavg)"
measure 1-process-1-thread --threads 1
measure 1-process-2-threads --threads 2
measure 2-processes-1-thread --threads 1 --processes 2
echo "load at the end $(cut -d' ' -f1-3 /proc/loadavg)"
