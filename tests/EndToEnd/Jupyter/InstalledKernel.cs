using SegLstm.Cli.Tests;
using SegLstm.Tests.EndToEnd.Setup;

namespace SegLstm.Tests.EndToEnd.Jupyter;

/// <summary>The kernel, installed as a person would into a folder of its own, and what Jupyter's programs need to find it there.</summary>
public sealed class InstalledKernel : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly Dictionary<string, IReadOnlyDictionary<string, CaseOutcome>> _suites = [];

    public InstalledKernel()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "tmp"));
        SeglstmProcess install = SeglstmProcess.Run("kernel", "install", "--prefix", Folder);
        Assert.True(install.ExitCode == 0, install.Error);
    }

    /// <summary>Holds everything that Jupyter and the kernels write.</summary>
    public string Folder => _scratch.Folder;

    /// <summary>So that Jupyter sees this kernel, and nothing of the person who runs the tests.</summary>
    internal IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["JUPYTER_PATH"] = Path.Combine(Folder, "share", "jupyter"),
        ["JUPYTER_DATA_DIR"] = Path.Combine(Folder, "data"),
        ["JUPYTER_CONFIG_DIR"] = Path.Combine(Folder, "config"),
        ["JUPYTER_RUNTIME_DIR"] = Path.Combine(Folder, "runtime"),
        ["JUPYTER_NO_CONFIG"] = "1",
        ["IPYTHONDIR"] = Path.Combine(Folder, "ipython"),
        // Connection files go there, so that processes are found by them.
        ["TMPDIR"] = Path.Combine(Folder, "tmp"),
        ["PYTHONDONTWRITEBYTECODE"] = "1",
        ["SEGLSTM_DATA"] = Repository.Data,
        ["SEGLSTM_KERNEL_LOG"] = Path.Combine(Folder, "kernel.log"),
        ["SEGLSTM_NOTEBOOKS"] = Path.Combine(Repository.Root, "notebooks"),
        ["SEGLSTM_WORKBOOK"] = Path.Combine(AppContext.BaseDirectory, "SegLstm.Workbook.dll"),
    };

    /// <summary>What a suite of the Python modules beside this file came to; it is run when the first of its cases is asked for.</summary>
    internal CaseOutcome Outcome(PythonCase asked)
    {
        if (!_suites.TryGetValue(asked.Suite, out IReadOnlyDictionary<string, CaseOutcome>? outcomes))
        {
            PythonSuite.SkipWhereJupyterIsMissing();
            _suites[asked.Suite] = outcomes = PythonSuite.Run(asked.Suite, Variables);
        }

        return outcomes.GetValueOrDefault(asked.Name)
            ?? throw new InvalidOperationException($"{asked.Suite}.py never came to {asked.Name}; it said:\n{outcomes[PythonSuite.Remarks].Text}");
    }

    /// <summary>The kernels and servers that were started with these variables and are still there.</summary>
    internal IReadOnlyList<string> Survivors() => Processes.WithArgument(Folder);

    /// <inheritdoc/>
    public void Dispose() => _scratch.Dispose();
}
