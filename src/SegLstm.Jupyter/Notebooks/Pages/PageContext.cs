namespace SegLstm.Jupyter.Notebooks.Pages;

/// <summary>Where a notebook and its page lie, and what is known of its run.</summary>
public sealed record PageContext
{
    /// <summary>The notebook's name, for one without a heading.</summary>
    public required string Name { get; init; }

    /// <summary>The notebook's folder, which its relative paths mean.</summary>
    public required string NotebookFolder { get; init; }

    /// <summary>The page's folder.</summary>
    public required string PageFolder { get; init; }

    /// <summary>Names of the notebooks that have a page in that folder, without `.ipynb`.</summary>
    public IReadOnlySet<string> Pages { get; init; } = new HashSet<string>();

    /// <summary>The file with the list of all pages; null where there is none.</summary>
    public string? IndexLink { get; init; }

    /// <summary>Why the notebook did not finish; null where it did.</summary>
    public string? Failure { get; init; }

    /// <summary>The place of the cell that failed, from 0.</summary>
    public int? FailedCell { get; init; }

    /// <summary>How the page was made, as plain text.</summary>
    public string Footer { get; init; } = "";

    internal LocalFiles Files => new(NotebookFolder, PageFolder, Pages);
}
