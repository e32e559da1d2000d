using SegLstm.Kernels.Gpu.Cuda;

namespace SegLstm.Tests.Kernels.Gpu;

public sealed class CudaDeviceTests
{
    [Fact]
    public void A_device_opens_or_the_error_says_what_is_missing()
    {
        try
        {
            Assert.NotEmpty(CudaDevice.Open().Name);
        }
        catch (CudaException error)
        {
            Assert.Contains("No CUDA device: this needs an NVIDIA card and its driver", error.Message);
        }
    }

    [Theory]
    [InlineData(7, 0, "sm_70")]
    [InlineData(7, 5, "sm_70")]
    [InlineData(8, 0, "sm_80")]
    [InlineData(8, 9, "sm_80")]
    [InlineData(9, 0, "sm_90")]
    [InlineData(12, 0, "sm_90")]
    public void A_card_gets_the_newest_kernels_that_it_runs(int major, int minor, string architecture) =>
        Assert.Equal(architecture, CudaDevice.Best(major, minor));

    [Fact]
    public void A_card_older_than_all_kernels_is_refused()
    {
        var error = Assert.Throws<CudaException>(() => CudaDevice.Best(6, 1));
        Assert.Contains("got 6.1", error.Message);
    }
}
