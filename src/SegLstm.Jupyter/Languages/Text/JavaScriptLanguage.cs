using System.Text;
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Formatting;
using SegLstm.Jupyter.Cells;

namespace SegLstm.Jupyter.Languages.Text;

/// <summary>
/// Scripts that run in the page that shows the notebook, not in the kernel: nothing comes back. Shared values become constants at
/// the top of each script, as JSON.
/// </summary>
internal sealed class JavaScriptLanguage() : TextLanguage("javascript")
{
    private readonly Dictionary<string, Variable> variables = [];

    /// <inheritdoc/>
    public override IReadOnlyList<Variable> Variables => [.. variables.Values];

    /// <inheritdoc/>
    public override Task SetVariableAsync(string name, object? value, Type type)
    {
        if (name.Length == 0 || char.IsAsciiDigit(name[0])
            || !name.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '$'))
        {
            throw new ArgumentException($"expected a JavaScript name, got '{name}'", nameof(name));
        }

        variables[name] = new Variable(name, type, value);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override MimeBundle Show(string code)
    {
        var script = new StringBuilder("<script type=\"text/javascript\">\n(async () => {\n");
        foreach (var variable in variables.Values)
        {
            // A script element ends at its first closing tag, wherever that stands.
            var json = variable.Value.ToDisplayString("application/json").Replace("</", "<\\/", StringComparison.Ordinal);
            script.Append($"const {variable.Name} = {json};\n");
        }

        script.Append(code).Append("\n})();\n</script>");
        return new MimeBundle(new Dictionary<string, JsonNode>
        {
            ["text/html"] = script.ToString(),
            ["text/plain"] = "(a script for the page)",
        });
    }
}
