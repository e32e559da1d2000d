// The names by which any notebook host is found.
namespace Microsoft.DotNet.Interactive;

/// <summary>A notebook host of one cell, which keeps what it is asked to show.</summary>
public static class Kernel
{
    private static readonly AsyncLocal<List<object>?> Cell = new();

    /// <summary>Runs something as a cell, and gives back all that was shown, in order.</summary>
    public static IReadOnlyList<object> Run(Action cell)
    {
        var shown = Cell.Value = [];
        try
        {
            cell();
            return shown;
        }
        finally
        {
            Cell.Value = null;
        }
    }

    public static DisplayedValue display(object value, params string[] mimeTypes)
    {
        var cell = Cell.Value ?? throw new InvalidOperationException("No cell is running.");
        cell.Add(value);
        return new DisplayedValue(cell);
    }
}

public sealed class DisplayedValue(List<object> cell)
{
    public void Update(object value) => cell.Add(value);
}
