namespace SegLstm.Heads;

/// <summary>What DPT does with the class token of a transformer in front of its decoder. Source: DPT (arXiv 2103.13413), section
/// 3.1.</summary>
public enum DptReadout
{
    /// <summary>It is dropped; a backbone without a class token has nothing else.</summary>
    Ignore,

    /// <summary>It is added to every other token; of a class and a distillation token, their mean is.</summary>
    Add,

    /// <summary>Every other token and it, side by side, are projected back to the width, then GELU: DPT's default.</summary>
    Project,
}
