using SegLstm.Kernels.BlockLinear;
using SegLstm.Kernels.VilBlock;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Layers;

/// <summary>A linear map with a block-diagonal matrix: channels b·j .. b·j + b-1 form block j and mix among themselves
/// only.</summary>
/// <remarks>Weight <c>(blocks, out, in)</c>. Source: NX-AI/vision-lstm, <c>LinearHeadwiseExpand</c>.</remarks>
public sealed class HeadwiseLinear : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter? bias;

    /// <summary>Makes the map.</summary>
    /// <param name="dim">Channels, in and out.</param>
    /// <param name="blockSize">Channels in a block.</param>
    /// <param name="hasBias">Adds a learned bias.</param>
    /// <param name="std">Standard deviation of the initial weight.</param>
    /// <exception cref="ArgumentException">The block size does not divide the channels.</exception>
    public HeadwiseLinear(long dim, long blockSize, bool hasBias, double std) : base(nameof(HeadwiseLinear))
    {
        if (dim % blockSize != 0)
        {
            throw new ArgumentException($"{dim} channels do not divide into blocks of {blockSize}.", nameof(dim));
        }

        weight = nn.Parameter(empty([dim / blockSize, blockSize, blockSize]));
        nn.init.normal_(weight, 0, std);
        bias = hasBias ? nn.Parameter(zeros([dim])) : null;
        RegisterComponents();
    }

    /// <summary>Its parameters, for kernels that do more than this layer.</summary>
    internal Affine Parameters => new(weight, bias);

    /// <summary><c>(B, S, E)</c> to <c>(B, S, E)</c>.</summary>
    public override Tensor forward(Tensor x) => BlockLinear.Forward(x, weight, bias);
}
