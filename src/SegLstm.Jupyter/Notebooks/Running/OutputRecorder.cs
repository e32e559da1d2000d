using System.Text.Json.Nodes;
using SegLstm.Jupyter.Cells;

namespace SegLstm.Jupyter.Notebooks.Running;

/// <summary>Records what one cell shows, in nbformat's shape.</summary>
/// <param name="executionCount">The number the cell runs as.</param>
/// <param name="displays">The displays of the whole notebook: an update changes those of earlier cells too.</param>
internal sealed class OutputRecorder(int executionCount, DisplayRegistry displays) : ICellOutput
{
    // One lock for the notebook: an update may reach into the outputs of another cell.
    private readonly Lock _gate = displays.Gate;
    private readonly List<JsonObject> _outputs = [];
    private readonly Dictionary<JsonObject, StreamText> _streams = [];
    private bool _clearsOnNext;

    /// <summary>The outputs so far, streams as text.</summary>
    public JsonArray Snapshot()
    {
        lock (_gate)
        {
            foreach ((JsonObject output, StreamText text) in _streams) output["text"] = text.ToString();
            return new JsonArray(
                [.. _outputs.Where(output => output["text"] is not { } text || text.GetValue<string>().Length > 0)
                .Select(output => output.DeepClone())]);
        }
    }

    /// <inheritdoc/>
    public void Write(OutputStream stream, string text)
    {
        if (text.Length == 0) return;
        lock (_gate)
        {
            ClearIfAsked();
            string name = JsonForms.Name(stream);
            if (_outputs.Count == 0 || !_streams.TryGetValue(_outputs[^1], out StreamText? last)
                || (string)_outputs[^1]["name"]! != name)
            {
                var output = new JsonObject { ["name"] = name, ["output_type"] = "stream", ["text"] = "" };
                _outputs.Add(output);
                _streams[output] = last = new StreamText();
            }

            last.Append(text);
        }
    }

    /// <inheritdoc/>
    public void Display(MimeBundle bundle, string? displayId = null)
    {
        lock (_gate)
        {
            ClearIfAsked();
            var output = new JsonObject
            {
                ["data"] = JsonForms.Of(bundle.Data),
                ["metadata"] = JsonForms.Of(bundle.Metadata),
                ["output_type"] = "display_data",
            };
            _outputs.Add(output);
            if (displayId is not null) displays.Add(displayId, output);
        }
    }

    /// <inheritdoc/>
    public void Update(MimeBundle bundle, string displayId)
    {
        lock (_gate)
        {
            foreach (JsonObject output in displays.Find(displayId))
            {
                output["data"] = JsonForms.Of(bundle.Data);
                output["metadata"] = JsonForms.Of(bundle.Metadata);
            }
        }
    }

    /// <inheritdoc/>
    public void Result(MimeBundle bundle)
    {
        lock (_gate)
        {
            ClearIfAsked();
            _outputs.Add(new JsonObject
            {
                ["data"] = JsonForms.Of(bundle.Data),
                ["execution_count"] = executionCount,
                ["metadata"] = JsonForms.Of(bundle.Metadata),
                ["output_type"] = "execute_result",
            });
        }
    }

    /// <summary>Records why the cell failed.</summary>
    public void Fail(CellError error)
    {
        lock (_gate)
        {
            ClearIfAsked();
            _outputs.Add(new JsonObject
            {
                ["ename"] = error.Name,
                ["evalue"] = error.Message,
                ["output_type"] = "error",
                ["traceback"] = new JsonArray([.. error.Traceback.Select(line => JsonValue.Create(line))]),
            });
        }
    }

    /// <inheritdoc/>
    public void Clear(bool wait)
    {
        lock (_gate)
        {
            _clearsOnNext = wait;
            if (!wait) Forget();
        }
    }

    /// <inheritdoc/>
    public string ReadInput(string prompt, bool password, CancellationToken interrupt) => throw new InputUnavailableException(
        $"The cell asks '{prompt.Trim()}', and nobody can answer in a run without a browser. Take the value from a cell tagged "
        + "parameters instead.");

    private void ClearIfAsked()
    {
        if (_clearsOnNext) Forget();
        _clearsOnNext = false;
    }

    private void Forget()
    {
        foreach (JsonObject output in _outputs) displays.Remove(output);
        _outputs.Clear();
        _streams.Clear();
    }
}
