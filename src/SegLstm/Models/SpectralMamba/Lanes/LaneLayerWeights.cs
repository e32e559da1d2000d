using static TorchSharp.torch;

namespace SegLstm.Models.SpectralMamba.Lanes;

/// <summary>The numbers of one layer, rows of matrices side by side.</summary>
internal sealed class LaneLayerWeights
{
    /// <summary>Copies them.</summary>
    /// <param name="state">The layer's state dict.</param>
    public LaneLayerWeights(Dictionary<string, Tensor> state)
    {
        float[] Of(string name) => LaneWeights.Numbers(state[name]);
        (NormWeight, NormBias) = (Of("norm.weight"), Of("norm.bias"));
        (In, Out) = (Of("mixer.in_proj.weight"), Of("mixer.out_proj.weight"));
        (Taps, TapsBias) = (Of("mixer.conv1d.weight"), Of("mixer.conv1d.bias"));
        Select = Of("mixer.x_proj.weight");
        (Steps, StepsBias) = (Of("mixer.dt_proj.weight"), Of("mixer.dt_proj.bias"));
        Skip = Of("mixer.D");
        // A = -exp(A_log), for powers of two.
        Decay = Array.ConvertAll(Of("mixer.A_log"), log => (float)(-Math.Exp(log) * Math.Log2(Math.E)));
    }

    /// <summary>(D).</summary>
    public float[] NormWeight { get; }

    /// <summary>(D).</summary>
    public float[] NormBias { get; }

    /// <summary>(2E, D).</summary>
    public float[] In { get; }

    /// <summary>(E, taps), the last for the current token.</summary>
    public float[] Taps { get; }

    /// <summary>(E).</summary>
    public float[] TapsBias { get; }

    /// <summary>(rank + 2N, E).</summary>
    public float[] Select { get; }

    /// <summary>(E, rank).</summary>
    public float[] Steps { get; }

    /// <summary>(E).</summary>
    public float[] StepsBias { get; }

    /// <summary>(E, N), A / ln 2.</summary>
    public float[] Decay { get; }

    /// <summary>(E).</summary>
    public float[] Skip { get; }

    /// <summary>(D, E).</summary>
    public float[] Out { get; }
}
