using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.VisionLstm;

/// <summary>Makes a pyramid of strides 4, 8, 16, 32 of four equal maps of a plain backbone.</summary>
/// <remarks>
/// Patch 16 (or 14): two transposed convolutions with batch norm and GELU between, one transposed convolution, identity, max
/// pooling. Patch 8: one transposed convolution, identity, max pooling by 2, by 4. Names <c>processors.*</c>; Xavier-uniform,
/// bias 0. Source: NX-AI/vision-lstm, <c>UpernetPostprocessor</c> (from BEiT). Deviation: a map that is smaller than the window
/// becomes one pixel, where the source stops with an error.
/// </remarks>
public sealed class FeaturePyramid : nn.Module<Tensor[], Tensor[]>
{
    private readonly ModuleList<nn.Module<Tensor, Tensor>> processors;
    private readonly long dim;
    private readonly long patchSize;

    /// <summary>Makes the pyramid.</summary>
    /// <param name="dim">Channels of the maps.</param>
    /// <param name="patchSize">Pixels between tokens of the backbone: 8, 14 or 16.</param>
    /// <exception cref="ArgumentException">There is no pyramid for the patch size.</exception>
    public FeaturePyramid(long dim, long patchSize) : base(nameof(FeaturePyramid))
    {
        (this.dim, this.patchSize) = (dim, patchSize);
        processors = new ModuleList<nn.Module<Tensor, Tensor>>(
            [.. Levels(dim, patchSize, () => Xavier(nn.ConvTranspose2d(dim, dim, 2, stride: 2)))
                .Select(level => level.Length == 1 ? level[0] : nn.Sequential(level))]);
        RegisterComponents();
    }

    /// <summary>Strides of the maps it makes.</summary>
    public static IReadOnlyList<int> Strides { get; } = [4, 8, 16, 32];

    /// <summary>Four maps <c>(B, D, h, w)</c> to the pyramid.</summary>
    public override Tensor[] forward(Tensor[] x)
    {
        if (x.Length != processors.Count)
        {
            throw new ArgumentException($"The pyramid is made of {processors.Count} feature maps, got {x.Length}.", nameof(x));
        }

        return [.. x.Zip(processors, (map, processor) => processor.call(map))];
    }

    /// <summary>Multiply-adds on a token grid of <paramref name="tokens"/> tokens.</summary>
    public double MultiplyAdds(long tokens) => MultiplyAdds(dim, patchSize, tokens);

    /// <summary>The layers of the four levels, for backbones that keep them under other names.</summary>
    /// <param name="dim">Channels of the maps.</param>
    /// <param name="patchSize">Patch side of the backbone.</param>
    /// <param name="up">Makes a transposed convolution that doubles a map's sides.</param>
    /// <exception cref="ArgumentException">There is no pyramid for the patch size.</exception>
    internal static nn.Module<Tensor, Tensor>[][] Levels(long dim, long patchSize, Func<nn.Module<Tensor, Tensor>> up) =>
        patchSize switch
        {
            16 or 14 => [[up(), nn.BatchNorm2d(dim), nn.GELU(), up()], [up()], [nn.Identity()], [new Shrink(2)]],
            8 => [[up()], [nn.Identity()], [new Shrink(2)], [new Shrink(4)]],
            _ => throw new ArgumentException(
                $"There is a feature pyramid for patch sizes 8, 14 and 16, not for {patchSize}: use the maps as they are.",
                nameof(patchSize)),
        };

    /// <summary>Multiply-adds of the four levels.</summary>
    internal static double MultiplyAdds(long dim, long patchSize, long tokens)
    {
        // A transposed 2x2 convolution with stride 2 spends D·D on every output pixel: 4 a token.
        double up = 4.0 * tokens * dim * dim;
        return patchSize == 8 ? up + 2.0 * tokens * dim : up + 4 * up + up + (4.0 * tokens * dim * 3) + ((double)tokens * dim);
    }

    /// <summary>Max pooling with a window that is no larger than the map.</summary>
    private sealed class Shrink : nn.Module<Tensor, Tensor>
    {
        private readonly long factor;

        public Shrink(long factor) : base(nameof(Shrink))
        {
            this.factor = factor;
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            long[] window = [Math.Min(factor, x.shape[2]), Math.Min(factor, x.shape[3])];
            return nn.functional.max_pool2d(x, window, window);
        }
    }

    private static ConvTranspose2d Xavier(ConvTranspose2d module)
    {
        using (no_grad())
        {
            nn.init.xavier_uniform_(module.weight!.view(module.weight!.shape[0], -1));
            nn.init.zeros_(module.bias!);
        }

        return module;
    }
}
