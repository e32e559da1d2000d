using SegLstm.Models.VMamba;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.VMamba;

public sealed class SS2DTests
{
    private static readonly SS2DConfig Vanilla = new()
    {
        Dim = 8, StateSize = 4, Ratio = 2, ConvBias = true, ForwardType = "v0", ChannelsFirst = false,
    };

    [Theory]
    [InlineData("v05_noz")]
    [InlineData("v05")]
    [InlineData("v052d3_onsoftmax_nozact_oact")]
    [InlineData("v05_ondwconv3_noz")]
    [InlineData("v05_oncnorm_noz")]
    public void Channels_first_and_last_compute_the_same(string form)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var config = new SS2DConfig { Dim = 8, StateSize = 2, Ratio = 1.5, ForwardType = form };
        var (first, last) = (new SS2D(config), new SS2D(config with { ChannelsFirst = false }));
        last.load_state_dict(first.state_dict());
        var x = randn([2, 8, 3, 5]);
        Close.Within(last.forward(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2), first.forward(x), 1e-5, form);
    }

    [Fact]
    public void With_equal_directions_and_no_convolution_a_transposed_or_turned_map_gives_a_transposed_or_turned_result()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var op = new SS2D(new SS2DConfig { Dim = 8, StateSize = 3, ConvKernelSize = 1 });
        foreach (var name in new[] { "x_proj.weight", "dt_projs.weight", "dt_projs_bias", "A_logs", "Ds" })
        {
            var directions = op.state_dict()[name].view(4, -1);
            directions.copy_(directions[0].unsqueeze(0).expand(4, -1).clone());
        }

        var x = randn([1, 8, 4, 6]);
        Close.Within(op.forward(x.transpose(2, 3)), op.forward(x).transpose(2, 3), 1e-5, "transposed");
        Close.Within(op.forward(x.flip(2, 3)), op.forward(x).flip(2, 3), 1e-5, "turned");
    }

    [Fact]
    public void The_first_release_and_the_second_with_its_parameters_compute_the_same()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var old = new SS2D(Vanilla);
        var now = new SS2D(Vanilla with { ForwardType = "v05" });
        var prefixed = old.state_dict().ToDictionary(p => "op." + p.Key, p => p.Value);
        var fitted = VMambaCheckpoint.Fit(prefixed, now.state_dict().ToDictionary(p => "op." + p.Key, p => p.Value));
        now.load_state_dict(fitted.ToDictionary(p => p.Key["op.".Length..], p => p.Value));
        var x = randn([2, 3, 4, 8]);
        Close.Within(now.forward(x), old.forward(x), 1e-6, "v05 with v0's parameters");
    }

    [Fact]
    public void Mamba_start_has_decays_1_to_N_and_step_sizes_between_a_thousandth_and_a_tenth()
    {
        using var scope = NewDisposeScope();
        var state = new SS2D(new SS2DConfig { Dim = 40, StateSize = 5, Ratio = 2 }).state_dict();
        var step = nn.functional.softplus(state["dt_projs_bias"]);
        Assert.InRange(step.min().item<float>(), 0.00099f, 0.002f);
        Assert.InRange(step.max().item<float>(), 0.06f, 0.1001f);
        var decays = state["A_logs"].exp();
        Assert.Equal([320, 5], decays.shape);
        Close.Within(decays, arange(1, 6, dtype: ScalarType.Float32).expand(320, 5), 1e-6, "A");
        Assert.Equal(1, state["Ds"].min().item<float>());
        // R = 3: uniform in ±1/sqrt(3).
        Assert.Equal([320, 3], state["dt_projs.weight"].shape);
        Assert.InRange(state["dt_projs.weight"].abs().max().item<float>(), 0.55f, 0.5774f);
    }

    [Fact]
    public void Normal_and_constant_starts_are_as_published()
    {
        using var scope = NewDisposeScope();
        var config = new SS2DConfig { Dim = 64, StateSize = 4, Ratio = 2 };
        var normal = new SS2D(config with { Init = SS2DInit.Normal }).state_dict();
        Assert.InRange(normal["A_logs"].std().item<float>(), 0.9f, 1.1f);
        Assert.InRange(normal["dt_projs.weight"].std().item<float>(), 0.09f, 0.11f);
        Assert.InRange(normal["dt_projs_bias"].std().item<float>(), 0.09f, 0.11f);
        var constant = new SS2D(config with { Init = SS2DInit.Constant }).state_dict();
        Assert.Equal(0, constant["A_logs"].abs().max().item<float>());
        foreach (var name in new[] { "dt_projs.weight", "dt_projs_bias" })
        {
            Assert.InRange(constant[name].min().item<float>(), 0f, 0.01f);
            Assert.InRange(constant[name].max().item<float>(), 0.09f, 0.1f);
        }
    }

    [Theory]
    [InlineData("v05_noz")]
    [InlineData("v052d3_oncnorm_oact")]
    [InlineData("v051d_onsigmoid_nozact")]
    [InlineData("v0")]
    public void Gradients_agree_with_differences(string form)
    {
        manual_seed(3);
        var op = new SS2D(form == "v0" ? Vanilla : new SS2DConfig { Dim = 8, StateSize = 2, ForwardType = form });
        op.to(ScalarType.Float64);
        var first = form != "v0";
        var x = randn(first ? [2, 8, 2, 3] : [2, 2, 3, 8], dtype: ScalarType.Float64, requires_grad: true);
        var weight = randn(x.shape, dtype: ScalarType.Float64);
        GradientCheck.Run(
            () => (op.forward(x) * weight).sum(),
            op.named_parameters().Select(p => (p.name, (Tensor)p.parameter)).Append(("x", x)),
            samples: 3);
    }

    [Theory]
    [InlineData("v0", true, true, ScanMode.Cross, SS2DNorm.LayerNorm)]
    [InlineData("v0seq", true, true, ScanMode.Cross, SS2DNorm.LayerNorm)]
    [InlineData("v2", false, true, ScanMode.Cross, SS2DNorm.LayerNorm)]
    [InlineData("v3noz", false, false, ScanMode.Cross, SS2DNorm.LayerNorm)]
    [InlineData("v4_noz", false, false, ScanMode.Cross, SS2DNorm.LayerNorm)]
    [InlineData("v31d_noz", false, false, ScanMode.Unidirectional, SS2DNorm.LayerNorm)]
    [InlineData("v052d_noz", false, false, ScanMode.Bidirectional, SS2DNorm.LayerNorm)]
    [InlineData("v052d3", false, true, ScanMode.Rotating, SS2DNorm.LayerNorm)]
    [InlineData("v05_onnone_noz", false, false, ScanMode.Cross, SS2DNorm.None)]
    [InlineData("v05_onsoftmax_nozact_oact_no32", false, true, ScanMode.Cross, SS2DNorm.Softmax)]
    public void Forward_types_are_read_as_the_authors_write_them(
        string text, bool vanilla, bool gate, ScanMode scan, SS2DNorm norm)
    {
        var form = SS2DForm.Parse(text);
        Assert.Equal((vanilla, gate, scan, norm), (form.Vanilla, form.Gate, form.Scan, form.Norm));
        Assert.Equal(text.Contains("_oact"), form.OutputActivation);
        Assert.Equal(!text.Contains("_nozact"), form.GateActivation);
    }

    [Theory]
    [InlineData("v052dc_noz")]
    [InlineData("v0_noz")]
    [InlineData("xv1a")]
    [InlineData("v06")]
    [InlineData("")]
    public void Other_forward_types_are_refused_with_those_that_there_are(string text)
    {
        var message = Assert.Throws<ArgumentException>(() => SS2DForm.Parse(text)).Message;
        Assert.Contains($"'{text}'", message);
        Assert.Contains("_noz", message);
    }

    [Fact]
    public void An_invalid_configuration_lists_all_its_problems()
    {
        var broken = new SS2DConfig { Dim = 0, StateSize = 0, Ratio = -1, Rank = 0, ConvKernelSize = 4, ForwardType = "v9" };
        var message = Assert.Throws<ArgumentException>(() => new SS2D(broken)).Message;
        foreach (var part in new[] { "Dim", "StateSize", "Ratio", "Rank", "ConvKernelSize", "'v9'" })
        {
            Assert.Contains(part, message);
        }

        var unbiased = Assert.Throws<ArgumentException>(() => new SS2D(Vanilla with { ConvBias = false }));
        Assert.Contains("ConvBias = true", unbiased.Message);
        Assert.Empty(Vanilla.Validate());
    }

    [Fact]
    public void A_map_in_the_other_layout_is_refused()
    {
        using var scope = NewDisposeScope();
        var op = new SS2D(new SS2DConfig { Dim = 8 });
        Assert.Contains("(B, 8, H, W)", Assert.Throws<ArgumentException>(() => op.forward(ones(1, 3, 4, 8))).Message);
        var last = new SS2D(Vanilla);
        Assert.Contains("(B, H, W, 8)", Assert.Throws<ArgumentException>(() => last.forward(ones(1, 8, 3, 4))).Message);
    }
}
