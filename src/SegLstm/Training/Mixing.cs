using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>
/// Training pictures mixed in pairs, the first of a batch with the last and so on, one way for a whole batch: either all pixels of both
/// (mixup), or a rectangle of the other (cutmix). Targets are mixed by the share of each. The defaults are ViL's.
/// </summary>
/// <remarks>
/// mixup (Zhang et al. 2018): <c>x' = l x + (1 - l) x_partner</c>, l from Beta(a, a). cutmix (Yun et al. 2019): a rectangle of
/// <c>1 - l</c> of the area, its centre anywhere, cut at the picture's edge; l is then what the rectangle leaves.
/// </remarks>
public sealed record Mixing
{
    /// <summary>a of mixup's Beta(a, a).</summary>
    public double MixupAlpha { get; init; } = 0.8;

    /// <summary>a of cutmix's Beta(a, a).</summary>
    public double CutmixAlpha { get; init; } = 1;

    /// <summary>The share of the batches that are mixed by cutmix; the others are by mixup.</summary>
    public double CutmixShare { get; init; } = 0.5;

    /// <summary>Everything that is wrong with these options, all at once; empty when they can be used.</summary>
    public IEnumerable<string> Validate()
    {
        if (MixupAlpha is not (> 0 and <= 4)) yield return $"MixupAlpha is {MixupAlpha}: expected above 0 up to 4.";
        if (CutmixAlpha is not (> 0 and <= 4)) yield return $"CutmixAlpha is {CutmixAlpha}: expected above 0 up to 4.";
        if (CutmixShare is not (>= 0 and <= 1)) yield return $"CutmixShare is {CutmixShare}: expected 0 to 1.";
    }

    /// <summary>Mixes a batch.</summary>
    /// <param name="image"><c>(N, bands, h, w)</c>, normalised.</param>
    /// <param name="label">Classes <c>(N)</c>, int64; an image of a negative one has a target of zeros.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="random">Says how.</param>
    /// <returns>Images of the same shape, and targets <c>(N, classes)</c> float32.</returns>
    public (Tensor Image, Tensor Target) Apply(Tensor image, Tensor label, int classes, Random random)
    {
        using var scope = NewDisposeScope();
        Tensor known = label.ge(0);
        Tensor target = nn.functional.one_hot(label.masked_fill(known.logical_not(), 0), classes).to(ScalarType.Float32)
            * known.unsqueeze(1).to(ScalarType.Float32);
        bool cuts = random.NextDouble() < CutmixShare;
        double share = Beta(cuts ? CutmixAlpha : MixupAlpha, random);
        Tensor partner = image.flip(0), mixed;
        if (cuts)
        {
            var (top, left, rows, columns) = Rectangle((int)image.shape[2], (int)image.shape[3], share, random);
            mixed = image.clone();
            if (rows > 0 && columns > 0)
            {
                mixed.narrow(2, top, rows).narrow(3, left, columns).copy_(partner.narrow(2, top, rows).narrow(3, left, columns));
            }

            share = 1 - (double)rows * columns / (image.shape[2] * image.shape[3]);
        }
        else
        {
            mixed = image * share + partner * (1 - share);
        }

        Tensor targets = target * share + target.flip(0) * (1 - share);
        return (mixed.MoveToOuterDisposeScope(), targets.MoveToOuterDisposeScope());
    }

    // Jöhnk's way to Beta(a, a), which is quick for small a.
    private static double Beta(double a, Random random)
    {
        while (true)
        {
            double x = Math.Pow(random.NextDouble(), 1 / a), y = Math.Pow(random.NextDouble(), 1 / a);
            if (x + y is > 0 and <= 1) return x / (x + y);
        }
    }

    private static (int Top, int Left, int Rows, int Columns) Rectangle(int height, int width, double share, Random random)
    {
        double side = Math.Sqrt(1 - share);
        int rows = (int)(height * side), columns = (int)(width * side), y = random.Next(height), x = random.Next(width);
        int top = Math.Clamp(y - rows / 2, 0, height), bottom = Math.Clamp(y + rows - rows / 2, 0, height);
        int left = Math.Clamp(x - columns / 2, 0, width), right = Math.Clamp(x + columns - columns / 2, 0, width);
        return (top, left, bottom - top, right - left);
    }
}
