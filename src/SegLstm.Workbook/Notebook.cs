using SegLstm.Workbook.Formatters;
using SegLstm.Workbook.Plotly;

namespace SegLstm.Workbook;

/// <summary>Prepares a notebook; its first cell ends with <see cref="Start"/>.</summary>
public static class Notebook
{
    /// <summary>
    /// Teaches the notebook to show tensors, modules, scenes, maps, figures and tables. The returned value, as the cell's last
    /// expression, shows one line of facts and carries plotly.js, on which all later figures of the page rely.
    /// </summary>
    public static NotebookStart Start()
    {
        NotebookFormatters.Register();
        PlotlyLibrary.Forget();
        return NotebookStart.Now();
    }
}
