namespace SegLstm.Kernels.Simd;

/// <summary>Stages of work on the pieces of samples, collected to be done together. Of a sample each stage reads only what earlier
/// ones made of the same sample: so a thread takes a sample through all of them without waiting, and finds in its cache what it
/// wrote.</summary>
/// <remarks>A piece is the same work in whatever order samples come and whoever does it: results do not depend on it.</remarks>
internal sealed class SampleStages : IDisposable
{
    private readonly List<(int Pieces, double Nanoseconds, Action<int> Run)> stages = [];
    private readonly List<object?> used = [];
    private readonly List<IDisposable> owned = [];

    /// <summary>Does work at once, or adds it to stages.</summary>
    /// <param name="stages">Where it is added; null: it is done at once.</param>
    /// <param name="pieces">Pieces of all samples, of each as many, one sample behind the other.</param>
    /// <param name="nanoseconds">About how long all take on one thread.</param>
    /// <param name="run">Does one.</param>
    /// <param name="used">What must live until then.</param>
    public static void AddOrRun(
        SampleStages? stages, int pieces, double nanoseconds, Action<int> run, params ReadOnlySpan<object?> used)
    {
        if (stages is not null)
        {
            stages.stages.Add((pieces, nanoseconds, run));
            stages.used.AddRange(used);
            return;
        }

        Workers.Run(pieces, nanoseconds, run);
        foreach (var one in used)
        {
            GC.KeepAlive(one);
        }
    }

    /// <summary>Disposes of something when the stages are disposed of; where there are none, the caller does.</summary>
    public void Own(IDisposable memory) => owned.Add(memory);

    /// <summary>Does all that was added. While there is a sample for every thread, each takes one through all stages; the pieces of
    /// the samples that are left are shared, stage after stage.</summary>
    /// <param name="batch">Samples.</param>
    public void Run(int batch)
    {
        var nanoseconds = stages.Sum(stage => stage.Nanoseconds);
        var alone = batch - (batch % Workers.ThreadsFor(nanoseconds));
        Workers.Run(alone, nanoseconds * alone / batch, sample =>
        {
            foreach (var (pieces, _, run) in stages)
            {
                var ofSample = pieces / batch;
                for (var piece = sample * ofSample; piece < (sample + 1) * ofSample; piece++)
                {
                    run(piece);
                }
            }
        });
        foreach (var (pieces, ofAll, run) in stages)
        {
            var done = pieces / batch * alone;
            Workers.Run(pieces - done, ofAll * (batch - alone) / batch, piece => run(done + piece));
        }

        GC.KeepAlive(used);
    }

    /// <summary>Does all that was added in any order: nothing reads what another stage makes.</summary>
    public void RunApart()
    {
        var ends = new int[stages.Count];
        var all = 0;
        for (var stage = 0; stage < ends.Length; stage++)
        {
            ends[stage] = all += stages[stage].Pieces;
        }

        Workers.Run(all, stages.Sum(stage => stage.Nanoseconds), piece =>
        {
            var stage = Array.FindIndex(ends, end => piece < end);
            stages[stage].Run(piece - ends[stage] + stages[stage].Pieces);
        });
        GC.KeepAlive(used);
    }

    /// <inheritdoc/>
    public void Dispose() => owned.ForEach(memory => memory.Dispose());
}
