using System.Text.Json.Nodes;

namespace SegLstm.Jupyter.Notebooks;

/// <summary>What a cell has shown, to be put into a notebook file.</summary>
/// <param name="Index">The cell's place in the file, from 0.</param>
/// <param name="ExecutionCount">The number it ran as; null for a cell that has not run.</param>
/// <param name="Outputs">Its outputs in nbformat's shape, texts unsplit.</param>
public sealed record CellOutputs(int Index, int? ExecutionCount, JsonArray Outputs);
