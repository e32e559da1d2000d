using SegLstm.Kernels;
using SegLstm.Kernels.Tokens;

namespace SegLstm.Training;

/// <summary>
/// How a model is trained. The defaults are Seg-LSTM's published recipe (15,000 iterations of AdamW at 6e-4, weight
/// decay 0.01 spared from norms, position embeddings and the state matrices of scans, auxiliary loss 0.4).
/// </summary>
public sealed record TrainingOptions
{
    private const int MostWorkers = 256;

    /// <summary>Number of iterations and the learning rate's course over them.</summary>
    public LearningRateSchedule Schedule { get; init; } = new();

    /// <summary>Images in a batch.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>
    /// Batches whose gradients are averaged for one iteration: 4 batches of 4 images make the step of one batch of 16 in the
    /// memory of 4, where no layer looks at the whole batch as batch norms do.
    /// </summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>Base learning rate, which the schedule multiplies.</summary>
    public double LearningRate { get; init; } = 6e-4;

    /// <summary>
    /// Whether training computes products and convolutions in bfloat16 (PyTorch's autocast on the CPU). Weights, their averages and
    /// validations stay float32. <see cref="TrainingPrecision"/> says which processors it is faster on.
    /// </summary>
    public TrainingPrecision Precision { get; init; } = TrainingPrecision.Float32;

    /// <summary>Which kernels the model calls: the references are slower, and what the others are checked against.</summary>
    public KernelChoice Kernel { get; init; } = KernelChoice.Fastest;

    /// <summary>Who takes the steps.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adamw;

    /// <summary>AdamW's and Adam's decay of the gradient's running mean.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>AdamW's and Adam's decay of the squared gradient's running mean.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>How much of the last step goes into the next, in gradient descent and LARS.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Whether gradient descent looks ahead along its momentum (Nesterov).</summary>
    public bool Nesterov { get; init; }

    /// <summary>LARS's trust in a layer: the length of its step in units of that of its weights, at rate 1.</summary>
    public double TrustCoefficient { get; init; } = 0.001;

    /// <summary>
    /// Layer-wise decay of the learning rate: each block of the backbone has the rate of the one behind it times this, from 1 for
    /// the heads down to the patch embedding; null trains all alike. For backbones that are one stack of blocks (BEiT's rule:
    /// a parameter of layer l in n blocks has the factor decay^(n + 1 - l), embeddings are layer 0, block i layer i + 1).
    /// </summary>
    public double? LayerDecay { get; init; }

    /// <summary>
    /// Parameters that learn faster or slower than <see cref="LearningRate"/>: the longest part in a name decides. Layer-wise decay
    /// multiplies too. LSeg's decoder learns ten times as fast as its encoder: <c>[{part: decode_head.scratch, factor: 10}]</c>.
    /// </summary>
    public IReadOnlyList<RateFactor> RateFactors { get; init; } = [];

    /// <summary>Weight decay: AdamW's is decoupled; that of the others is added to the gradient.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>A parameter whose name contains one of these is not decayed.</summary>
    public IReadOnlyList<string> NoDecay { get; init; } = ["pos_embed", "cls_token", "norm"];

    /// <summary>
    /// A parameter is not decayed whose own name, after the last dot, is one of these: A and D of Mamba, Vision Mamba and
    /// VMamba, whose authors mark them so. Whole names, since a "D" is in many.
    /// </summary>
    public IReadOnlyList<string> NoDecayNames { get; init; } = ["A_log", "A_b_log", "A_logs", "D", "D_b", "Ds"];

    /// <summary>Largest gradient norm over all parameters; null leaves gradients as they are.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>
    /// Keeps a running average of the weights, a = decay a + (1 - decay) w after every iteration; validations, checkpoints and
    /// the finished model have the averages. Null keeps none. Batch norms keep their own statistics.
    /// </summary>
    public double? EmaDecay { get; init; }

    /// <summary>How pictures of a batch are mixed in pairs, of image classifiers; null mixes none.</summary>
    public Mixing? Mixing { get; init; }

    /// <summary>The losses whose sum is lowered, each with its weight.</summary>
    public IReadOnlyList<LossTerm> Losses { get; init; } = [new()];

    /// <summary>Weight of the auxiliary head's loss.</summary>
    public double AuxiliaryWeight { get; init; } = 0.4;

    /// <summary>Weight of each class in the losses; null weighs all alike.</summary>
    public IReadOnlyList<double>? ClassWeights { get; init; }

    /// <summary>
    /// Whether the loss is averaged over labelled pixels only. False is mmsegmentation's default, which divides by all
    /// pixels: images with few labelled pixels then count less.
    /// </summary>
    public bool AverageLabelledOnly { get; init; }

    /// <summary>Iterations between validations; the last iteration is always validated.</summary>
    public int ValidateEvery { get; init; } = 1_000;

    /// <summary>Iterations between lines of the run's metrics.jsonl.</summary>
    public int LogEvery { get; init; } = 10;

    /// <summary>
    /// Iterations between training states in the run's folder, from which a run that was cut off goes on; null writes one only
    /// when the run is stopped.
    /// </summary>
    public int? SaveEvery { get; init; }

    /// <summary>
    /// Training states that are kept, the newest: should a disk damage one, a run goes on from the one before. Weights,
    /// optimizer and averages are in each.
    /// </summary>
    public int KeepCheckpoints { get; init; } = 2;

