using SegLstm.Jupyter.Notebooks.Running;

namespace SegLstm.Jupyter.Notebooks.Pages;

/// <summary>A notebook in the list of pages.</summary>
/// <param name="Name">Its file name without `.ipynb`.</param>
/// <param name="State">What is known of its last run.</param>
internal sealed record IndexEntry(string Name, RunState State);
