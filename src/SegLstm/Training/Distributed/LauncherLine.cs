namespace SegLstm.Training.Distributed;

/// <summary>
/// A rank's end of the line to the process that started it (<see cref="RankProcesses"/>): listens whether it is to stop, and ends
/// this process where that one is gone.
/// </summary>
public sealed class LauncherLine
{
    /// <summary>The variable that tells a rank that its standard input is such a line.</summary>
    internal const string Variable = "SEGLSTM_LAUNCHER";

    /// <summary>The word that asks a rank to stop.</summary>
    internal const string StopWord = "stop";

    private readonly CancellationTokenSource _stop = new();

    private LauncherLine() => new Thread(Listen) { IsBackground = true, Name = nameof(LauncherLine) }.Start();

    /// <summary>Cancelled when this process is asked to stop.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Takes up the line; null where nobody holds its other end.</summary>
    public static LauncherLine? Open() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } ? new LauncherLine() : null;

    private void Listen()
    {
        while (Console.In.ReadLine() is { } word)
        {
            if (word == StopWord) _stop.Cancel();
        }

        Console.Error.WriteLine("seglstm: error: the process that started this rank is gone; so this one ends");
        Environment.Exit(1);
    }
}
