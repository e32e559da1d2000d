namespace SegLstm.Kernels.VilBlock.Cpu;

/// <summary>The order in which the steps of all segments of some samples are taken, so that what each needs has been begun before
/// it.</summary>
internal sealed class VilBlockSchedule
{
    private readonly List<VilBlockStep> steps = [];
    private readonly VilBlockShape shape;

    private VilBlockSchedule(VilBlockShape shape, int batch) => (this.shape, Works) = (shape, batch * shape.Segments);

    /// <summary>All steps.</summary>
    public IReadOnlyList<VilBlockStep> Steps => steps;

    /// <summary>Segments of all samples.</summary>
    public int Works { get; }

    /// <summary>Segments that are in work at the same time.</summary>
    public required int Slots { get; init; }

    /// <summary>Samples whose projections are kept at the same time.</summary>
    public required int Samples { get; init; }

    /// <summary>For one thread and one sample: what a step has made is read by the next, except that the convolution looks into
    /// segments behind.</summary>
    public static VilBlockSchedule Alone(VilBlockShape shape)
    {
        var schedule = new VilBlockSchedule(shape, 1) { Slots = 1, Samples = 1 };
        schedule.Tiles(VilBlockStage.Project, 0, shape.Reach);
        for (var work = 0; work < schedule.Works; work++)
        {
            schedule.Tiles(VilBlockStage.Project, work + shape.Reach, 1);
            schedule.Tiles(VilBlockStage.Mix, work, 1);
            schedule.Heads(work, 1);
            schedule.Tiles(VilBlockStage.Finish, work, 1);
        }

        return schedule;
    }

    /// <summary>For several threads: segments are projected and mixed ahead of the mLSTM, so that threads which find no head left
    /// have something to do, and projected so far ahead that no convolution waits for what it looks into.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="threads">About how many will take the steps: the more, the more segments at the same time.</param>
    public static VilBlockSchedule Shared(VilBlockShape shape, int batch, int threads)
    {
        var together = Math.Clamp(threads / 2, 1, shape.Segments);
        var ahead = (2 * together) + shape.Reach;

        // As many as segments that lie so near each other can be of.
        var samples = ((ahead + together - 2) / shape.Segments) + 2;
        var schedule = new VilBlockSchedule(shape, batch) { Slots = 2 * together, Samples = Math.Min(samples, batch) };
        schedule.Tiles(VilBlockStage.Project, 0, ahead);
        schedule.Tiles(VilBlockStage.Mix, 0, together);
        for (var work = 0; work < schedule.Works; work += together)
        {
            schedule.Heads(work, together);
            schedule.Tiles(VilBlockStage.Project, work + ahead, together);
            schedule.Tiles(VilBlockStage.Mix, work + together, together);
            schedule.Tiles(VilBlockStage.Finish, work, together);
        }

        return schedule;
    }

    private void Heads(int first, int count) => Add(VilBlockStage.Retrieve, first, count, _ => shape.Heads);

    private void Tiles(VilBlockStage stage, int first, int count) =>
        Add(stage, first, count, work => shape.TilesOf(work % shape.Segments));

    private void Add(VilBlockStage stage, int first, int count, Func<int, int> parts)
    {
        for (var work = first; work < Math.Min(first + count, Works); work++)
        {
            for (var part = 0; part < parts(work); part++)
            {
                steps.Add(new VilBlockStep(stage, work, part));
            }
        }
    }
}
