using System.Runtime.CompilerServices;
using SegLstm.Workbook.Plotly;

namespace SegLstm.Workbook.Tests.Plotly;

/// <summary>
/// A test that needs Chromium and plotly.js, which `environment/setup.sh` installs; without them it is skipped, and says so.
/// </summary>
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        if (Chromium.Find() is null) Skip = "no Chromium on PATH: bash environment/setup.sh installs it";
        else if (!File.Exists(PlotlyLibrary.Path)) Skip = $"no {PlotlyLibrary.Path}: bash environment/setup.sh fetches it";
    }
}
