using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.SpectralMamba;

/// <summary>Piece-wise sequential scanning (PSS): a spectrum as a short sequence whose tokens are runs of neighbouring
/// bands.</summary>
/// <remarks>Token i holds bands iw .. iw + w - 1; zeros fill up the last. Any number of bands fits. Source: SpectralMamba
/// (arXiv 2404.08489); zeros at the end are this project's decision.</remarks>
/// <param name="Bands">L.</param>
/// <param name="Count">Pieces: the length of the sequence.</param>
/// <param name="Width">w, bands of a piece.</param>
public sealed record SpectrumPieces(int Bands, int Count, int Width)
{
    /// <summary>Pieces of a spectrum.</summary>
    /// <param name="bands">L.</param>
    /// <param name="size">R.</param>
    /// <param name="rule">What R counts.</param>
    /// <exception cref="ArgumentException">R is not 1 to L, or so many pieces of equal width leave the last one without a
    /// band.</exception>
    public static SpectrumPieces Of(int bands, int size, PieceRule rule)
    {
        if (Problem(bands, size, rule) is { } problem)
        {
            throw new ArgumentException(problem, nameof(size));
        }

        var other = (bands + size - 1) / size;
        return rule == PieceRule.BandsPerPiece ? new(bands, other, size) : new(bands, size, other);
    }

    /// <summary>Spectra <c>(B, L)</c> to <c>(B, pieces, w)</c>.</summary>
    /// <exception cref="ArgumentException">The spectra have another number of bands.</exception>
    public Tensor Cut(Tensor spectra)
    {
        if (spectra.dim() != 2 || spectra.shape[1] != Bands)
        {
            throw new ArgumentException(
                $"Expected spectra (B, {Bands}), got ({string.Join(", ", spectra.shape)}).", nameof(spectra));
        }

        var missing = (Count * Width) - Bands;
        if (missing == 0)
        {
            return spectra.reshape(-1, Count, Width);
        }

        using var padded = nn.functional.pad(spectra, [0, missing]);
        return padded.view(-1, Count, Width);
    }

    /// <summary>What is wrong with a cut, in words; null if nothing is.</summary>
    internal static string? Problem(int bands, int size, PieceRule rule)
    {
        if (size < 1 || size > bands)
        {
            return $"PieceSize must be 1 to the {bands} bands, got {size}.";
        }

        var width = (bands + size - 1) / size;
        return rule == PieceRule.NumberOfPieces && (size - 1) * width >= bands
            ? $"{bands} bands are no {size} pieces of {width}: the last would have none. {(bands + width - 1) / width} pieces have."
            : null;
    }
}
