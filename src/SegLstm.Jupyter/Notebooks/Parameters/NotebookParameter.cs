namespace SegLstm.Jupyter.Notebooks.Parameters;

/// <summary>A variable that a notebook's `parameters` cell declares, and that a run may set.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type as C# writes it, such as `int`, `float[]` or `double?`.</param>
/// <param name="Default">The expression it is set to in the notebook.</param>
/// <param name="Description">The comment behind it or above it; empty where there is none.</param>
public sealed record NotebookParameter(string Name, string Type, string Default, string Description);
