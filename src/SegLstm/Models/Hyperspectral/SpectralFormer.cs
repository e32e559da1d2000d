using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Hyperspectral;

/// <summary>SpectralFormer: a transformer over bands. A token is a band with its neighbours (group-wise spectral embedding); later
/// layers also read what came two layers before (cross-layer adaptive fusion).</summary>
/// <remarks>
/// <para>Names <c>embed, class_token, positions, blocks.{i}, fusion.{i}, norm, head</c>. Source: SpectralFormer
/// (arXiv 2107.02988), equations and figures.</para>
/// <para>Sizes are those of the row in SpectralMamba's table: with 145 bands, 14 classes and windows of 3 x 3 it has its 74.03K
/// parameters and 685.89M multiply-adds of a batch, which fixes groups of 3 bands, width 64, 4 blocks and hidden layers of 8.
/// Ours: 4 heads; that the outermost bands are their own missing neighbours; two weights a fusion, started as no fusion; no
/// dropout.</para>
/// </remarks>
public sealed class SpectralFormer : PixelClassifier
{
    private const int Neighbours = 3;
    private const int Depth = 4;

    private readonly Linear embed;
    private readonly Parameter class_token;
    private readonly Parameter positions;
    private readonly ModuleList<SpectralFormerBlock> blocks;
    private readonly ParameterList fusion;
    private readonly LayerNorm norm;
    private readonly Linear head;
    private readonly long[] members;

    /// <summary>Makes the model.</summary>
    /// <param name="input">Bands, classes and window.</param>
    public SpectralFormer(SpectralInput input) : base(nameof(SpectralFormer), input)
    {
        const int Dim = SpectralFormerBlock.Dim;
        members = [.. Enumerable.Range(0, input.Bands).SelectMany(band => Enumerable.Range(0, Neighbours)
            .Select(neighbour => (long)Math.Clamp(band + neighbour - (Neighbours / 2), 0, input.Bands - 1)))];
        embed = nn.Linear(Neighbours * input.Pixels, Dim);
        class_token = nn.Parameter(randn([1, 1, Dim]) * 0.02);
        positions = nn.Parameter(randn([1, input.Bands + 1, Dim]) * 0.02);
        blocks = new ModuleList<SpectralFormerBlock>([.. Enumerable.Range(0, Depth).Select(_ => new SpectralFormerBlock())]);
        fusion = nn.ParameterList([.. Enumerable.Range(0, Depth - 2).Select(_ => nn.Parameter(tensor(new[] { 1f, 0f })))]);
        norm = nn.LayerNorm(Dim);
        head = nn.Linear(Dim, input.Classes);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override double MultiplyAdds => ((double)Input.Bands * Neighbours * Input.Pixels * SpectralFormerBlock.Dim)
        + (Tokens * SpectralFormerBlock.Dim) + (Depth * SpectralFormerBlock.MultiplyAdds(Tokens))
        + ((Depth - 2) * 3.0 * Tokens * SpectralFormerBlock.Dim)
        + (SpectralFormerBlock.Dim * (2.0 + Input.Classes));

    /// <inheritdoc/>
    public override ProfilerCost Profiled =>
        ProfilerCost.Linear(Neighbours * Input.Pixels, SpectralFormerBlock.Dim, Input.Bands)
        + (Depth * SpectralFormerBlock.Profiled(Tokens))
        + ProfilerCost.Norm(SpectralFormerBlock.Dim, 1) + ProfilerCost.Linear(SpectralFormerBlock.Dim, Input.Classes);

    private int Tokens => Input.Bands + 1;

    /// <inheritdoc/>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var samples = Windows(x).flatten(2);
        var groups = samples.index_select(1, tensor(members, device: samples.device))
            .view(samples.shape[0], Input.Bands, Neighbours * Input.Pixels);
        var tokens = cat([class_token.expand(samples.shape[0], -1, -1), embed.call(groups)], 1) + positions;
        var outputs = new List<Tensor>();
        for (var i = 0; i < Depth; i++)
        {
            // Two layers back: the block before the last one.
            if (i >= 2)
            {
                var weights = fusion[i - 2];
                tokens = (weights[0] * tokens) + (weights[1] * outputs[i - 2]);
            }

            tokens = blocks[i].call(tokens);
            outputs.Add(tokens);
        }

        return head.call(norm.call(tokens.select(1, 0))).MoveToOuterDisposeScope();
    }
}
