using SegLstm.Kernels.DepthwiseConv;
using SegLstm.Kernels.VilBlock;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Layers;

/// <summary>Depthwise 2-D convolution on tokens that are put back on their grid.</summary>
/// <remarks>Weight <c>(E, 1, kernel, kernel)</c>, same-size zero padding. Source: NX-AI/vision-lstm,
/// <c>SequenceConv2d</c>.</remarks>
public sealed class SequenceConv2d : nn.Module<Tensor, TokenGrid?, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter? bias;

    /// <summary>Makes the convolution.</summary>
    /// <param name="dim">Channels E.</param>
    /// <param name="kernelSize">Odd side of the kernel.</param>
    /// <param name="hasBias">Adds a learned bias.</param>
    /// <exception cref="ArgumentException">The kernel size is even.</exception>
    public SequenceConv2d(long dim, long kernelSize, bool hasBias = true) : base(nameof(SequenceConv2d))
    {
        if (kernelSize % 2 == 0)
        {
            throw new ArgumentException($"A 2-D convolution that keeps the grid needs an odd kernel size, got {kernelSize}.",
                nameof(kernelSize));
        }

        // PyTorch's default for convolutions: both uniform in ±1/sqrt(fan in), and the fan in of a depthwise kernel is its area.
        var bound = 1.0 / kernelSize;
        weight = nn.Parameter(empty([dim, 1, kernelSize, kernelSize]));
        nn.init.uniform_(weight, -bound, bound);
        if (hasBias)
        {
            bias = nn.Parameter(empty([dim]));
            nn.init.uniform_(bias, -bound, bound);
        }

        RegisterComponents();
    }

    /// <summary>Its parameters, for kernels that do more than this layer.</summary>
    internal Affine Parameters => new(weight, bias);

    /// <summary><c>(B, S, E)</c> to <c>(B, S, E)</c>; a missing grid is the square one.</summary>
    /// <exception cref="ArgumentException">The tokens do not fill the grid.</exception>
    public override Tensor forward(Tensor x, TokenGrid? grid) => Convolve(x, grid, silu: false, reverse: false);

    /// <summary>The same with SiLU behind it, in one pass.</summary>
    /// <param name="x">Tokens <c>(B, S, E)</c>.</param>
    /// <param name="grid">Their grid; null: the square one.</param>
    /// <param name="reverse">Whether the sequence is read from its last token on: the grid is seen rotated by 180°.</param>
    /// <exception cref="ArgumentException">The tokens do not fill the grid.</exception>
    public Tensor Activated(Tensor x, TokenGrid? grid, bool reverse = false) => Convolve(x, grid, silu: true, reverse);

    /// <summary><c>(B, S, E)</c> to <c>(B, S, E)</c> for patches with learned tokens between them.</summary>
    /// <remarks>A learned token is an image of one pixel: the kernel's middle and the bias. That rule is ours; the ViL training
    /// code has no 2-D convolution where there are such tokens.</remarks>
    public Tensor ForwardMixed(Tensor x, TokenLayout layout)
    {
        if (layout.Extra.Count == 0)
        {
            return forward(x, layout.Grid);
        }

        using var scope = NewDisposeScope();
        var middle = weight.shape[^1] / 2;
        var alone = layout.ExtraTokens(x) * weight[.., 0, middle, middle];
        var patches = forward(layout.Patches(x), layout.Grid);
        return layout.Join(patches, bias is null ? alone : alone + bias).MoveToOuterDisposeScope();
    }

    private Tensor Convolve(Tensor x, TokenGrid? grid, bool silu, bool reverse)
    {
        var (rows, columns) = grid ?? TokenGrid.Square(x.shape[1]);
        return GridConv.Forward(x, rows, columns, weight, bias, silu, reverse);
    }
}
