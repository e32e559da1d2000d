using SegLstm.Pretraining;
using SegLstm.Pretraining.Networks;
using SegLstm.Pretraining.Probes;
using SegLstm.Pretraining.Views;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Experiments;

/// <summary>Measures a method's encoder while it is trained, on a copy: the method and its running means stay as they are.</summary>
internal sealed class EncoderProbe : IDisposable
{
    private const string Backbone = "backbone.";
    private const int MostTiles = 128;

    private readonly PretrainingMethod _method;
    private readonly FeatureProbe _probe;
    private readonly Trunk _trunk;

    /// <summary>Draws the views.</summary>
    /// <param name="method">What is trained.</param>
    /// <param name="views">What it learns from; the views are those of its first pass.</param>
    /// <param name="trunk">A network like the method's, whose weights are overwritten; owned.</param>
    /// <param name="voters">Labelled tiles whose classes vote; null measures no accuracy.</param>
    /// <param name="asked">Labelled tiles that are voted on; null measures no accuracy.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="ignoreIndex">Label that counts for nothing.</param>
    public EncoderProbe(
        PretrainingMethod method, TwoViewDataset views, Trunk trunk, utils.data.Dataset? voters, utils.data.Dataset? asked, int classes,
        int ignoreIndex)
    {
        using DisposeScope scope = NewDisposeScope();
        (_method, _trunk) = (method, trunk);
        _trunk.Backbone.eval();
        Dictionary<string, Tensor>[] tiles = [.. Enumerable.Range(0, (int)Math.Min(MostTiles, views.Count)).Select(i => views.GetTensor(i))];
        Tensor All(string view) => stack([.. tiles.Select(tile => tile[view])]).DetachFromDisposeScope();
        _probe = new FeatureProbe(All("first"), All("second"))
        {
            Voters = voters, Asked = asked, Classes = classes, IgnoreIndex = ignoreIndex,
        };
    }

    /// <summary>Measures the encoder as it is now.</summary>
    public FeatureReport Measure()
    {
        using DisposeScope scope = NewDisposeScope();
        _trunk.Backbone.load_state_dict(_method.EncoderState()
            .Where(entry => entry.Key.StartsWith(Backbone, StringComparison.Ordinal))
            .ToDictionary(entry => entry.Key[Backbone.Length..], entry => entry.Value));
        return _probe.Measure(images => _trunk.Backbone.call(images)[^1]);
    }

    public void Dispose()
    {
        _probe.Dispose();
        _trunk.Backbone.Dispose();
    }
}
