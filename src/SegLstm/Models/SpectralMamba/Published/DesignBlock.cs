using SegLstm.Models.Hyperspectral;

namespace SegLstm.Models.SpectralMamba.Published;

/// <summary>The Mamba part of a design's layer.</summary>
/// <param name="Expansion">E / D.</param>
/// <param name="States">N.</param>
/// <param name="Taps">Taps of the convolution; 0: none.</param>
/// <param name="Rank">Width that step sizes are computed through.</param>
/// <param name="Directions">Directions.</param>
public readonly record struct DesignBlock(int Expansion, int States, int Taps, int Rank, ScanDirections Directions)
{
    /// <summary>Its cost on tokens.</summary>
    /// <param name="dim">D.</param>
    /// <param name="tokens">Tokens.</param>
    /// <param name="rule">What is counted.</param>
    public ProfilerCost Cost(int dim, int tokens, CountRule rule)
    {
        var inner = Expansion * dim;
        var branch = ProfilerCost.Linear(inner, Rank + (2 * States), tokens, bias: false);
        if (Taps > 0)
        {
            branch += ProfilerCost.Convolution(1, inner, Taps, tokens + Taps - 1);
        }

        var outer = ProfilerCost.Linear(inner, dim, tokens, bias: false);
        if (rule != CountRule.ProfilerOfOfficialBlock)
        {
            branch += ProfilerCost.Linear(Rank, inner, tokens);
            outer += ProfilerCost.Linear(dim, 2 * inner, tokens, bias: false);
        }

        if (rule == CountRule.AllParameters)
        {
            branch += new ProfilerCost(inner * (States + 1), 0);
        }

        return Directions switch
        {
            ScanDirections.One => outer + branch,
            ScanDirections.BothInOneBlock => outer + (2 * branch),
            _ => 2 * (outer + branch),
        };
    }
}
