using System.Runtime.InteropServices;
using SegLstm.Training.Distributed;

namespace SegLstm.Cli;

/// <summary>
/// Lets Ctrl+C or a termination signal end a long work between two steps, so that what is done is kept; a second signal
/// ends the process at once. A rank that another process has started leaves Ctrl+C to that one, which tells all ranks.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly Lazy<LauncherLine?> Launcher = new(LauncherLine.Open);

    private readonly CancellationTokenSource _source = new();
    // The process's own, wherever the console is led while the work goes on.
    private readonly TextWriter _error = Console.Error;
    private readonly PosixSignalRegistration[] _signals;
    private readonly CancellationTokenRegistration? _told;

    public Interruption()
    {
        _told = Launcher.Value?.Stop.Register(_source.Cancel);
        _signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)];
    }

    /// <summary>
    /// Listens from here on to the process that has started this rank, if one has: a rank may wait long for others, and is to end where
    /// that process is gone, before there is any long work to interrupt.
    /// </summary>
    public static void ListenToLauncher() => _ = Launcher.Value;

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals) signal.Dispose();
        _told?.Dispose();
        _source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        if (context.Signal == PosixSignal.SIGINT && Launcher.Value is not null)
        {
            context.Cancel = true;
            return;
        }

        if (_source.IsCancellationRequested) return;
        context.Cancel = true;
        _error.WriteLine("seglstm: stopping after this step; once more to stop at once");
        _source.Cancel();
    }
}
