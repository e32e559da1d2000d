using System.Collections;
using System.Globalization;

namespace SegLstm.Training.Distributed;

/// <summary>Which process of a job this one is, and where they meet.</summary>
/// <param name="Rank">Number of this process, from 0.</param>
/// <param name="Count">Number of processes.</param>
/// <param name="LocalCount">How many of them share this machine, and so its cores; 1 where nobody says.</param>
/// <param name="Address">Machine of rank 0.</param>
/// <param name="Port">Port at which rank 0 waits for the others.</param>
/// <param name="Launcher">Who started the job, for messages.</param>
public sealed record RankPlace(int Rank, int Count, int LocalCount, string Address, int Port, string Launcher)
{
    /// <summary>Where nobody names a port: PyTorch's.</summary>
    public const int DefaultPort = 29500;

    // Ports for jobs of Slurm, by the job's number, so that two jobs on one machine do not meet.
    private const int SlurmPort = 15_000, SlurmPorts = 10_000;

    /// <summary>Reads the variables that torchrun, Slurm's srun or Open MPI's mpirun give each process.</summary>
    /// <returns>Null where this process was started by itself.</returns>
    /// <exception cref="ArgumentException">The variables are incomplete or contradict each other.</exception>
    public static RankPlace? OfEnvironment() => Of(Environment.GetEnvironmentVariables());

    /// <summary>Reads such variables.</summary>
    /// <inheritdoc cref="OfEnvironment"/>
    /// <param name="variables">Names and values.</param>
    public static RankPlace? Of(IDictionary variables)
    {
        var read = new Reader(variables);
        RankPlace? place = read.Has("WORLD_SIZE") || read.Has("RANK") && !read.Has("SLURM_STEP_NUM_TASKS") ? OfTorchrun(read)
            : read.Has("OMPI_COMM_WORLD_SIZE") ? OfOpenMpi(read)
            : read.Has("SLURM_STEP_NUM_TASKS") ? OfSlurm(read) : null;
        if (place is null || place.Rank < place.Count) return place is { Count: 1 } ? null : place;
        throw new ArgumentException($"{place.Launcher} says that this is rank {place.Rank} of {place.Count} processes: expected 0 to "
            + $"{place.Count - 1}.");
    }

    /// <summary>The first machine of a list as Slurm writes it.</summary>
    /// <param name="list">Such as <c>node[03-07,12],gpu1</c>.</param>
    internal static string FirstNode(string list)
    {
        int open = list.IndexOf('['), comma = list.IndexOf(',');
        if (open < 0 || (comma >= 0 && comma < open)) return comma < 0 ? list : list[..comma];
        int end = list.IndexOfAny([',', '-', ']'], open);
        return end < 0 ? list : list[..open] + list[(open + 1)..end] + After(list, open);
    }

    private static RankPlace OfTorchrun(Reader read) => new(read.Number("RANK"), read.Number("WORLD_SIZE", 1),
        read.Has("LOCAL_WORLD_SIZE") ? read.Number("LOCAL_WORLD_SIZE", 1) : 1, read.Text("MASTER_ADDR"),
        read.Number("MASTER_PORT", 1, ushort.MaxValue), "torchrun");

    private static RankPlace OfOpenMpi(Reader read)
    {
        int count = read.Number("OMPI_COMM_WORLD_SIZE", 1);
        int local = read.Has("OMPI_COMM_WORLD_LOCAL_SIZE") ? read.Number("OMPI_COMM_WORLD_LOCAL_SIZE", 1) : 1;
        string address = read.Has("MASTER_ADDR") || local < count ? read.Text("MASTER_ADDR") : "127.0.0.1";
        return new(read.Number("OMPI_COMM_WORLD_RANK"), count, local, address, PortOf(read, DefaultPort), "mpirun");
    }

    private static RankPlace OfSlurm(Reader read)
    {
        int count = read.Number("SLURM_STEP_NUM_TASKS", 1);
        string address = read.Has("MASTER_ADDR") ? read.Text("MASTER_ADDR") : FirstNode(read.Text("SLURM_STEP_NODELIST"));
        int port = PortOf(read, read.Has("SLURM_JOB_ID") ? SlurmPort + read.Number("SLURM_JOB_ID") % SlurmPorts : DefaultPort);
        bool isOneNode = read.Has("SLURM_STEP_NUM_NODES") && read.Number("SLURM_STEP_NUM_NODES", 1) == 1;
        return new(read.Number("SLURM_PROCID"), count, isOneNode ? count : LocalTasks(read), address, port, "srun");
    }

    private static int PortOf(Reader read, int otherwise) =>
        read.Has("MASTER_PORT") ? read.Number("MASTER_PORT", 1, ushort.MaxValue) : otherwise;

    // Such as 4(x2),3; more than one number: the largest, so that no machine has more threads than cores.
    private static int LocalTasks(Reader read)
    {
        if (!read.Has("SLURM_STEP_TASKS_PER_NODE")) return 1;
        string text = read.Text("SLURM_STEP_TASKS_PER_NODE");
        int[] counts = [.. text.Split(',').Select(part => int.TryParse(part.Split('(')[0], out int count) ? count : 0)];
        return Math.Max(1, counts.Max());
    }

    // What stands behind the brackets of the first name, up to the next name.
    private static string After(string list, int open)
    {
        int close = list.IndexOf(']', open);
        return close < 0 ? "" : list[(close + 1)..].Split(',')[0];
    }

    private sealed class Reader(IDictionary variables)
    {
        public bool Has(string name) => variables[name] is string { Length: > 0 };

        public string Text(string name) => Has(name)
            ? (string)variables[name]!
            : throw new ArgumentException($"The variable {name} is not set: a process of several needs RANK, WORLD_SIZE, MASTER_ADDR and "
                + "MASTER_PORT, as torchrun sets them, or the variables of srun or mpirun. To train in one process, unset RANK and "
                + "WORLD_SIZE; to have processes started, take --processes.");

        public int Number(string name, int least = 0, int most = int.MaxValue)
        {
            string text = Text(name), range = most < int.MaxValue ? $" from {least} to {most}" : least > 0 ? $" of at least {least}" : "";
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
                ? number
                : throw new ArgumentException($"The variable {name} is '{text}': expected a whole number{range}.");
        }
    }
}
