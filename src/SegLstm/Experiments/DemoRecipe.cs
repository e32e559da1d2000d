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
        Training = new TrainingOptions
        {
            Schedule = new LearningRateSchedule { Iterations = 200, WarmupIterations = 30 },
            BatchSize = 8,
            LearningRate = 4e-3,
            ClipNorm = 1,
            ValidateEvery = 50,
        },
    };
}
