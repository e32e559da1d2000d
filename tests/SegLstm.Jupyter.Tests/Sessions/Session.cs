using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Sessions;

namespace SegLstm.Jupyter.Tests.Sessions;

/// <summary>A session for one test.</summary>
internal sealed class Session(string? folder = null) : IDisposable
{
    private int number;

    public NotebookSession Notebook { get; } =
        new(folder is null ? new SessionOptions() : new SessionOptions { WorkingDirectory = folder });

    public async Task<CellRecord> Run(string code, params string[] answers)
    {
        var (result, record) = await Attempt(code, answers);
        Assert.True(result.Error is null, string.Join("\n", result.Error?.Traceback ?? []));
        return record;
    }

    public async Task<CellError> Fail(string code, params string[] answers)
    {
        var (result, _) = await Attempt(code, answers);
        Assert.NotNull(result.Error);
        return result.Error;
    }

    public async Task<(CellResult Result, CellRecord Record)> Attempt(string code, params string[] answers)
    {
        var record = new CellRecord();
        foreach (var answer in answers)
        {
            record.Answers.Enqueue(answer);
        }

        return (await Notebook.RunAsync(new CellRequest(code, ++number), record, CancellationToken.None), record);
    }

    public void Dispose() => Notebook.Dispose();
}