    /// <summary>
    /// Threads that read and vary images while others are learnt from, where images come from files; 0 makes them in between. The
    /// result does not depend on it.
    /// </summary>
    public int Workers { get; init; } = 2;

    /// <summary>Root seed of the run's random streams.</summary>
    public long Seed { get; init; }

    /// <summary>Everything that is wrong with these options, all at once; empty when they can be used.</summary>
    public IEnumerable<string> Validate()
    {
        foreach (string fault in Schedule.Validate()) yield return fault;
        if (BatchSize < 1) yield return $"BatchSize is {BatchSize}: expected at least 1.";
        if (Accumulate < 1) yield return $"Accumulate is {Accumulate}: expected at least 1.";
        if (LearningRate is not (> 0 and < double.PositiveInfinity))
        {
            yield return $"LearningRate is {LearningRate}: expected a positive number.";
        }
        if (Precision == TrainingPrecision.Bfloat16 && !MixedPrecision.IsSupported)
        {
            yield return "Precision is Bfloat16: expected Float32, as this build runs on the TorchSharp package, which has no autocast.";
        }
        if (Beta1 is not (>= 0 and < 1)) yield return $"Beta1 is {Beta1}: expected 0 up to, but not including, 1.";
        if (Beta2 is not (>= 0 and < 1)) yield return $"Beta2 is {Beta2}: expected 0 up to, but not including, 1.";
        if (Momentum is not (>= 0 and < 1)) yield return $"Momentum is {Momentum}: expected 0 up to, but not including, 1.";
        if (Nesterov && (Optimizer != OptimizerKind.Sgd || Momentum == 0))
        {
            yield return $"Nesterov is true, Optimizer {Optimizer} and Momentum {Momentum}: expected Sgd with momentum above 0.";
        }
        if (TrustCoefficient is not (> 0 and < double.PositiveInfinity))
        {
            yield return $"TrustCoefficient is {TrustCoefficient}: expected a positive number.";
        }
        if (LayerDecay is not (null or (> 0 and <= 1)))
        {
            yield return $"LayerDecay is {LayerDecay}: expected above 0 up to 1, or null for one rate.";
        }
        if (RateFactors.FirstOrDefault(rate => rate.Part.Length == 0 || rate.Factor is not (> 0 and < double.PositiveInfinity)) is { } odd)
        {
            yield return $"RateFactors has part '{odd.Part}' with factor {odd.Factor}: expected a part of a name, such as decode_head, and "
                + "a positive number.";
        }
        if (RateFactors.GroupBy(rate => rate.Part).FirstOrDefault(same => same.Count() > 1) is { Key: var part })
        {
            yield return $"RateFactors has part '{part}' twice: expected each once.";
        }
        if (WeightDecay is not >= 0) yield return $"WeightDecay is {WeightDecay}: expected 0 or more.";
        if (ClipNorm is not (null or > 0))
        {
            yield return $"ClipNorm is {ClipNorm}: expected a positive number, or null for no clipping.";
        }
        if (EmaDecay is not (null or (>= 0 and < 1)))
        {
            yield return $"EmaDecay is {EmaDecay}: expected 0 up to, but not including, 1, or null for no average.";
        }
        foreach (string fault in Mixing?.Validate() ?? []) yield return $"Mixing.{fault}";
        foreach (string fault in LossFaults()) yield return fault;
        if (AuxiliaryWeight is not >= 0) yield return $"AuxiliaryWeight is {AuxiliaryWeight}: expected 0 or more.";
        if (ClassWeights?.Any(weight => weight is not >= 0) == true)
        {
            yield return "ClassWeights has a negative weight or one that is no number: expected 0 or more for each class.";
        }
        if (ValidateEvery < 1) yield return $"ValidateEvery is {ValidateEvery}: expected at least 1.";
        if (LogEvery < 1) yield return $"LogEvery is {LogEvery}: expected at least 1.";
        if (SaveEvery < 1) yield return $"SaveEvery is {SaveEvery}: expected at least 1, or null.";
        if (Workers is < 0 or > MostWorkers) yield return $"Workers is {Workers}: expected 0 to {MostWorkers}.";
        if (KeepCheckpoints < 1) yield return $"KeepCheckpoints is {KeepCheckpoints}: expected at least 1.";
    }

    private IEnumerable<string> LossFaults()
    {
        if (Losses.Count == 0) yield return "Losses is empty: expected at least one.";
        if (Losses.FirstOrDefault(term => term.Weight is not (> 0 and < double.PositiveInfinity)) is { } wrong)
        {
            yield return $"Losses has {wrong.Kind} with weight {wrong.Weight}: expected a positive number.";
        }
        if (Accumulate > 1 && Losses.Any(term => !LossTerm.WeighAlike(term.MeanOver(this), Losses[0].MeanOver(this))))
        {
            string means = string.Join(", ", Losses.Select(term => $"{term.Kind} over {term.MeanOver(this)}"));
            yield return $"Accumulate is {Accumulate}, and the losses are means over different things ({means}), which weigh "
                + "batches differently: together they are not that of one big batch. Expected Accumulate 1, or no ClassWeights and "
                + "AverageLabelledOnly false.";
        }
    }
}
