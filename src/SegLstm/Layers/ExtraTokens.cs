using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Layers;

/// <summary>Learned tokens among the patches: class tokens where the model pools them, registers where it does not.</summary>
/// <remarks>
/// Parameter <c>tokens (1, n, D)</c>, normal with standard deviation 0.02, no weight decay. Source: BenediktAlkin/KappaModules,
/// <c>VitClassTokens</c>. Deviation: they are found again where they were put; the source looks one place aside for an even
/// number in the middle of an odd number of patches, and for evenly spread ones whose pieces are all full.
/// </remarks>
public sealed class ExtraTokens : nn.Module<Tensor, TokenLayout, Tensor>
{
    private readonly Parameter tokens;
    private readonly TokenLocation location;

    /// <summary>Makes the tokens.</summary>
    /// <param name="dim">Token width D.</param>
    /// <param name="count">n.</param>
    /// <param name="location">Where they stand.</param>
    /// <exception cref="ArgumentException">There is no token, or an odd number for both ends.</exception>
    public ExtraTokens(long dim, int count, TokenLocation location) : base(nameof(ExtraTokens))
    {
        if (count < 1 || (location == TokenLocation.Bilateral && count % 2 != 0))
        {
            throw new ArgumentException(
                $"Expected at least one learned token, and an even number for {TokenLocation.Bilateral}, got {count}.",
                nameof(count));
        }

        this.location = location;
        tokens = nn.Parameter(zeros([1, count, dim]));
        nn.init.normal_(tokens, 0, 0.02);
        RegisterComponents();
    }

    /// <summary>How many.</summary>
    public int Count => (int)tokens.shape[1];

    /// <summary>The sequence that comes of the patches of a grid.</summary>
    public TokenLayout LayoutOf(TokenGrid grid)
    {
        var (patches, count) = (grid.Tokens, Count);
        // Patches in front of each token; a token's place is that and the tokens before it.
        long Before(int token) => location switch
        {
            TokenLocation.First => 0,
            TokenLocation.Middle => (patches + 1) / 2,
            TokenLocation.Last => patches,
            TokenLocation.Bilateral => token < count / 2 ? 0 : patches,
            _ => Math.Min(patches, (token + 1) * ((patches + count) / (count + 1))),
        };
        return new TokenLayout(grid, [.. Enumerable.Range(0, count).Select(token => Before(token) + token)]);
    }

    /// <summary>Patches <c>(B, S, D)</c> to the sequence <c>(B, S + n, D)</c> of <see cref="LayoutOf"/>.</summary>
    public override Tensor forward(Tensor x, TokenLayout layout)
    {
        using var expanded = tokens.expand(x.shape[0], -1, -1);
        return layout.Join(x, expanded);
    }
}
