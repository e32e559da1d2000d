#!/usr/bin/env bash
# Most memory of a training on tiles of several sizes, and the share of its time in which steps waited for images.
#
#   bash tests/Bench/tiles.sh ["SIDES"] [MODEL] [STEPS] [WORKERS]
#
# Three tiles of each size lie in Potsdam's layout, uncompressed, row after row; a small one validates. Crops are of 512 x 512, in
# batches of 2. Two cores or more; the load is printed beside.
set -euo pipefail
sides=${1:-600 6000 12000} model=${2:-resnet_tiny_deeplabv3plus} steps=${3:-30} workers=${4:-2}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

header() {
  printf 'ENVI\nsamples = %d\nlines = %d\nbands = 3\ndata type = 1\ninterleave = bip\nbyte order = 0\n' "$1" "$1" >"$2.hdr"
}

# tile NAME SIDE
tile() {
  # Some classes are rare, so that crops are tried again.
  local colors=('\377\377\377' '\377\377\377' '\377\377\377' '\0\0\377' '\0\0\377' '\0\377\377' '\0\377\0' '\377\377\0' '\377\0\0')
  for ((i = 0; i < 25 * 25; i++)); do printf "${colors[RANDOM % ${#colors[@]}]}"; done >"$out/label"
  header 25 "$out/label"
  head -c $((3 * 1000 * 1000)) /dev/urandom >"$out/picture"
  header 1000 "$out/picture"
  local rows=(-q -of GTiff -outsize "$2" "$2" -co INTERLEAVE=PIXEL -co BLOCKYSIZE=1)
  gdal_translate "${rows[@]}" -r nearest "$out/label" "$out/tiles/5_Labels_all/top_potsdam_$1_label.tif"
  gdal_translate "${rows[@]}" -r cubic "$out/picture" "$out/tiles/2_Ortho_RGB/top_potsdam_$1_RGB.tif"
}

RANDOM=1
mkdir -p "$out/tiles/2_Ortho_RGB" "$out/tiles/5_Labels_all"
tile 2_13 600
echo "$model, $steps steps, $workers workers; load $(cut -d' ' -f1-3 /proc/loadavg)"
for side in $sides; do
  for name in 2_10 2_11 2_12; do tile "$name" "$side"; done
  "$root/environment/seglstm" train --collection potsdam --root "$out/tiles" --model "$model" --size 512 --batch 2 \
    --iterations "$steps" --validate-every "$steps" --save-every "$steps" --set training.workers="$workers" \
    --set collection.normalization=imagenet --out "$out/run$side" >"$out/log" 2>&1 || { cat "$out/log" >&2; exit 1; }
  sed -n "s/^trained .* waited \(.*\) for images, peak memory \(.*\); wrote.*/$side x $side: most memory \2, steps waited \1/p" "$out/log"
done
echo "load at the end $(cut -d' ' -f1-3 /proc/loadavg)"
