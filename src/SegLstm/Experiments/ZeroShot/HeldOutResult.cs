namespace SegLstm.Experiments.ZeroShot;

/// <summary>How a class was found that was never shown, by its word alone; measured on the held-out blocks.</summary>
/// <param name="Label">The class that was never shown.</param>
/// <param name="IoU">Its IoU, all words of the scene competing; NaN where no held-out pixel has it.</param>
/// <param name="SeenIoU">Mean IoU of the classes that were shown.</param>
/// <param name="Share">Its share p of the labelled held-out pixels.</param>
/// <param name="Labels">Words K that compete.</param>
public sealed record HeldOutResult(string Label, double IoU, double SeenIoU, double Share, int Labels)
{
    /// <summary>What guessing reaches: each pixel one of the K words with equal odds. Intersection p/K over union p + 1/K -
    /// p/K.</summary>
    public double Chance => Share / Labels / (Share + (1.0 / Labels) - (Share / Labels));
}
