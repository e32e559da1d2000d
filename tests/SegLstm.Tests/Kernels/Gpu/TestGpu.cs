using SegLstm.Kernels.Gpu;
using SegLstm.Kernels.Gpu.Cuda;
using SegLstm.Kernels.Gpu.OpenCl;

namespace SegLstm.Tests.Kernels.Gpu;

/// <summary>The device that kernels are tested on: OpenCL's first, which is the processor where there is no other; with
/// SEGLSTM_CUDA=1, as tests/Bench/gpu.sh has it, CUDA's first.</summary>
internal static class TestGpu
{
    private static readonly Lazy<IGpu> First = new(() =>
        Environment.GetEnvironmentVariable("SEGLSTM_CUDA") == "1" ? CudaDevice.Open() : OpenClDevice.Default);

    public static IGpu Device => First.Value;
}
