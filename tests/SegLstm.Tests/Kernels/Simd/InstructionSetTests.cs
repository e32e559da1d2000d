using System.Diagnostics;
using SegLstm.Tests.Kernels.Attention;
using SegLstm.Tests.Kernels.BlockLinear;
using SegLstm.Tests.Kernels.DenseLinear;
using SegLstm.Tests.Kernels.DepthwiseConv;
using SegLstm.Tests.Kernels.HeadNorm;
using SegLstm.Tests.Kernels.Mlstm;
using SegLstm.Tests.Kernels.SelectiveScan;
using SegLstm.Tests.Kernels.SkipGate;
using SegLstm.Tests.Kernels.Winograd;

namespace SegLstm.Tests.Kernels.Simd;

/// <summary>The kernels' tests again, as on machines that lack instructions.</summary>
public sealed class InstructionSetTests
{
    [Theory]
    [InlineData("EnableAVX512")]
    [InlineData("EnableAVX2")]
    [InlineData("EnableHWIntrinsic")]
    public async Task Kernels_pass_their_tests_without(string instructions)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "SegLstm.Tests.dll"),
                "-method", $"{typeof(LaneFunctionsTests).FullName}.*", "-method", $"{typeof(TilesTests).FullName}.*",
                "-method", $"{typeof(SelectiveScanGoldenTests).FullName}.*",
                "-method", $"{typeof(CausalConvTests).FullName}.Every*", "-method", $"{typeof(GridConvTests).FullName}.Every*",
                "-method", $"{typeof(HeadNormTests).FullName}.Every*", "-method", $"{typeof(SkipGateTests).FullName}.Every*",
                "-method", $"{typeof(SelectiveScanTests).FullName}.In_reverse*",
                "-method", $"{typeof(CrossSelectiveScanTests).FullName}.Every*",
                "-method", $"{typeof(MlstmTests).FullName}.Values*", "-method", $"{typeof(BlockLinearTests).FullName}.Every*",
                "-method", $"{typeof(DenseLinearTests).FullName}.Every*", "-method", $"{typeof(AttentionTests).FullName}.Every*",
                "-method", $"{typeof(WinogradTests).FullName}.Every*",
            },
            Environment = { [$"DOTNET_{instructions}"] = "0" },
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);
        Assert.Matches("Total: [1-9]", output);
    }
}
