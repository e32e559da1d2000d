using static TorchSharp.torch;

namespace SegLstm.Models.SpectralMamba.Lanes;

/// <summary>The numbers of a SpectralMamba behind its merging, as <see cref="LanePass{TLanes,TVector}"/> takes them.</summary>
internal sealed class LaneWeights
{
    /// <summary>Copies them.</summary>
    /// <param name="model">The model; all its parameters float32 in host memory.</param>
    public LaneWeights(SpectralMamba model)
    {
        using var scope = NewDisposeScope();
        var state = model.state_dict();
        Dictionary<string, Tensor> Under(string prefix) => state
            .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key[prefix.Length..], pair => pair.Value);
        (Config, Pieces, Classes) = (model.Config, model.Pieces, model.Input.Classes);
        (Embed, EmbedBias) = (Numbers(state["embed.weight"]), Numbers(state["embed.bias"]));
        Layers = [.. Enumerable.Range(0, Config.Depth).Select(i => new LaneLayerWeights(Under($"layers.{i}.")))];
        (NormWeight, NormBias) = (Numbers(state["norm_f.weight"]), Numbers(state["norm_f.bias"]));
        (Head, HeadBias) = (Numbers(state["head.weight"]), Numbers(state["head.bias"]));
    }

    /// <summary>The model's configuration.</summary>
    public SpectralMambaConfig Config { get; }

    /// <summary>How spectra are cut.</summary>
    public SpectrumPieces Pieces { get; }

    /// <summary>Classes.</summary>
    public int Classes { get; }

    /// <summary>(D, bands of a piece).</summary>
    public float[] Embed { get; }

    /// <summary>(D).</summary>
    public float[] EmbedBias { get; }

    /// <summary>The layers.</summary>
    public LaneLayerWeights[] Layers { get; }

    /// <summary>(D).</summary>
    public float[] NormWeight { get; }

    /// <summary>(D).</summary>
    public float[] NormBias { get; }

    /// <summary>(classes, features).</summary>
    public float[] Head { get; }

    /// <summary>(classes).</summary>
    public float[] HeadBias { get; }

    /// <summary>The numbers of a parameter.</summary>
    public static float[] Numbers(Tensor parameter)
    {
        using var ready = parameter.detach().contiguous();
        return ready.data<float>().ToArray();
    }
}
