namespace SegLstm.Kernels.VilBlock.Cpu;

/// <summary>The order in which the steps of all segments of all samples are taken, so that what each needs has been begun before
/// it.</summary>
/// <remarks>
/// Of segment g, counted over all samples: tokens are projected two segments ahead, as the convolution of one looks into the next;
/// convolution and maps one ahead, so that threads which find no head left have something to do.
/// </remarks>
internal static class VilBlockSchedule
{
    /// <summary>All steps.</summary>
    public static List<VilBlockStep> Of(VilBlockShape shape)
    {
        var steps = new List<VilBlockStep>();
        var all = shape.Batch * shape.Segments;
        void Tiles(VilBlockStage stage, int work) => Add(stage, work, shape.TilesOf(work % shape.Segments));
        void Add(VilBlockStage stage, int work, int count)
        {
            for (var part = 0; part < count; part++)
            {
                steps.Add(new VilBlockStep(stage, work, part));
            }
        }

        void Project(int work)
        {
            if (work < all)
            {
                Tiles(VilBlockStage.Project, work);
            }
        }

        Project(0);
        Project(1);
        Tiles(VilBlockStage.Mix, 0);
        for (var work = 0; work < all; work++)
        {
            Add(VilBlockStage.Retrieve, work, shape.Heads);
            Project(work + 2);
            if (work + 1 < all)
            {
                Tiles(VilBlockStage.Mix, work + 1);
            }

            Tiles(VilBlockStage.Finish, work);
        }

        return steps;
    }
}
