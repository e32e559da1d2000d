using System.Globalization;

namespace SegLstm.Data.Hyperspectral.Splits;

/// <summary>How many labelled pixels of each class are learnt from: a number, or a share of what the class has. At least one.</summary>
public sealed record LabelBudget
{
    private readonly int _count;
    private readonly double _share;

    private LabelBudget(int count, double share) => (_count, _share) = (count, share);

    /// <summary>So many pixels of each class, or all of a class that has fewer.</summary>
    /// <param name="count">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public static LabelBudget PerClass(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new LabelBudget(count, 0);
    }

    /// <summary>A share of each class, rounded.</summary>
    /// <param name="share">Above 0, below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another share.</exception>
    public static LabelBudget Share(double share)
    {
        if (share is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share of the labels is above 0 and below 1.");
        return new LabelBudget(0, share);
    }

    /// <summary>Pixels of a class that has so many.</summary>
    public int Of(int labelled) =>
        labelled == 0 ? 0 : Math.Min(labelled, _count > 0 ? _count : Math.Max(1, (int)Math.Round(_share * labelled)));

    /// <summary>In words: "20 a class", "1 %".</summary>
    public override string ToString() =>
        _count > 0 ? $"{_count} a class" : string.Create(CultureInfo.InvariantCulture, $"{100 * _share:0.###} %");
}
