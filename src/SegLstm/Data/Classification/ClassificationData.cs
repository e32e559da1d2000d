using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Data.Classification;

/// <summary>What an image classifier learns from and is measured on, of whatever kind.</summary>
public abstract class ClassificationData : IDisposable
{
    /// <summary>What it is called.</summary>
    public abstract string Name { get; }

    /// <summary>The classes in label order.</summary>
    public abstract IReadOnlyList<string> ClassNames { get; }

    /// <summary>The bands, in order.</summary>
    public abstract IReadOnlyList<string> Bands { get; }

    /// <summary>Which of the bands show as red, green and blue.</summary>
    public abstract IReadOnlyList<int> DisplayBands { get; }

    /// <summary>What images are normalised with.</summary>
    public abstract BandStatistics Statistics { get; }

    /// <summary>The images of a split with their classes, varied where they train; null where there is no such split.</summary>
    /// <returns>"image" float32 (bands, size, size) and "label" int64, a scalar. The caller disposes it.</returns>
    public abstract utils.data.Dataset? Of(Split split);

    /// <summary>Images of each class in a split, not varied: what a guess is judged by.</summary>
    public abstract IReadOnlyList<long> Counts(Split split);

    /// <summary>The split that results are reported on: the test, or what validates where there is none.</summary>
    public Split Reported => Counts(Split.Test).Sum() > 0 ? Split.Test : Split.Validation;

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what is held.</summary>
    /// <param name="disposing">Whether it was asked for.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
