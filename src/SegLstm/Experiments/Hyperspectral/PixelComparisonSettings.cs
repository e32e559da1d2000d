using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SegLstm.Data.Hyperspectral;
using SegLstm.Training.Hyperspectral;

namespace SegLstm.Experiments.Hyperspectral;

/// <summary>All that the scores of a comparison depend on, beside method and draw: scores of equal settings may share a table.</summary>
/// <param name="Scene">Name of the scene.</param>
/// <param name="Content">Digest of its samples, bands, labels and classes, in hexadecimal digits.</param>
/// <param name="BlockSize">Side of the blocks that disjoint draws take, in pixels.</param>
/// <param name="Window">Widest window that disjoint draws keep apart, in pixels.</param>
/// <param name="Epochs">Passes of a network over the training pixels.</param>
/// <param name="BatchSize">Pixels of a batch.</param>
/// <param name="LearningRate">Rate of Adam.</param>
public sealed record PixelComparisonSettings(
    string Scene, string Content, int BlockSize, int Window, int Epochs, int BatchSize, double LearningRate)
{
    /// <summary>Those of a scene as it is compared: after dead bands were left out.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="blockSize">Side of the blocks that disjoint draws take, in pixels.</param>
    /// <param name="window">Widest window that disjoint draws keep apart, in pixels.</param>
    /// <param name="options">How networks are trained; the seed is the draw's.</param>
    public static PixelComparisonSettings Of(HyperspectralScene scene, int blockSize, int window, PixelTrainingOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ReadOnlySpan<int> sizes = [scene.Height, scene.Width, scene.Bands, scene.Classes];
        hash.AppendData(MemoryMarshal.AsBytes(sizes));
        hash.AppendData(MemoryMarshal.AsBytes(scene.Samples.AsSpan()));
        hash.AppendData(scene.Labels);
        return new PixelComparisonSettings(scene.Name, Convert.ToHexStringLower(hash.GetHashAndReset()), blockSize, window,
            options.Epochs, options.BatchSize, options.LearningRate);
    }
}
