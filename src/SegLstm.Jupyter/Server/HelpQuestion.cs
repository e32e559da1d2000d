namespace SegLstm.Jupyter.Server;

/// <summary>
/// A cell that asks for help, as in IPython: one line that ends or begins with `?`, or `??` for everything known.
/// </summary>
/// <param name="Code">What it asks about.</param>
/// <param name="Detailed">Asked with `??`.</param>
internal sealed record HelpQuestion(string Code, bool Detailed)
{
    /// <summary>Reads a cell.</summary>
    /// <returns>Null where it is no question. No C# cell is taken for one: none ends or begins with `?`, but for a comment.</returns>
    public static HelpQuestion? Parse(string cell)
    {
        string line = cell.Trim();
        if (line.Contains('\n') || line.Contains("//", StringComparison.Ordinal) || line.StartsWith('#')) return null;
        bool asks = line.StartsWith('?') || line.EndsWith('?');
        string code = line.Trim('?').Trim();
        if (!asks || code.Length == 0) return null;
        bool twice = line.StartsWith("??", StringComparison.Ordinal) || line.EndsWith("??", StringComparison.Ordinal);
        return new HelpQuestion(code, twice);
    }
}
