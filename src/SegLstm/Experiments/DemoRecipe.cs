using SegLstm.Training;

namespace SegLstm.Experiments;

/// <summary>The fixed recipe of the demonstration, which two processor cores train in minutes.</summary>
public static class DemoRecipe
{
    /// <summary>The baseline that the model is judged by.</summary>
    public const string Yardstick = "9 nearest neighbours";

    /// <summary>A small Seg-LSTM on the Landsat 7 scene of Olinda.</summary>
    public static SceneRecipe Olinda { get; } = new()
    {
        Model = "seglstm_nano",
        WindowSize = 16,
        Overlap = 8,
        Training = new TrainingOptions
        {
            Schedule = new LearningRateSchedule { Iterations = 320, WarmupIterations = 30 },
            BatchSize = 16,
            LearningRate = 4e-3,
            ClipNorm = 1,
            AverageLabelledOnly = true,
            ValidateEvery = 40,
        },
    };
}
