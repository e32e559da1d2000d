namespace SegLstm.Jupyter.Languages.CSharp.Weaving;

/// <summary>The names by which woven code calls <see cref="Woven"/>; no name of a cell can hide them.</summary>
internal static class Names
{
    /// <summary>The class.</summary>
    public const string Class = "global::SegLstm.Jupyter.Languages.CSharp.Weaving.Woven.";

    /// <summary>A statement.</summary>
    public const string Check = Class + nameof(Woven.Check) + "();";

    /// <summary>A statement.</summary>
    public const string ToCell = "await " + Class + nameof(Woven.ToCell) + "();";

    /// <summary>The running cell's token.</summary>
    public const string Token = Class + nameof(Woven.Token);
}
