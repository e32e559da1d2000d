using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Languages;
using SegLstm.Jupyter.Languages.Assemblies;
using SegLstm.Jupyter.Languages.CSharp;
using SegLstm.Jupyter.Languages.Packages;
using SegLstm.Jupyter.Sessions;

namespace SegLstm.Jupyter.Tests.Languages.CSharp;

/// <summary>C# cells run one after another, with what they wrote.</summary>
public sealed class Notebook : IDisposable
{
    private readonly ReferencedAssemblies assemblies;
    private int number;

    public Notebook(string? folder = null)
    {
        var options = new SessionOptions { WorkingDirectory = folder ?? Path.GetTempPath() };
        assemblies = new ReferencedAssemblies(options.WorkingDirectory);
        CSharp = new CSharpLanguage(options, new CellReferences(assemblies, new PackageRestore()));
    }

    public CSharpLanguage CSharp { get; }

    public Recorder Output { get; } = new();

    /// <summary>Runs a cell and returns the value of its last expression.</summary>
    public async Task<object?> Run(string code, CancellationToken interrupt = default) =>
        (await Part(code, interrupt)).Value;

    public Task<PartResult> Part(string code, CancellationToken interrupt = default) =>
        CSharp.RunAsync(new CellPart(code, ++number, Output, interrupt));

    /// <summary>Runs a cell that must fail.</summary>
    public async Task<CellError> Fails(string code) =>
        (await Assert.ThrowsAsync<CellFailedException>(() => Run(code).WaitAsync(TimeSpan.FromMinutes(1)))).Error;

    /// <summary>Interrupts a cell after a while, and tells how long it then took to stop.</summary>
    public async Task<TimeSpan> Stops(string code)
    {
        using var interrupt = new CancellationTokenSource();
        var mark = Guid.NewGuid().ToString();
        var running = Run($"AppDomain.CurrentDomain.SetData(\"{mark}\", 1); {code}", interrupt.Token);
        while (AppDomain.CurrentDomain.GetData(mark) == null && !running.IsCompleted)
        {
            await Task.Delay(5);
        }

        await Task.Delay(100);
        Assert.False(running.IsCompleted, $"the cell ended by itself: {running.Exception}");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        interrupt.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(TimeSpan.FromSeconds(20)));
        return clock.Elapsed;
    }

    public void Dispose()
    {
        CSharp.Dispose();
        assemblies.Dispose();
    }
}
