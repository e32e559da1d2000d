using System.Runtime.Intrinsics.X86;
using SegLstm.Torch.Native;
using TorchSharp;

namespace SegLstm.Tests.Torch.Native;

public sealed class BlasKernelsTests
{
    [Fact]
    public void Products_use_kernels_with_fused_multiplication_where_the_processor_has_it()
    {
        using (torch.ones(1))
        {
        }

        var kernels = BlasKernels.InUse();
        if (kernels is null || !Fma.IsSupported || Environment.GetEnvironmentVariable("OPENBLAS_CORETYPE") is not null)
        {
            Assert.Skip("No OpenBLAS, a processor without FMA, or kernels that the caller chose.");
        }

        Assert.Contains(kernels, (string[])["Haswell", "Zen", "SkylakeX", "Cooperlake", "SapphireRapids"]);
    }
}
