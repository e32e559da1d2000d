using System.Text.RegularExpressions;
using SegLstm.Kernels.Gpu;

namespace SegLstm.Tests.Kernels.Gpu;

public sealed class GpuKernelsTests
{
    [Fact]
    public void Every_kernel_is_compiled_for_every_architecture_and_exported()
    {
        var kernels = GpuKernels.Cuda();
        Assert.True(kernels.Count > 0, "SegLstm.dll was built without PTX: install clang-16 (setup.sh --tests does).");
        foreach (var source in GpuSource.All)
        {
            var names = Regex.Matches(source.OpenCl, @"^KERNEL (\w+)\(", RegexOptions.Multiline)
                .Select(match => match.Groups[1].Value);
            Assert.NotEmpty(names);
            foreach (var architecture in GpuKernels.Architectures)
            {
                Assert.Equal(names, kernels.Where(kernel => kernel.Family == source.Name && kernel.Architecture == architecture)
                    .Select(kernel => kernel.Name));
                Assert.Contains($"\n.target {architecture}\n", GpuKernels.Ptx(source, architecture));
            }
        }
    }

    [Fact]
    public void No_kernel_spills_or_shares_more_than_a_group_may()
    {
        Assert.All(GpuKernels.Cuda(), kernel =>
        {
            Assert.Equal(0, kernel.LocalBytes);
            Assert.InRange(kernel.SharedBytes, 0, 48 * 1024);
            Assert.True(kernel.Registers > 0, kernel.Name);
        });
    }

    [Fact]
    public void Registers_and_memory_are_read_from_the_text()
    {
        const string text = """
            .version 7.0
            .target sm_80
            .visible .entry first(
            )
            {
            	.local .align 4 .b8 	__local_depot0[64];
            	.reg .pred 	%p<3>;
            	.reg .f32 	%f<10>;
            	.reg .b64 	%rd<5>;
            	.shared .align 4 .b8 first_tile[4224];
            	.shared .align 4 .b8 first_other[16];
            }
            .visible .entry second(
            )
            {
            	.reg .b32 	%r<2>;
            }
            """;
        Assert.Equal(
            [new GpuKernel("family", "first", "sm_80", 20, 3, 4240, 64), new GpuKernel("family", "second", "sm_80", 2, 0, 0, 0)],
            GpuKernels.Read("family", "sm_80", text));
    }
}
