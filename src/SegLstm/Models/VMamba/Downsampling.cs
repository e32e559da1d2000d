using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace SegLstm.Models.VMamba;

/// <summary>Halves a map between two stages (<see cref="DownsampleVersion"/>).</summary>
/// <remarks>Names <c>1, 2</c>: norm and linear map of version 1; <c>1, 3</c>: convolution and norm of the others. Source:
/// MzeroMiko/VMamba, <c>_make_downsample</c>, <c>PatchMerge</c>. Deviation: version 1 refuses odd sides, which the authors' code
/// pads by half a map.</remarks>
public sealed class Downsampling : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "1")] private readonly nn.Module<Tensor, Tensor> normOrConv;
    [ComponentName(Name = "2")] private readonly GridLinear? reduction;
    [ComponentName(Name = "3")] private readonly GridNorm? norm;
    private readonly bool channelsFirst;
    private readonly DownsampleVersion version;

    /// <summary>Makes the step.</summary>
    /// <param name="version">Its kind.</param>
    /// <param name="dim">Channels C in.</param>
    /// <param name="outDim">Channels out.</param>
    /// <param name="channelsFirst">True: maps are <c>(B, C, H, W)</c>; false: channels last.</param>
    public Downsampling(DownsampleVersion version, long dim, long outDim, bool channelsFirst) : base(nameof(Downsampling))
    {
        (this.version, this.channelsFirst) = (version, channelsFirst);
        if (version == DownsampleVersion.V1)
        {
            normOrConv = new GridNorm(4 * dim, channelsFirst, channelsFirst);
            reduction = new GridLinear(4 * dim, outDim, false, channelsFirst);
        }
        else
        {
            normOrConv = version == DownsampleVersion.V2
                ? nn.Conv2d(dim, outDim, 2, stride: 2)
                : nn.Conv2d(dim, outDim, 3, stride: 2, padding: 1);
            norm = new GridNorm(outDim, inFirst: true, channelsFirst);
        }

        RegisterComponents();
    }

    /// <summary><c>(B, C, H, W)</c> to <c>(B, out, H/2, W/2)</c>, or the same with channels last.</summary>
    /// <exception cref="ArgumentException">A side is odd and the step merges patches, or a map has nothing to halve.</exception>
    public override Tensor forward(Tensor x)
    {
        Check(x);
        using var scope = NewDisposeScope();
        if (reduction is not null)
        {
            return reduction.call(normOrConv.call(MergePatches(x))).MoveToOuterDisposeScope();
        }

        return norm!.call(normOrConv.call(channelsFirst ? x : x.permute(0, 3, 1, 2))).MoveToOuterDisposeScope();
    }

    private void Check(Tensor x)
    {
        var (height, width) = channelsFirst ? (x.shape[2], x.shape[3]) : (x.shape[1], x.shape[2]);
        var wrong = version switch
        {
            DownsampleVersion.V1 => height % 2 != 0 || width % 2 != 0,
            DownsampleVersion.V2 => height < 2 || width < 2,
            _ => false,
        };
        if (wrong)
        {
            var sides = version == DownsampleVersion.V1 ? "even sides" : "sides of 2 or more";
            throw new ArgumentException(
                $"Downsampling {version} halves maps with {sides}, got {height} x {width}. " +
                "Resize or pad the image to a multiple of the backbone's SizeMultiple, or choose V3.",
                nameof(x));
        }
    }

    /// <summary>The four pixels of each 2×2 square beside each other; columns change last: (0,0), (1,0), (0,1), (1,1) in (row,
    /// column).</summary>
    private Tensor MergePatches(Tensor x)
    {
        var (rows, columns) = channelsFirst ? (2, 3) : (1, 2);
        Tensor Every(Tensor map, int dim, long first) => map.unflatten(dim, map.shape[dim] / 2, 2).select(dim + 1, first);
        var (even, odd) = (Every(x, rows, 0), Every(x, rows, 1));
        return cat(
            [Every(even, columns, 0), Every(odd, columns, 0), Every(even, columns, 1), Every(odd, columns, 1)],
            channelsFirst ? 1 : -1);
    }
}
