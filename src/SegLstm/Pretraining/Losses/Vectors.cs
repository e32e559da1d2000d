using static TorchSharp.torch;

namespace SegLstm.Pretraining.Losses;

/// <summary>What losses ask of the vectors that they compare.</summary>
internal static class Vectors
{
    /// <summary>A temperature that can be divided by.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public static double Positive(double temperature) => temperature is > 0 and < double.PositiveInfinity
        ? temperature
        : throw new ArgumentOutOfRangeException(
            nameof(temperature), temperature, "Expected a temperature above 0; the published ones are 0.5 and 0.07.");

    /// <summary>Requires matrices <c>(B, D)</c> of one shape.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    public static void RequirePairs(Tensor first, params ReadOnlySpan<Tensor> others)
    {
        foreach (var other in others)
        {
            if (first.dim() != 2 || first.shape[0] == 0 || !first.shape.SequenceEqual(other.shape))
            {
                throw new ArgumentException(
                    $"Expected vectors (B, D) of one shape, a row of each for each image, got "
                    + $"({string.Join(", ", first.shape)}) and ({string.Join(", ", other.shape)}).", nameof(others));
            }
        }
    }
}
