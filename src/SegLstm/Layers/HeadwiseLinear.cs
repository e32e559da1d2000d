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

    /// <summary><c>(B, S, E)</c> to <c>(B, S, E)</c>.</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var (blocks, size) = (weight.shape[0], weight.shape[1]);
        // One small product a block: (blocks, B·S, in) x (blocks, in, out).
        var grouped = x.reshape(-1, blocks, size).transpose(0, 1);
        var y = grouped.bmm(weight.transpose(1, 2)).transpose(0, 1).reshape(x.shape);
        return (bias is null ? y : y + bias).MoveToOuterDisposeScope();
    }
}
