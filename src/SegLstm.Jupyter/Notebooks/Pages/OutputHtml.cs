using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SegLstm.Jupyter.Notebooks.Pages;

/// <summary>A cell's outputs as HTML: of each value the richest form that a page without a network can show.</summary>
internal sealed class OutputHtml(PageText text)
{
    private const string Plotly = "application/vnd.plotly.v1+json";

    private int _plots;

    /// <summary>Whether a plot came as data alone, so that the page must bring what draws it.</summary>
    public bool NeedsPlotly => _plots > 0;

    /// <summary>All outputs of a cell.</summary>
    public string Render(JsonArray outputs)
    {
        var html = new StringBuilder();
        foreach (JsonNode? node in outputs)
        {
            if (node is not JsonObject output) continue;
            html.Append(LineSplitting.Join(output["output_type"]) switch
            {
                "stream" => Stream(output),
                "error" => Error(output),
                "display_data" or "execute_result" => Value(output),
                var other => $"<pre class=\"out\">[an output of the unknown kind '{Html.Escape(other)}']</pre>\n",
            });
        }

        return html.ToString();
    }

    private static string Stream(JsonObject output)
    {
        string kind = LineSplitting.Join(output["name"]) == "stderr" ? "stderr" : "stdout";
        return $"<pre class=\"out {kind}\">{AnsiText.ToHtml(LineSplitting.Join(output["text"]).TrimEnd('\n'))}</pre>\n";
    }

    private static string Error(JsonObject output)
    {
        string traceback = string.Join('\n', (output["traceback"] as JsonArray ?? []).Select(LineSplitting.Join)).Trim('\n');
        if (traceback.Length == 0) traceback = $"{LineSplitting.Join(output["ename"])}: {LineSplitting.Join(output["evalue"])}";
        return $"<pre class=\"out error\">{AnsiText.ToHtml(traceback)}</pre>\n";
    }

    private string Value(JsonObject output)
    {
        if (output["data"] is not JsonObject data) return "";
        foreach ((string type, Func<JsonNode, JsonObject, string> show) in Forms)
        {
            if (data[type] is { } content) return $"<div class=\"out value\">{show(content, output)}</div>\n";
        }

        KeyValuePair<string, JsonNode?> json = data.FirstOrDefault(form => form.Key.EndsWith("+json", StringComparison.Ordinal));
        return data["text/plain"] is { } plain
            ? $"<pre class=\"out plain\">{AnsiText.ToHtml(LineSplitting.Join(plain).TrimEnd('\n'))}</pre>\n"
            : json.Value is not null ? $"<pre class=\"out plain\">{Html.Escape(json.Value.ToJsonString(Indented))}</pre>\n"
            : $"<pre class=\"out plain\">[a value of type {Html.Escape(Types(data))}]</pre>\n";
    }

    private static string Types(JsonObject data) => string.Join(", ", data.Select(form => form.Key));

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    // Richest first. Markdown before the HTML that is made of it for others: here its formulas, diagrams, code and pictures are
    // drawn as those of the notebook's own text are.
    private (string Type, Func<JsonNode, JsonObject, string> Show)[] Forms =>
    [
        ("text/markdown", (content, _) => text.Output(LineSplitting.Join(content))),
        ("text/html", (content, _) => text.WithPictures(LineSplitting.Join(content))),
        ("image/svg+xml", (content, _) => Drawing(LineSplitting.Join(content))),
        ("image/png", (content, output) => Picture("image/png", content, output)),
        ("image/jpeg", (content, output) => Picture("image/jpeg", content, output)),
        ("image/webp", (content, output) => Picture("image/webp", content, output)),
        ("image/gif", (content, output) => Picture("image/gif", content, output)),
        ("text/latex", (content, _) => Formulas.Output(LineSplitting.Join(content))),
        ("text/vnd.mermaid", (content, _) => FenceRenderer.Diagram(LineSplitting.Join(content))),
        (Plotly, (content, _) => Plot(content)),
        ("application/javascript", (content, _) => Script(LineSplitting.Join(content))),
        ("text/javascript", (content, _) => Script(LineSplitting.Join(content))),
        ("application/json", (content, _) => $"<pre>{Html.Escape(content.ToJsonString(Indented))}</pre>"),
    ];

    // Without what only stands at the top of a file of its own.
    private static string Drawing(string svg)
    {
        int start = svg.IndexOf("<svg", StringComparison.OrdinalIgnoreCase);
        return start < 0 ? Html.Escape(svg) : svg[start..];
    }

    private static string Picture(string type, JsonNode content, JsonObject output)
    {
        JsonObject? metadata = output["metadata"] as JsonObject;
        JsonObject? size = metadata?[type] as JsonObject ?? metadata;
        string attributes = string.Concat(
            new[] { "width", "height" }.Where(name => size?[name]?.GetValueKind() == JsonValueKind.Number)
            .Select(name => $" {name}=\"{size![name]!.ToJsonString()}\""));
        string words = LineSplitting.Join(size?["alt"] ?? metadata?["alt"]);
        if (words.Length == 0) words = LineSplitting.Join((output["data"] as JsonObject)?["text/plain"]);
        string data = string.Concat(LineSplitting.Join(content).Where(c => !char.IsWhiteSpace(c)));
        if (words.Length == 0) words = "picture";
        return $"<img src=\"data:{type};base64,{Html.Escape(data)}\"{attributes} alt=\"{Html.Escape(words)}\">";
    }

    private string Plot(JsonNode content) =>
        $"<div class=\"plot\" id=\"plot-{++_plots}\"></div>"
        + $"<script type=\"application/json\" class=\"plot-data\" data-for=\"plot-{_plots}\">"
        + $"{Html.Script(content.ToJsonString())}</script>";

    // As Jupyter runs it: `element` is where the script may draw.
    private static string Script(string code) =>
        $"<div></div><script>(function(element){{\n{Html.Script(code)}\n}})"
        + "(document.currentScript.previousElementSibling);</script>";
}
