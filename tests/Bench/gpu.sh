#!/usr/bin/env bash
# On a machine with an NVIDIA card and its driver: installs what is missing, builds, checks every GPU kernel on the card against
# the Reference, and times it there. Ends by itself, in a few minutes; the exit code is 1 where a check fails.
#
#   bash tests/Bench/gpu.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

if ! nvidia-smi --query-gpu=name,driver_version,compute_cap --format=csv,noheader 2>/dev/null; then
  echo "gpu: no NVIDIA card answers nvidia-smi: this needs one and its driver." >&2
  exit 1
fi
bash environment/setup.sh --tests
dotnet build tests/SegLstm.Tests -c Release -v quiet -nologo
dotnet build tests/Bench/Gpu -c Release -v quiet -nologo

code=0
classes=()
for family in Gpu SelectiveScan.Gpu Mlstm.Gpu DepthwiseConv.Gpu HeadNorm.Gpu; do
  classes+=(-class "SegLstm.Tests.Kernels.$family.*")
done
# The tests that run on OpenCL elsewhere.
SEGLSTM_CUDA=1 timeout 900 dotnet artifacts/bin/SegLstm.Tests/release/SegLstm.Tests.dll "${classes[@]}" || code=1
timeout 300 dotnet artifacts/bin/SegLstm.Bench.Gpu/release/SegLstm.Bench.Gpu.dll cuda || code=1
exit "$code"
