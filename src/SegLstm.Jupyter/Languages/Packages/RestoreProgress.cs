using System.Diagnostics;
using SegLstm.Jupyter.Cells;

namespace SegLstm.Jupyter.Languages.Packages;

/// <summary>One line of a cell's output that says how long a restore has been at work, and what it brought.</summary>
internal sealed class RestoreProgress : IDisposable
{
    private readonly string id = $"packages-{Guid.NewGuid():N}";
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly Lock gate = new();
    private readonly ICellOutput output;
    private readonly string what;
    private readonly Timer timer;
    private bool ended;

    public RestoreProgress(ICellOutput output, IEnumerable<PackageRequest> requests)
    {
        this.output = output;
        what = string.Join("; ", requests);
        output.Display(MimeBundle.Plain($"restoring {what} …"), id);
        timer = new Timer(_ => Tick(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    /// <summary>Says how it ended; nothing follows.</summary>
    public void End(string message)
    {
        lock (gate)
        {
            if (ended) return;
            ended = true;
            output.Update(MimeBundle.Plain($"{message} ({clock.Elapsed.TotalSeconds:0.0} s)"), id);
        }
    }

    public void Dispose()
    {
        End($"not restored: {what}");
        timer.Dispose();
    }

    private void Tick()
    {
        lock (gate)
        {
            if (!ended) output.Update(MimeBundle.Plain($"restoring {what} … {clock.Elapsed.TotalSeconds:0} s"), id);
        }
    }
}
