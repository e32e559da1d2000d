using SegLstm.Jupyter.Cells;

namespace SegLstm.Jupyter.Languages.Text;

/// <summary>Text under a name, kept by `#!value` for other languages to take.</summary>
internal sealed class ValueLanguage() : TextLanguage("value")
{
    private readonly Dictionary<string, Variable> variables = [];

    /// <inheritdoc/>
    public override IReadOnlyList<Variable> Variables => [.. variables.Values];

    /// <inheritdoc/>
    public override Task SetVariableAsync(string name, object? value, Type type)
    {
        variables[name] = new Variable(name, type, value);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override MimeBundle Show(string code) => MimeBundle.Plain(code);
}
