using SegLstm.Models.SpectralMamba;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Hyperspectral;

/// <summary>CasRNN: cascaded recurrent networks. One GRU reads the bands of each group of neighbours, a second one what the first
/// made of the groups.</summary>
/// <remarks>
/// <para>Names <c>dw1, dw2</c> (windows only), <c>bands, groups</c> (GRUs of 128 and 256), <c>head</c>. Source: Hang et al.,
/// Cascaded recurrent neural networks for hyperspectral image classification (IEEE TGRS, 2019).</para>
/// <para>The sizes are those of the row in SpectralMamba's table: with 145 bands, 14 classes and windows of 3 x 3 this model has
/// its 353.25K parameters and 572.31M multiply-adds of a batch, which fixes 5 groups, one GRU for all of them, both widths, and
/// two padded depthwise convolutions in front. Ours: the ReLU between these, and that of the window then the middle pixel is
/// read; zeros fill up the last group.</para>
/// </remarks>
public sealed class CasRnn : PixelClassifier
{
    private const int Groups = 5;
    private const int Kernel = 3;
    private const int BandState = 128;
    private const int GroupState = 256;

    private readonly Conv2d? dw1;
    private readonly Conv2d? dw2;
    private readonly GRU bands;
    private readonly GRU groups;
    private readonly Linear head;
    private readonly SpectrumPieces pieces;

    /// <summary>Makes the model.</summary>
    /// <param name="input">Bands, classes and window.</param>
    public CasRnn(SpectralInput input) : base(nameof(CasRnn), input)
    {
        pieces = SpectrumPieces.Of(input.Bands, (input.Bands + Groups - 1) / Groups, PieceRule.BandsPerPiece);
        if (input.Window > 1)
        {
            dw1 = nn.Conv2d(input.Bands, input.Bands, Kernel, padding: Kernel / 2, groups: input.Bands);
            dw2 = nn.Conv2d(input.Bands, input.Bands, Kernel, padding: Kernel / 2, groups: input.Bands);
        }

        bands = nn.GRU(1, BandState, batchFirst: true);
        groups = nn.GRU(BandState, GroupState, batchFirst: true);
        head = nn.Linear(GroupState, input.Classes);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override double MultiplyAdds => Profiled.MultiplyAdds + (dw1 is null ? 0 : (double)Input.Pixels * Input.Bands);

    /// <inheritdoc/>
    public override ProfilerCost Profiled =>
        (dw1 is null ? default : 2 * ProfilerCost.Convolution(1, Input.Bands, Kernel * Kernel, Input.Pixels))
        + ProfilerCost.Gru(1, BandState, pieces.Count * pieces.Width) + ProfilerCost.Gru(BandState, GroupState, pieces.Count)
        + ProfilerCost.Linear(GroupState, Input.Classes);

    /// <inheritdoc/>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var y = Windows(x);
        if (dw1 is not null)
        {
            y = dw2!.call(nn.functional.relu(dw1.call(y)));
        }

        var middle = Input.Window / 2;
        var tokens = pieces.Cut(y.select(3, middle).select(2, middle));
        var (_, ofGroup) = bands.call(tokens.view(-1, pieces.Width, 1));
        var (_, ofPixel) = groups.call(ofGroup[0].view(-1, pieces.Count, BandState));
        return head.call(ofPixel[0]).MoveToOuterDisposeScope();
    }
}
