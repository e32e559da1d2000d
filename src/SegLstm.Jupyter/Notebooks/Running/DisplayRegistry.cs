using System.Text.Json.Nodes;

namespace SegLstm.Jupyter.Notebooks.Running;

/// <summary>The displays of a notebook that have a name, so that updates find them.</summary>
internal sealed class DisplayRegistry
{
    private readonly Dictionary<string, List<JsonObject>> _named = new(StringComparer.Ordinal);

    /// <summary>Guards the outputs of all cells of the notebook.</summary>
    public Lock Gate { get; } = new();

    public void Add(string displayId, JsonObject output)
    {
        if (!_named.TryGetValue(displayId, out List<JsonObject>? outputs)) _named[displayId] = outputs = [];
        outputs.Add(output);
    }

    public IReadOnlyList<JsonObject> Find(string displayId) => _named.GetValueOrDefault(displayId) ?? [];

    public void Remove(JsonObject output)
    {
        foreach (List<JsonObject> outputs in _named.Values) outputs.Remove(output);
    }
}
