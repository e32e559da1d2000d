using SegLstm.Models.Mamba;

namespace SegLstm.Models.Vim;

/// <summary>Multiply-adds of Vision Mamba in closed form.</summary>
/// <remarks>
/// The convention of <see cref="Complexity"/> with two departures, so that Vim-T and Vim-S come out as ViL's table prints them
/// (1.5 and 5.3 · 10⁹ at 224²). A scan counts 4·L·E·N a direction: one multiply-add each for the decay's exponent, the input, the
/// new state and the read-out; with the 9 operations that VMamba's tables count, the two directions would make 1.8 and 5.9.
/// Activations and gates, less than 1 %, are left out.
/// </remarks>
public static class VimComplexity
{
    private const double ScanMultiplyAdds = 4;

    /// <summary>The whole classifier on one image.</summary>
    public static double Classifier(VimConfig config, long height, long width)
    {
        var tokens = Tokens(config, height, width);
        var scored = config.ClassToken == ClassToken.None && config.Pool is TokenPool.Max or TokenPool.All ? tokens : 1;
        return Trunk(config, height, width, config.Depth) + (3.0 * config.Dim * tokens)
            + ((double)scored * (config.Classes ?? 0) * config.Dim);
    }

    /// <summary>Patch embedding and the first <paramref name="layers"/> layers on one image.</summary>
    public static double Trunk(VimConfig config, long height, long width, int layers)
    {
        var patch = ((double)config.Channels * config.PatchSize * config.PatchSize) + 1;
        return (config.GridOf(height, width).Tokens * config.Dim * patch)
            + (layers * Layer(config, Tokens(config, height, width)));
    }

    /// <summary>One layer on a sequence of <paramref name="tokens"/> tokens.</summary>
    public static double Layer(VimConfig config, long tokens)
    {
        var block = config.Mixer.Block;
        var scans = config.Directions == MixerDirections.Forward ? 1 : 2;
        return MambaComplexity.Projections(block, tokens, config.Directions == MixerDirections.Both ? 2 : 1)
            + (scans * ScanMultiplyAdds * tokens * block.Inner * block.StateSize)
            // Norm and residual.
            + (3.0 * tokens * config.Dim);
    }

    private static long Tokens(VimConfig config, long height, long width) =>
        config.GridOf(height, width).Tokens + (config.ClassToken == ClassToken.None ? 0 : 1);
}
