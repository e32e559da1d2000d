using System.Diagnostics;
using SegLstm.Jupyter.Notebooks.Running;
using Spectre.Console;

namespace SegLstm.Cli.Output;

/// <summary>
/// Shows how far a long piece of work has come: on a terminal a bar with the time that is left, elsewhere one plain line
/// every few seconds. Never both.
/// </summary>
internal static class ProgressDisplay
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);

    /// <summary>Runs work that reports how much of it is done.</summary>
    /// <param name="title">What is being done, in a few words.</param>
    /// <param name="total">How many units the whole is.</param>
    /// <param name="work">The work; its argument takes the units done so far and a short note.</param>
    public static T Run<T>(string title, long total, Func<Action<long, string>, T> work)
    {
        if (!Terminal.IsInteractive) return work(Lines(title, total));
        return Terminal.Out.Progress()
            .HideCompleted(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(),
                new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask(Markup.Escape(title), maxValue: Math.Max(1, total));
                T result = work((done, note) =>
                {
                    task.Value = done;
                    task.Description = Markup.Escape(note.Length == 0 ? title : $"{title}  {note}");
                });
                task.Value = task.MaxValue;
                return result;
            });
    }

    private static Action<long, string> Lines(string title, long total)
    {
        TextWriter output = Console.Out;
        var clock = Stopwatch.StartNew();
        TimeSpan last = TimeSpan.Zero;
        // What comes before the first unit, such as a rehearsal, says nothing of the pace.
        (TimeSpan Time, long Done)? first = null;
        return (done, note) =>
        {
            TimeSpan now = clock.Elapsed;
            (TimeSpan begun, long before) = first ??= (now, done);
            if (done < total && now - last < LineInterval) return;
            last = now;
            string left = done >= total ? $", took {Durations.Readable(now)}" : done <= before ? ""
                : $", {Durations.Readable((now - begun) * ((double)(total - done) / (done - before)))} left";
            output.WriteLine($"{title} {done}/{total}{(note.Length == 0 ? "" : "  " + note)}{left}");
        };
    }
}
