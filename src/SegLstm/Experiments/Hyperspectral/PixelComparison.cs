using System.Diagnostics;
using SegLstm.Metrics;
using SegLstm.Training.Hyperspectral;

namespace SegLstm.Experiments.Hyperspectral;

/// <summary>Compares methods on the same draws of one image.</summary>
/// <param name="cube">The image.</param>
/// <param name="labels">Class of every pixel, 1 to <paramref name="classes"/>; 0: not known.</param>
/// <param name="classes">How many classes there are.</param>
public sealed class PixelComparison(SpectralCube cube, byte[] labels, int classes)
{
    /// <summary>Runs every method on every draw.</summary>
    /// <param name="methods">The methods.</param>
    /// <param name="draws">The draws.</param>
    /// <param name="progress">Is told how many of how many runs are done, and the last score.</param>
    /// <param name="stop">Ends the comparison.</param>
    /// <param name="kept">Where scores are kept: those that are there are taken, and each new one joins them.</param>
    public IReadOnlyList<PixelScore> Run(
        IReadOnlyList<IPixelMethod> methods, IReadOnlyList<PixelDraw> draws, Action<int, int, PixelScore>? progress = null,
        CancellationToken stop = default, PixelScoreFolder? kept = null)
    {
        var scores = new List<PixelScore>();
        var known = kept?.Scores.ToDictionary(Key) ?? [];
        foreach (var draw in draws)
        {
            var problem = new PixelProblem(cube, labels, classes, draw);
            foreach (var method in methods)
            {
                if (!known.TryGetValue((method.Name, draw.Split, draw.Percent, draw.Number), out var score))
                {
                    score = Judge(method, problem, stop);
                    kept?.Add(score);
                }

                scores.Add(score);
                progress?.Invoke(scores.Count, methods.Count * draws.Count, score);
            }
        }

        return scores;
    }

    private static (string Method, string Split, string Labels, int Draw) Key(PixelScore score) =>
        (score.Method, score.Split, score.Labels, score.Draw);

    private static PixelScore Judge(IPixelMethod method, PixelProblem problem, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        var found = method.Classify(problem, stop);
        return Score(method.Name, problem, found, clock.Elapsed.TotalSeconds);
    }

    /// <summary>Judges classes of the test pixels.</summary>
    /// <param name="method">Who found them.</param>
    /// <param name="problem">The problem.</param>
    /// <param name="found">A class for each test pixel, from 0.</param>
    /// <param name="seconds">What it took.</param>
    public static PixelScore Score(string method, PixelProblem problem, int[] found, double seconds)
    {
        var draw = problem.Draw;
        var matrix = new ConfusionMatrix(problem.Classes);
        matrix.Add<int, int>(found, problem.LabelsOf(draw.Test));
        var scores = matrix.Scores;
        return new PixelScore(method, draw.Split, draw.Percent, draw.Number, scores.OverallAccuracy, scores.AverageAccuracy,
            double.IsNaN(scores.Kappa) ? 0 : scores.Kappa, seconds);
    }
}
