using SegLstm.Kernels.DenseLinear;
using SegLstm.Layers;
using SegLstm.Models.Hyperspectral;
using SegLstm.Models.SpectralMamba.Lanes;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.SpectralMamba;

/// <summary>SpectralMamba: the spectrum of a pixel, or one merged of a window's, as a short sequence of pieces that Mamba blocks
/// scan.</summary>
/// <remarks>
/// <para><b>A documented reconstruction.</b> The authors have published no code. Known: the parts and their order, gated merging
/// (<see cref="GatedMerging"/>, which their counts pin down), pieces of 2, 4, 6 or 8, the Mamba block. Open, and this project's
/// choice here: what R counts, widths, depth, norms, pooling, the training recipe (<see cref="SpectralMambaConfig"/>). So its
/// counts are not the published ones; <see cref="Published.PublishedDesignSearch"/> looks for a design that has them.</para>
/// <para>Names <c>gssm.{dw, pw}</c> (windows only), <c>embed</c>, <c>layers.{i}.{norm, mixer}</c>, <c>norm_f</c>, <c>head</c>.
/// Source: SpectralMamba (arXiv 2404.08489).</para>
/// <code>
/// var model = new SpectralMamba(new SpectralInput(Bands: 144, Classes: 15, Window: 3));
/// var logits = model.forward(torch.randn(64, 144, 3, 3));         // (64, 15)
/// </code>
/// </remarks>
public sealed class SpectralMamba : PixelClassifier
{
    private readonly GatedMerging? gssm;
    private readonly Linear embed;
    private readonly ModuleList<SpectralMambaLayer> layers;
    private readonly LayerNorm norm_f;
    private readonly Linear head;

    /// <summary>Makes the model.</summary>
    /// <param name="input">Bands, classes and window.</param>
    /// <param name="config">What the paper leaves open; null: the reference design.</param>
    /// <exception cref="ArgumentException">Input or configuration is not valid; the message lists all problems.</exception>
    public SpectralMamba(SpectralInput input, SpectralMambaConfig? config = null) : base(nameof(SpectralMamba), input)
    {
        Config = config ?? new SpectralMambaConfig();
        Problems.ThrowIfAny(nameof(SpectralMamba), Config.Validate(input.Bands));
        Pieces = SpectrumPieces.Of(input.Bands, Config.PieceSize, Config.PieceRule);
        gssm = input.Window > 1 ? new GatedMerging(input.Bands) : null;
        embed = nn.Linear(Pieces.Width, Config.Dim);
        layers = new ModuleList<SpectralMambaLayer>(
            [.. Enumerable.Range(0, Config.Depth).Select(_ => new SpectralMambaLayer(Config))]);
        norm_f = nn.LayerNorm(Config.Dim);
        head = nn.Linear(Features, input.Classes);
        RegisterComponents();
    }

    /// <summary>The configuration it was made with.</summary>
    public SpectralMambaConfig Config { get; }

    /// <summary>How spectra are cut.</summary>
    public SpectrumPieces Pieces { get; }

    /// <inheritdoc/>
    public override double MultiplyAdds => SpectralMambaComplexity.MultiplyAdds(this, gssm);

    /// <inheritdoc/>
    public override ProfilerCost Profiled => SpectralMambaComplexity.Profiled(this, gssm);

    internal int Features => Config.Dim * (Config.Pooling == SpectrumPooling.Flatten ? Pieces.Count : 1);

    /// <summary>Scores of the classes <c>(B, classes)</c>.</summary>
    /// <param name="x"><c>(B, bands, window, window)</c>; <c>(B, bands)</c> too where the window is one pixel.</param>
    /// <remarks>Without gradients, on the CPU in float32, pixels are computed lane by lane: several times as fast, and the same within
    /// rounding. Hooks of inner modules are not run then.</remarks>
    /// <exception cref="ArgumentException">It has another shape.</exception>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var spectra = Merge(x);
        return (LaneInference.Fits(spectra, embed.weight!)
            ? LaneInference.Run(this, spectra)
            : Classify(Encode(DenseLinear.Forward(embed, Pieces.Cut(spectra))))).MoveToOuterDisposeScope();
    }

    /// <summary>The pieces of the (merged) spectra as tokens in front of the layers, <c>(B, pieces, D)</c>.</summary>
    /// <param name="x">As <see cref="forward"/> takes it.</param>
    public Tensor Embed(Tensor x)
    {
        using var scope = NewDisposeScope();
        return DenseLinear.Forward(embed, Pieces.Cut(Merge(x))).MoveToOuterDisposeScope();
    }

    /// <summary>The spectra that the pieces are cut of, <c>(B, bands)</c>: those of the windows merged, or of the pixels.</summary>
    /// <param name="x">As <see cref="forward"/> takes it.</param>
    public Tensor Merge(Tensor x) => gssm is null ? Spectra(x) : gssm.call(Windows(x));

    /// <summary>Tokens through all layers and the last norm, <c>(B, pieces, D)</c> to the same.</summary>
    /// <param name="tokens">As <see cref="Embed"/> gives them.</param>
    public Tensor Encode(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        foreach (var layer in layers)
        {
            tokens = layer.call(tokens);
        }

        return norm_f.call(tokens).MoveToOuterDisposeScope();
    }

    /// <summary>Scores of encoded tokens <c>(B, pieces, D)</c>: <c>(B, classes)</c>.</summary>
    /// <param name="tokens">As <see cref="Encode"/> gives them.</param>
    public Tensor Classify(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        var features = Config.Pooling switch
        {
            SpectrumPooling.Mean => TokenPooling.Mean(tokens),
            SpectrumPooling.Last => TokenPooling.Last(tokens),
            _ => tokens.flatten(1),
        };
        return head.call(features).MoveToOuterDisposeScope();
    }

    /// <summary>The mask of the gated merging <c>(B, bands, window, window)</c>; null for a model of single pixels.</summary>
    /// <param name="x">As <see cref="forward"/> takes it.</param>
    public Tensor? Mask(Tensor x) => gssm?.Mask(Windows(x));

    /// <summary>The step sizes Δ of a layer's scan, mean over its channels: <c>(B, pieces)</c>. A large step writes a piece into
    /// the memory and wipes what was there; a small one passes over it.</summary>
    /// <param name="x">As <see cref="forward"/> takes it.</param>
    /// <param name="layer">Which layer, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public Tensor StepSizes(Tensor x, int layer = 0)
    {
        if (layer < 0 || layer >= Config.Depth)
        {
            throw new ArgumentOutOfRangeException(nameof(layer), layer, $"The model has layers 0 to {Config.Depth - 1}.");
        }

        using var scope = NewDisposeScope();
        var tokens = Embed(x);
        for (var i = 0; i < layer; i++)
        {
            tokens = layers[i].call(tokens);
        }

        return layers[layer].StepSizes(tokens).mean([1]).MoveToOuterDisposeScope();
    }
}
