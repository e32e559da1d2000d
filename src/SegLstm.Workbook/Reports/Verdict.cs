using System.Globalization;

namespace SegLstm.Workbook.Reports;

/// <summary>Whether a model beats its yardstick, in one sentence that is honest either way.</summary>
public sealed record Verdict
{
    private Verdict(bool beats, string sentence) => (Beats, Sentence) = (beats, sentence);

    /// <summary>Whether the model's mIoU is the higher one.</summary>
    public bool Beats { get; }

    /// <summary>The sentence.</summary>
    public string Sentence { get; }

    /// <summary>Compares by mIoU, of which the exact values count, not the printed ones.</summary>
    /// <param name="model">The model.</param>
    /// <param name="yardstick">The baseline, on the same pixels.</param>
    public static Verdict Of(MethodResult model, MethodResult yardstick)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(yardstick);
        double ours = 100 * model.Matrix.Scores.MeanIoU, theirs = 100 * yardstick.Matrix.Scores.MeanIoU;
        bool beats = ours > theirs;
        return new Verdict(beats, string.Create(CultureInfo.InvariantCulture,
            $"{model.Name} {(beats ? "beats" : "does not beat")} {yardstick.Name} in mIoU on the held-out blocks: "
            + $"{ours:0.00} % against {theirs:0.00} % ({ours - theirs:+0.00;-0.00;0.00} percentage points, {model.Matrix.Total:N0} pixels)."));
    }
}
