using SegLstm.Models.Mamba;

namespace SegLstm.Models.SpectralMamba;

/// <summary>A SpectralMamba. What the paper leaves open has this project's reference design as default; change with
/// <c>with</c>.</summary>
public sealed record SpectralMambaConfig
{
    /// <summary>R. The paper's best on Houston 2013 is 6.</summary>
    public int PieceSize { get; init; } = 6;

    /// <summary>What R counts. Ours: descriptions disagree.</summary>
    public PieceRule PieceRule { get; init; } = PieceRule.BandsPerPiece;

    /// <summary>D, token width. Ours.</summary>
    public int Dim { get; init; } = 32;

    /// <summary>Layers. Ours.</summary>
    public int Depth { get; init; } = 1;

    /// <summary>What the classifier reads. Ours.</summary>
    public SpectrumPooling Pooling { get; init; } = SpectrumPooling.Mean;

    /// <summary>N, numbers that a channel of the scan remembers: Mamba's own default.</summary>
    public int StateSize { get; init; } = 16;

    /// <summary>Taps of Mamba's convolution: its own default.</summary>
    public int ConvKernelSize { get; init; } = 4;

    /// <summary>E / D of Mamba: its own default.</summary>
    public int Expansion { get; init; } = 2;

    /// <summary>The Mamba block of a layer.</summary>
    public MambaConfig Mixer => new() { Dim = Dim, StateSize = StateSize, ConvKernelSize = ConvKernelSize, Expansion = Expansion };

    /// <summary>All that is wrong with this configuration for spectra of a number of bands, in words.</summary>
    /// <param name="bands">L.</param>
    public IReadOnlyList<string> Validate(int bands)
    {
        var problems = new Problems(Mixer.Validate());
        problems.Require(Depth > 0, $"{nameof(Depth)} must be positive, got {Depth}.");
        if (SpectrumPieces.Problem(bands, PieceSize, PieceRule) is { } problem)
        {
            problems.Add(problem);
        }

        return problems;
    }
}
