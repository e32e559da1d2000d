using System.Text.Json.Nodes;

namespace SegLstm.Jupyter.Cells;

/// <summary>One value in the forms that a front end may choose from: MIME type to content.</summary>
/// <remarks>
/// JSON types (`application/json`, `…+json`) hold a JSON value, binary types (`image/png`) base64 text, all others text.
/// Every bundle has a `text/plain` form: front ends without a better one, screen readers and logs rely on it.
/// </remarks>
public sealed class MimeBundle
{
    /// <summary>A bundle of these forms.</summary>
    /// <param name="data">MIME type to content.</param>
    /// <param name="metadata">MIME type to what a front end should know of it (width and height of an image).</param>
    /// <exception cref="ArgumentException"><paramref name="data"/> has no `text/plain`.</exception>
    public MimeBundle(IReadOnlyDictionary<string, JsonNode> data, IReadOnlyDictionary<string, JsonNode>? metadata = null)
    {
        if (!data.ContainsKey("text/plain"))
        {
            throw new ArgumentException($"expected a text/plain form in every bundle, got {string.Join(", ", data.Keys)}", nameof(data));
        }

        Data = data;
        Metadata = metadata ?? new Dictionary<string, JsonNode>();
    }

    /// <summary>MIME type to content.</summary>
    public IReadOnlyDictionary<string, JsonNode> Data { get; }

    /// <summary>MIME type to what a front end should know of its content.</summary>
    public IReadOnlyDictionary<string, JsonNode> Metadata { get; }

    /// <summary>The form that every bundle has.</summary>
    public string Text => Data["text/plain"].GetValue<string>();

    /// <summary>A bundle of plain text alone.</summary>
    public static MimeBundle Plain(string text) => new(new Dictionary<string, JsonNode> { ["text/plain"] = text });
}
