namespace SegLstm.Workbook.Display;

/// <summary>Shows what a progress file says, until the work ends.</summary>
internal static class ProgressFollower
{
    /// <summary>After this time without news the work counts as stopped: its process is gone.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    internal static async Task<ProgressState> Follow(string path, TimeSpan interval, CancellationToken stop)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no progress file {System.IO.Path.GetFullPath(path)}: give the path that the Progress was made with.", path);
        ProgressState state = Read(path);
        var display = HostDisplay.Show(state);
        if (display is null) Console.WriteLine(state);
        while (state.Status == ProgressStatus.Running && !stop.IsCancellationRequested)
        {
            await Task.Delay(interval, CancellationToken.None).ConfigureAwait(false);
            ProgressState next = Read(path);
            if (next == state) continue;
            state = next;
            display?.Update(state);
        }

        if (display is null) Console.WriteLine(state);
        return state;
    }

    private static ProgressState Read(string path)
    {
        ProgressState state = ProgressState.Read(path);
        bool silent = state.Status == ProgressStatus.Running && DateTime.UtcNow - state.Written > Silence;
        return silent
            ? state with { Status = ProgressStatus.Stopped, Note = $"no news since {state.Written:yyyy-MM-dd HH:mm:ss} UTC" }
            : state;
    }
}
