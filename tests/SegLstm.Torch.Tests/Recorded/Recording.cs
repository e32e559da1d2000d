using System.Text.Json;
using static TorchSharp.torch;

namespace SegLstm.Tests.Torch.Recorded;

/// <summary>What PyTorch computed, by case name, and the inputs and comparisons that the tests share.</summary>
internal static class Recording
{
    private static readonly JsonSerializerOptions s_names = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>A function's output, and the gradient of sum(output * linspace(1, 2)) by its input.</summary>
    internal sealed record Case(long[] Shape, double Low, double High, long[] OutputShape, double[] Output, double[] Gradient);

    internal static Dictionary<string, T> Read<T>(string file)
    {
        using var stream = typeof(Recording).Assembly.GetManifestResourceStream(file) ?? throw new FileNotFoundException($"The recording '{file}' is not embedded.");
        return JsonSerializer.Deserialize<Dictionary<string, T>>(stream, s_names)!;
    }

    internal static TheoryData<string> Names<T>(string file) => [.. Read<T>(file).Keys];

    /// <summary>Numbers in even steps, in float64.</summary>
    internal static Tensor Ramp(long[] shape, double low = -1, double high = 1)
    {
        using var flat = linspace(low, high, shape.Aggregate(1L, (product, size) => product * size), ScalarType.Float64);
        return flat.reshape(shape);
    }

    internal static void Check(Case recorded, Func<Tensor, Tensor> function)
    {
        using var scope = NewDisposeScope();
        var input = Ramp(recorded.Shape, recorded.Low, recorded.High).requires_grad_();
        var output = function(input);
        Assert.Equal(recorded.OutputShape, output.shape);
        Near(recorded.Output, output, 1e-12);
        (output * Ramp(output.shape, 1, 2)).sum().backward();
        Near(recorded.Gradient, input.grad!, 1e-12);
    }

    /// <summary>Skips, by name, what the real TorchSharp computes otherwise than PyTorch.</summary>
    internal static void SkipWhereTorchSharpDiffers(string name, params string[] different)
    {
#if TORCHSHARP
        Assert.SkipWhen(different.Contains(name), $"TorchSharp's {name} is not PyTorch's.");
#endif
    }

    /// <summary>The largest difference is at most the tolerance, relative to the largest value or 1.</summary>
    internal static void Near(double[] expected, Tensor actual, double tolerance)
        => Near(expected, actual.detach().to_type(ScalarType.Float64).contiguous().data<double>().ToArray(), tolerance);

    internal static void Near(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        var bound = tolerance * Math.Max(1, expected.Max(Math.Abs));
        for (var k = 0; k < expected.Length; k++)
            Assert.True(Math.Abs(expected[k] - actual[k]) <= bound, $"Element {k}: PyTorch has {expected[k]:R}, we have {actual[k]:R}.");
    }
}
