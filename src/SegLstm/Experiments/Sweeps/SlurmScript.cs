using System.Globalization;
using System.Text;
using SegLstm.Checkpoints;

namespace SegLstm.Experiments.Sweeps;

/// <summary>A sweep as an array job of Slurm: one element a run.</summary>
public sealed record SlurmScript
{
    /// <summary>The script's file in the sweep's folder.</summary>
    public const string ScriptFile = "sweep.sbatch";

    /// <summary>The file with the runs' names, a line each: line i + 1 is element i of the array.</summary>
    public const string ListFile = "runs.txt";

    /// <summary>Processors of a run.</summary>
    public int Cpus { get; init; } = 2;

    /// <summary>Memory of a run, as Slurm reads it, such as 4G; null leaves it to the cluster.</summary>
    public string? Memory { get; init; }

    /// <summary>Longest time of a run, as Slurm reads it, such as 01:30:00; null leaves it to the cluster.</summary>
    public string? Time { get; init; }

    /// <summary>Partition; null is the cluster's default.</summary>
    public string? Partition { get; init; }

    /// <summary>How many runs at a time; null as many as the cluster gives.</summary>
    public int? Jobs { get; init; }

    /// <summary>Everything that is wrong with these values.</summary>
    public IEnumerable<string> Validate()
    {
        if (Cpus < 1) yield return $"Cpus is {Cpus}: expected at least 1.";
        if (Jobs < 1) yield return $"Jobs is {Jobs}: expected at least 1.";
        foreach ((string name, string? value) in new[] { ("Memory", Memory), ("Time", Time), ("Partition", Partition) })
        {
            if (value is not null && (value.Length == 0 || value.Any(c => !char.IsAsciiLetterOrDigit(c) && !"_.:,-".Contains(c))))
            {
                yield return $"{name} is '{value}': expected what sbatch takes, letters, digits and _ . : , - alone.";
            }
        }
    }

    /// <summary>Writes the script and its list.</summary>
    /// <param name="folder">Where the runs are.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="command">The words that start <c>seglstm</c> on the cluster's machines.</param>
    /// <returns>The script's path.</returns>
    /// <exception cref="ArgumentException">A value is wrong; all faults are told.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public string Write(SweepFolder folder, IReadOnlyList<SweepRun> runs, IReadOnlyList<string> command)
    {
        string[] faults = [.. Validate()];
        if (faults.Length > 0) throw new ArgumentException(string.Join(" ", faults));
        Directory.CreateDirectory(folder.Root);
        AtomicFile.WriteText(Path.Combine(folder.Root, ListFile), string.Concat(runs.Select(run => run.Name + "\n")));
        string script = Path.Combine(folder.Root, ScriptFile);
        AtomicFile.WriteText(script, Text(folder, runs.Count, command));
        return script;
    }

    // Slurm warns a minute before the time is up, so that a run saves its state; submitted again it goes on from there.
    private string Text(SweepFolder folder, int count, IReadOnlyList<string> command)
    {
        var text = new StringBuilder("#!/usr/bin/env bash\n");
        string name = Path.GetFileNameWithoutExtension(folder.Sweep.File);
        Option("job-name", string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-')));
        Option("array", string.Create(CultureInfo.InvariantCulture, $"0-{count - 1}{(Jobs is { } most ? $"%{most}" : "")}"));
        Option("ntasks", "1");
        Option("cpus-per-task", $"{Cpus}");
        if (Memory is not null) Option("mem", Memory);
        if (Time is not null) Option("time", Time);
        if (Partition is not null) Option("partition", Partition);
        Option("signal", "B:TERM@60");
        Option("open-mode", "append");
        Option("output", Path.Combine(folder.Root, "slurm-%a.log"));
        text.Append("# Makes one run of the sweep, or goes on with it; finished ones end at once. By hand, run 0:\n");
        text.Append("#   SLURM_ARRAY_TASK_ID=0 bash ").Append(ScriptFile).Append('\n');
        text.Append("set -euo pipefail\n");
        text.Append("name=$(sed -n \"$((SLURM_ARRAY_TASK_ID + 1))p\" ")
            .Append(Quoted(Path.Combine(folder.Root, ListFile))).Append(")\n");
        text.Append("[ -n \"$name\" ] || { echo \"there is no run $SLURM_ARRAY_TASK_ID\" >&2; exit 1; }\n");
        text.Append("exec ").AppendJoin(' ', command.Select(Quoted)).Append(" sweep ").Append(Quoted(folder.Sweep.File))
            .Append(" --out ").Append(Quoted(folder.Root)).Append(" --only \"$name\" --threads \"${SLURM_CPUS_PER_TASK:-")
            .Append(Cpus).Append("}\"\n");
        return text.ToString();

        void Option(string option, string value) =>
            text.Append($"#SBATCH --{option}={(value.Contains(' ') ? $"\"{value}\"" : value)}\n");
    }

    private static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
