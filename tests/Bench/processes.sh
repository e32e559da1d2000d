#!/usr/bin/env bash
# What one process with one and with two threads, and two processes with one thread each, train or map in a second.
#
#   bash tests/Bench/processes.sh [train [MODEL] [SIZE] [BATCH] [STEPS]]    images a second of a training
#   bash tests/Bench/processes.sh map [MODEL] [SIZE] [SIDE] [ROUNDS]        megapixels a second of a scene of SIDE x SIDE pixels
#
# Of a training the median of the times between steps is taken, without the first ten. Maps are made in turns, ROUNDS of each.
# Needs an idle machine: the load is printed beside.
set -euo pipefail
what=${1:-train} model=${2:-seglstm_nano} size=${3:-64}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

quietly() {
  "$root/environment/seglstm" "$@" >"$out/log" 2>&1 || { cat "$out/log" >&2; exit 1; }
}

each() {
  "$1" 1-process-1-thread --threads 1
  "$1" 1-process-2-threads --threads 2
  "$1" 2-processes-1-thread --threads 1 --processes 2
}

train() {
  local name=$1
  shift
  quietly train --data synthetic --model "$model" --size "$size" --batch "$batch" --iterations "$steps" \
    --overlap 0 --validate-every "$steps" --save-every "$steps" --set training.log_every=1 --out "$out/$name" "$@"
  grep -o '"kind":"step".*' "$out/$name/metrics.jsonl" | sed 's/.*"seconds":\([0-9.e+-]*\).*/\1/' |
    awk 'NR > 10 { print $1 - before } { before = $1 }' | sort -g |
    awk -v name="$name" -v batch="$batch" '{ t[NR] = $1 } END { m = t[int((NR + 1) / 2)]
      printf "%-28s %8.1f ms a step %8.2f images a second (least %.1f ms)\n", name, 1e3 * m, batch / m, 1e3 * t[1] }'
}

map() {
  local name=$1
  shift
  quietly predict -c "$out/model/last.safetensors" -i "$out/scene.img" -o "$out/map.tif" "$@"
  sed -n 's/^\([0-9.]*\) megapixels a second.*/\1/p' "$out/log" >>"$out/$name"
  # Whoever makes it, it is one map.
  cp "$out/map.tif" "$out/$name.tif"
}

mapped() {
  sort -g "$out/$1" | awk -v name="$1" '{ s[NR] = $1 } END {
    printf "%-28s %8.3f megapixels a second (median of %d; most %.3f)\n", name, s[int((NR + 1) / 2)], NR, s[NR] }'
}

echo "load $(cut -d' ' -f1-3 /proc/loadavg)"
case $what in
  train)
    batch=${4:-8} steps=${5:-60}
    echo "$model, crops of $size x $size, batches of $batch, $steps steps"
    each train
    ;;
  map)
    side=${4:-512} rounds=${5:-3}
    echo "$model, windows of $size x $size that share half, $side x $side pixels of three bands"
    quietly train --data synthetic --model "$model" --size "$size" --batch 2 --iterations 1 --warmup 0 --overlap 0 --out "$out/model"
    # What a pixel shows costs nothing.
    head -c $((3 * side * side)) /dev/urandom >"$out/scene.img"
    printf 'ENVI\nsamples = %d\nlines = %d\nbands = 3\ndata type = 1\ninterleave = bsq\nbyte order = 0\n' "$side" "$side" >"$out/scene.hdr"
    for ((round = 0; round < rounds; round++)); do each map; done
    each mapped
    cmp "$out/1-process-1-thread.tif" "$out/2-processes-1-thread.tif"
    echo "two processes made the bytes of one"
    ;;
  *)
    echo "processes.sh: '$what': expected train or map" >&2
    exit 1
    ;;
esac
echo "load at the end $(cut -d' ' -f1-3 /proc/loadavg)"
