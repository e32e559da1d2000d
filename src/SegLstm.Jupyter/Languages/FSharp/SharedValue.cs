using System.ComponentModel;

namespace SegLstm.Jupyter.Languages.FSharp;

/// <summary>Where the code that declares a shared value finds it. Public, since that code is compiled like a cell's.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SharedValue
{
    /// <summary>The value, for as long as the declaration runs.</summary>
    public static object? Value { get; set; }
}
