using System.Diagnostics;
using SegLstm.Kernels.Gpu;
using SegLstm.Kernels.Gpu.OpenCl;
using static TorchSharp.torch;

namespace SegLstm.Tests.Kernels.Gpu;

public sealed class OpenClDeviceTests
{
    [Fact]
    public void A_device_is_found_and_named() => Assert.NotEmpty(OpenClDevice.Default.Name);

    [Fact]
    public async Task Without_a_device_the_error_says_what_to_install()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "SegLstm.Tests.dll"),
                "-method", $"{typeof(OpenClDeviceTests).FullName}.{nameof(A_device_is_found_and_named)}",
            },
            Environment = { ["OCL_ICD_VENDORS"] = "/nowhere" },
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.NotEqual(0, process.ExitCode);
        Assert.Contains("No OpenCL device: install pocl-opencl-icd", output);
    }

    [Fact]
    public void A_source_that_does_not_compile_is_refused_with_the_compilers_words()
    {
        var error = Assert.Throws<OpenClException>(
            () => OpenClDevice.Default.Build("__kernel void broken(__global float *x) { x[0] = undeclared; }", "broken.cl"));
        Assert.Contains("broken.cl does not compile", error.Message);
        Assert.Contains("undeclared", error.Message);
    }

    [Fact]
    public void A_kernel_computes_in_the_memory_of_tensors_and_after_those_before_it()
    {
        using var scope = NewDisposeScope();
        var (rows, sums, total) = (arange(6, dtype: ScalarType.Float32).view(1, 3, 2).contiguous(), empty(2), empty(1));
        using var run = OpenClDevice.Default.Begin();
        run.Launch(GpuSource.Sums, "sum_rows", 2, 64, rows, sums, 1L, 3, 2L, 0);
        run.Launch(GpuSource.Sums, "sum_rows", 1, 64, sums, total, 1L, 2, 1L, 0);
        run.Finish();
        Assert.Equal([6, 9], sums.data<float>().ToArray());
        Assert.Equal([15], total.data<float>().ToArray());
    }

    [Fact]
    public void What_a_kernel_cannot_take_is_refused()
    {
        using var scope = NewDisposeScope();
        using var run = OpenClDevice.Default.Begin();
        void Refused(string message, Tensor parts, int groupSize = 1)
        {
            var error = Assert.Throws<ArgumentException>(() => run.Launch(
                GpuSource.Sums, "sum_rows", 2, groupSize, parts, empty(2), 1L, 3, 2L, 0));
            Assert.Contains(message, error.Message);
        }

        Refused("got Float64 (3, 2)", zeros(3, 2, dtype: ScalarType.Float64));
        Refused("expected a contiguous float32 tensor", zeros(2, 3).t());
        Refused("expected groups of 1 to", zeros(3, 2), groupSize: 1 << 20);
        Refused("got 0", zeros(3, 2), groupSize: 0);
        Assert.Throws<OpenClException>(() => run.Launch(GpuSource.Sums, "no_such_kernel", 1, 1));
    }
}
