using SegLstm.Models.Mamba;

namespace SegLstm.Models.Vim;

/// <summary>A Vim mixer. The defaults are the published ones; change with <c>with</c>.</summary>
public sealed record VimMixerConfig
{
    /// <summary>The Mamba block that is run in one or two directions.</summary>
    public required MambaConfig Block { get; init; }

    /// <summary>The directions.</summary>
    public MixerDirections Directions { get; init; } = MixerDirections.Both;

    /// <summary>Takes half of the two directions' sum (<see cref="MixerDirections.Both"/> only).</summary>
    public bool DivideOut { get; init; } = true;

    /// <summary>Initial value of a learned factor for every channel of the output; null: no factor.</summary>
    public double? LayerScale { get; init; }

    /// <summary>All that is wrong with this configuration, in words; empty if nothing is.</summary>
    public IReadOnlyList<string> Validate() =>
    [
        .. Block.Validate(),
        .. Enum.IsDefined(Directions) ? Array.Empty<string>() : [$"Directions has no value {(int)Directions}."],
        .. LayerScale is null || double.IsFinite(LayerScale.Value)
            ? Array.Empty<string>() : [$"LayerScale must be a finite number, or null for none, got {LayerScale}."],
    ];
}
