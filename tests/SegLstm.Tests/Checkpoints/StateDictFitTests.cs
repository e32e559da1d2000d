using SegLstm.Checkpoints;
using SegLstm.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Checkpoints;

public class StateDictFitTests
{
    [Fact]
    public void Missing_unexpected_and_misshaped_tensors_are_told_together()
    {
        using var scope = NewDisposeScope();
        using var model = nn.Sequential(("a", nn.Linear(2, 3)), ("b", nn.Linear(3, 4)));
        var fit = StateDictFit.Of(model, new Dictionary<string, Tensor>
        {
            ["a.weight"] = zeros(3, 2), ["a.bias"] = zeros(4), ["c"] = zeros(1), ["d"] = zeros(1), ["b.weight"] = zeros(4, 3),
        });
        Assert.False(fit.IsExact);
        Assert.Equal(["b.bias"], fit.Missing);
        Assert.Equal(["c", "d"], fit.Unexpected);
        Assert.Equal("1 missing: b.bias; 2 unexpected: c, d; 1 of another shape: a.bias is (4), expected (3)", fit.ToString());
        Assert.True(StateDictFit.Of(model, model.state_dict()).IsExact);
        Assert.Equal("all names and shapes fit",
            StateDictFit.Of(model, new Dictionary<string, Tensor>(), model.state_dict().Keys).ToString());
    }

    [Fact]
    public void A_model_refuses_with_all_of_it_and_changes_nothing()
    {
        using var scope = NewDisposeScope();
        using var model = Catalog.Create("seglstm_nano", 3, 3, 32);
        var state = model.state_dict().ToDictionary(entry => entry.Key, entry => zeros_like(entry.Value));
        state.Remove("backbone.patch_embed.proj.bias");
        state["decode_head.conv_seg.bias"] = zeros(8);
        state["extra"] = zeros(1);
        var before = model.state_dict()["decode_head.conv_seg.weight"].clone();
        var refusal = Assert.Throws<StateDictException>(() => model.load_state_dict(state));
        foreach (var told in new[]
        {
            "missing: backbone.patch_embed.proj.bias", "unexpected: extra", "decode_head.conv_seg.bias is (8), expected (3)",
            "strict: false",
        })
        {
            Assert.Contains(told, refusal.Message);
        }

        Assert.Equal(["extra"], refusal.Fit.Unexpected);
        Assert.True(before.equal(model.state_dict()["decode_head.conv_seg.weight"]).all().item<bool>());

        // Without strictness names may differ, shapes may not.
        Assert.Equal(0, Assert.Throws<StateDictException>(() => model.Backbone.load_state_dict(
            new() { ["patch_embed.proj.bias"] = zeros(1, 1) }, strict: false)).Fit.Misshaped.Count - 1);
        var (missing, unexpected) = model.load_state_dict(state, strict: false, skip: ["decode_head.conv_seg.bias"]);
        Assert.Equal(["backbone.patch_embed.proj.bias"], missing);
        Assert.Equal(["extra"], unexpected);
        Assert.Equal(0f, model.state_dict()["decode_head.conv_seg.weight"].abs().sum().item<float>());
    }

    [Fact]
    public void Many_names_are_counted_and_the_first_are_told()
    {
        using var scope = NewDisposeScope();
        using var model = nn.Linear(1, 1);
        var fit = StateDictFit.Of(model, Enumerable.Range(0, 40).ToDictionary(i => $"n{i:00}", _ => zeros(1)));
        Assert.Contains("40 unexpected: n00, ", fit.ToString());
        Assert.EndsWith("n09 and 30 more", fit.ToString());
    }
}
