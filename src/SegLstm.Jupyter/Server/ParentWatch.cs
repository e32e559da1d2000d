namespace SegLstm.Jupyter.Server;

/// <summary>Watches the process that started the kernel, so that no kernel outlives its Jupyter server.</summary>
internal static class ParentWatch
{
    /// <summary>The variable in which Jupyter names its own process.</summary>
    public const string Variable = "JPY_PARENT_PID";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Watches a process until it has ended.</summary>
    /// <param name="processId">Jupyter's own number; nothing is watched where it is none, or no process of this machine.</param>
    /// <param name="ended">Called once, on another thread.</param>
    public static void Start(string? processId, Action ended)
    {
        if (!int.TryParse(processId, out int id) || id <= 0 || StartTime(id) is not { } started) return;
        new Thread(() =>
        {
            // The start time tells the process from a later one with its number.
            while (StartTime(id) == started) Thread.Sleep(Interval);
            ended();
        })
        {
            Name = "parent watch", IsBackground = true,
        }.Start();
    }

    /// <summary>When a process started, in clock ticks since boot; null where it has ended.</summary>
    private static string? StartTime(int id)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{id}/stat");
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : fields[19];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
