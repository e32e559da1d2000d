namespace SegLstm.Pretraining.Views;

/// <summary>
/// How two views of a tile are made, by GLCNet's recipe: the first is a crop, the second is cropped, turned, coloured, greyed and
/// blurred. Probabilities are 0 to 1.
/// </summary>
/// <remarks>
/// After T-SS-GLCNet of GeoX-Lab/G-RSIM (join_transform), whose images are bytes. Order in the second view: crop, flip, turn,
/// colour, grey, blur.
/// </remarks>
public sealed record ViewOptions
{
    /// <summary>Side of the tiles that views are cut from, in pixels; larger images give a tile at a random place.</summary>
    public int TileSize { get; init; } = 256;

    /// <summary>Side of a view in pixels.</summary>
    public int Size { get; init; } = 224;

    /// <summary>Least share of the tile's area that a crop asks for.</summary>
    public double MinArea { get; init; } = 0.4;

    /// <summary>Greatest share of the tile's area that a crop asks for.</summary>
    public double MaxArea { get; init; } = 1;

    /// <summary>Least width over height of a crop, before width and height change places in half of the draws.</summary>
    public double MinAspect { get; init; } = 3.0 / 4;

    /// <summary>Greatest width over height of a crop, before width and height change places in half of the draws.</summary>
    public double MaxAspect { get; init; } = 4.0 / 3;

    /// <summary>How often a view is mirrored: left to right, top to bottom, or both, a third each.</summary>
    public double FlipProbability { get; init; } = 0.6;

    /// <summary>How often a number of quarter turns is drawn from 0 to 3, so that three of four such views are turned.</summary>
    public double TurnProbability { get; init; } = 0.8;

    /// <summary>How often colours are changed at all: by the shift, or the brightness, contrast and noise below.</summary>
    public double ColorProbability { get; init; } = 0.8;

    /// <summary>Of coloured views with at least three bands, how often hue, saturation and value of the first three
    /// shift.</summary>
    public double HsvProbability { get; init; } = 0.5;

    /// <summary>
    /// Greatest shift of the hue either way, a whole number of OpenCV's steps of 2 degrees. As in the authors' code a hue is a
    /// byte that wraps at 256, though the circle ends at 180: 170 and 30 are 200, which reads as 20, but 10 less 30 is 236,
    /// which reads as 56 and not as 160.
    /// </summary>
    public int HueShift { get; init; } = 30;

    /// <summary>Greatest shift of the saturation either way, of 255.</summary>
    public double SaturationShift { get; init; } = 5;

    /// <summary>Greatest shift of the value either way, of 255.</summary>
    public double ValueShift { get; init; } = 15;

    /// <summary>
    /// Of coloured views with another number of bands than three: how far each band is mixed with white or black at most.
    /// </summary>
    public double Brightness { get; init; } = 0.1;

    /// <summary>Of the same views: how far from 1 the factor of each band is at most.</summary>
    public double Contrast { get; init; } = 0.1;

    /// <summary>Of the same views: how often a sample of a band becomes a random byte.</summary>
    public double NoiseProbability { get; init; } = 0.001;

    /// <summary>How often all bands become one of them.</summary>
    public double GrayProbability { get; init; } = 0.1;

    /// <summary>How often a view is blurred, over 3, 5 or 7 pixels.</summary>
    public double BlurProbability { get; init; } = 0.5;

    /// <summary>Whether the first view is changed like the second, as SimCLR, MoCo and BYOL do; the paper's is only
    /// cropped.</summary>
    public bool Symmetric { get; init; }

    /// <summary>
    /// Tiles in an epoch, each of an image that is drawn by its area; null gives each image as many as fit into it side by side.
    /// </summary>
    public int? TilesPerEpoch { get; init; }

    /// <summary>The seed of all draws: the views of tile i in epoch e are the same whenever and wherever they are asked
    /// for.</summary>
    public long Seed { get; init; }

    /// <summary>Everything that is wrong with these options, all at once; empty when they can be used.</summary>
    public IEnumerable<string> Validate()
    {
        if (TileSize < 16) yield return $"TileSize is {TileSize}: expected at least 16.";
        if (Size < 8) yield return $"Size is {Size}: expected at least 8.";
        if (!(MinArea > 0 && MinArea <= MaxArea && MaxArea <= 1))
        {
            yield return $"MinArea is {MinArea} and MaxArea is {MaxArea}: expected above 0, in this order, up to 1.";
        }
        if (!(MinAspect > 0 && MinAspect <= MaxAspect && double.IsFinite(MaxAspect)))
        {
            yield return $"MinAspect is {MinAspect} and MaxAspect is {MaxAspect}: expected positive numbers in this order.";
        }
        (string Name, double Value)[] shares =
        [
            (nameof(FlipProbability), FlipProbability), (nameof(TurnProbability), TurnProbability),
            (nameof(ColorProbability), ColorProbability), (nameof(HsvProbability), HsvProbability),
            (nameof(NoiseProbability), NoiseProbability), (nameof(GrayProbability), GrayProbability),
            (nameof(BlurProbability), BlurProbability), (nameof(Brightness), Brightness), (nameof(Contrast), Contrast),
        ];
        foreach (var (name, value) in shares)
        {
            if (value is not (>= 0 and <= 1)) yield return $"{name} is {value}: expected 0 to 1.";
        }
        if (HueShift is < 0 or > 127) yield return $"HueShift is {HueShift}: expected 0 to 127.";
        if (SaturationShift is not (>= 0 and <= 255)) yield return $"SaturationShift is {SaturationShift}: expected 0 to 255.";
        if (ValueShift is not (>= 0 and <= 255)) yield return $"ValueShift is {ValueShift}: expected 0 to 255.";
        if (TilesPerEpoch < 1) yield return $"TilesPerEpoch is {TilesPerEpoch}: expected at least 1, or null.";
    }
}
