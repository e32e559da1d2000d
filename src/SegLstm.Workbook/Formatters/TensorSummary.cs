using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Workbook.Formatters;

/// <summary>
/// What a reader wants to know of a tensor: what it is, how its numbers spread, and the numbers where they are few.
/// </summary>
internal sealed record TensorSummary
{
    /// <summary>Elements up to which statistics count every one; of more, evenly spaced ones are counted.</summary>
    internal const long MostCounted = 1 << 20;

    /// <summary>Elements up to which all are printed.</summary>
    private const long MostPrinted = 200;

    /// <summary>Name and value of each fact, in reading order.</summary>
    internal required IReadOnlyList<(string Name, string Value)> Facts { get; init; }

    /// <summary>The numbers, or the corners of a larger tensor; empty where there are none.</summary>
    internal required string Values { get; init; }

    internal static TensorSummary Of(Tensor tensor)
    {
        if (tensor.IsInvalid)
            return new TensorSummary { Facts = [("tensor", "disposed: its memory was given back")],
                Values = "" };
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        Tensor data = tensor.detach();
        var facts = new List<(string, string)>
        {
            ("shape", data.shape.Length == 0 ? "() – a single number" : $"({string.Join(", ", data.shape)})"),
            ("dtype", TypeName(data.dtype)),
            ("device", data.device.ToString()),
        };
        if (tensor.requires_grad) facts.Add(("requires_grad", "true"));
        bool readable = data.numel() > 0 && !data.is_meta && !data.is_sparse;
        if (data.numel() == 0) facts.Add(("elements", "none"));
        else if (readable) facts.AddRange(Statistics(data));
        return new TensorSummary { Facts = facts, Values = readable ? Printed(data) : "" };
    }

    /// <summary>The summary in text.</summary>
    public override string ToString() =>
        "Tensor " + string.Join(", ", Facts.Select(f => $"{f.Name} {f.Value}")) + (Values.Length == 0 ? "" : "\n" + Values);

    private static IEnumerable<(string, string)> Statistics(Tensor data)
    {
        Tensor counted = Sample(data);
        if (data.is_complex())
            return [("magnitude", Spread(counted.abs().to_type(ScalarType.Float64))),
                .. Sampled(data, counted)];
        if (data.dtype == ScalarType.Bool)
        {
            double share = counted.to_type(ScalarType.Float64).mean().item<double>();
            return [("true", string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.##} %")), .. Sampled(data, counted)];
        }

        Tensor numbers = counted.to_type(ScalarType.Float64);
        if (!data.is_floating_point()) return [("values", Spread(numbers)), .. Sampled(data, counted)];
        long nan = numbers.isnan().sum().item<long>(), infinite = numbers.isinf().sum().item<long>();
        Tensor finite = nan + infinite == 0 ? numbers : numbers.masked_select(numbers.isfinite());
        var facts = new List<(string, string)> { ("values", finite.numel() == 0 ? "none is finite" : Spread(finite)) };
        if (nan > 0) facts.Add(("NaN", Count(nan)));
        if (infinite > 0) facts.Add(("infinite", Count(infinite)));
        return [.. facts, .. Sampled(data, counted)];
    }

    private static string Spread(Tensor numbers)
    {
        double least = numbers.min().item<double>(), greatest = numbers.max().item<double>(),
            mean = numbers.mean().item<double>();
        double deviation = numbers.numel() > 1 ? numbers.std().item<double>() : 0;
        return $"{Number(least)} to {Number(greatest)}, mean {Number(mean)}, std {Number(deviation)}";
    }

    private static (string, string)[] Sampled(Tensor data, Tensor counted) => counted.numel() == data.numel()
        ? []
        : [("counted", $"{Count(counted.numel())} evenly spaced elements of {Count(data.numel())}")];

    // Every n-th element along each dimension, beginning with the longest: a view, whatever the strides.
    private static Tensor Sample(Tensor data)
    {
        Tensor sample = data;
        while (sample.numel() > MostCounted)
        {
            int longest = Array.IndexOf(sample.shape, sample.shape.Max());
            long step = Math.Min(sample.shape[longest], (sample.numel() + MostCounted - 1) / MostCounted);
            sample = sample.slice(longest, 0, sample.shape[longest], Math.Max(2, step));
        }

        return sample.cpu();
    }

    private static string Printed(Tensor data)
    {
        if (data.Dimensions == 0) return "";
        // The corner of each dimension, so that printing does not depend on the size.
        Tensor corner = data;
        if (data.numel() > MostPrinted)
        {
            for (int d = 0; d < data.Dimensions; d++)
                corner = corner.slice(d, 0, Math.Min(data.shape[d], d >= data.Dimensions - 2 ? 6 : 1), 1);
        }

        string text = corner.cpu().ToString()!;
        return corner.numel() == data.numel() ? text
            : $"{text}\n… the first ({string.Join(", ", corner.shape)}) of ({string.Join(", ", data.shape)})";
    }

    private static string Number(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string TypeName(ScalarType type) => type switch
    {
        ScalarType.Byte => "uint8",
        ScalarType.ComplexFloat32 => "complex64",
        ScalarType.ComplexFloat64 => "complex128",
        _ => type.ToString().ToLowerInvariant(),
    };
}
