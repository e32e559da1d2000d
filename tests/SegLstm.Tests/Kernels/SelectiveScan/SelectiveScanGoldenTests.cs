using SegLstm.Kernels.Simd;
using SegLstm.Kernels.SelectiveScan;
using SegLstm.Parity;
using SegLstm.Parity.Systems;
using TorchSharp;
using static TorchSharp.torch;
using Scan = SegLstm.Kernels.SelectiveScan.SelectiveScan;

namespace SegLstm.Tests.Kernels.SelectiveScan;

/// <summary>The forms that the parity runner does not take: it runs what this machine's models run.</summary>
public sealed class SelectiveScanGoldenTests
{
    private static readonly IReadOnlyList<GoldenCase> Cases =
        [.. GoldenCase.Find(Path.Combine(Repository(), "tests", "Parity", "goldens", "selective_scan")).Select(GoldenCase.Read)];

    [Fact]
    public void The_reference_computes_what_the_authors_code_computed() =>
        AssertAll((u, delta, a, b, c, d, z, bias, softplus) =>
            SelectiveScanReference.Forward(u, delta, a, b, c, d, z, bias, softplus));

    [Theory]
    [InlineData(LaneWidth.Bits128)]
    [InlineData(LaneWidth.Bits256)]
    [InlineData(LaneWidth.Bits512)]
    internal void Every_vector_width_computes_what_the_authors_code_computed(LaneWidth width) =>
        AssertAll((u, delta, a, b, c, d, z, bias, softplus) =>
            Scan.ForwardWithState(width, u, delta, a, b, c, d, z, bias, softplus, reverse: false));

    private static void AssertAll(SelectiveScanSystem.ScanForm form)
    {
        Assert.NotEmpty(Cases);
        foreach (var golden in Cases)
        {
            foreach (var precision in golden.Precisions)
            {
                AssertCase(golden, precision, form);
            }
        }
    }

    private static void AssertCase(GoldenCase golden, Precision precision, SelectiveScanSystem.ScanForm form)
    {
        using var scope = NewDisposeScope();
        var (tensors, tolerance) = (GoldenTensors.Load(golden, precision), golden.Tolerance(precision));
        var outputs = SelectiveScanSystem.Build(golden.Config, tensors, form).Forward();
        var loss = outputs.Select(output => (output.Value * tensors.LossWeights[output.Key]).sum()).Aggregate((a, b) => a + b);
        loss.backward();
        outputs.Add("loss", loss);
        var deviations =
            tensors.Outputs.Select(output => Deviation.Measure(
                $"output.{output.Key}", outputs[output.Key].detach(), output.Value, tolerance.Outputs))
            .Concat(tensors.InputGradients.Select(gradient => Deviation.Measure(
                $"grad.{gradient.Key}", tensors[gradient.Key].grad, gradient.Value, tolerance.Gradients)));
        Assert.All(deviations, deviation => Assert.True(
            deviation.Problem is null, $"{golden.Name}, {precision}: {deviation.Problem}"));
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SegLstm.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds SegLstm.sln.");
    }
}
