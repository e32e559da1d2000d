namespace SegLstm.Jupyter.Magics;

/// <summary>An option of a magic.</summary>
/// <param name="Name">With its dashes, such as `--name`.</param>
/// <param name="Summary">A line for the help.</param>
internal sealed record MagicOption(string Name, string Summary)
{
    /// <summary>The magic does not run without it.</summary>
    public bool Required { get; init; }

    /// <summary>Takes no value.</summary>
    public bool Flag { get; init; }

    /// <summary>A value without a name before it is this option's.</summary>
    public bool Unnamed { get; init; }

    /// <summary>What its values are, for completion.</summary>
    public MagicValues Values { get; init; }
}
