using SegLstm.Kernels.Simd;
using SegLstm.Models.Hyperspectral;
using SegLstm.Models.SpectralMamba;
using SegLstm.Models.SpectralMamba.Lanes;
using TorchSharp;
using static TorchSharp.torch;
using Model = SegLstm.Models.SpectralMamba.SpectralMamba;

namespace SegLstm.Tests.Models.SpectralMamba;

public sealed class LaneInferenceTests
{
    public static TheoryData<int, SpectralMambaConfig> Cases
    {
        get
        {
            var cases = new TheoryData<int, SpectralMambaConfig>();
            SpectralMambaConfig[] configs =
            [
                new(),
                new() { Pooling = SpectrumPooling.Last, Depth = 2, Dim = 10, StateSize = 5, Expansion = 1, ConvKernelSize = 1 },
                new() { Pooling = SpectrumPooling.Flatten, PieceRule = PieceRule.NumberOfPieces, Dim = 18, StateSize = 3, ConvKernelSize = 7 },
            ];
            foreach (var width in new[] { LaneWidth.Bits128, LaneWidth.Bits256, LaneWidth.Bits512 }.Where(w => w <= LaneWidths.OfMachine))
            {
                foreach (var config in configs)
                {
                    cases.Add((int)width, config);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Scores_are_those_of_the_modules_at_every_width_and_number_of_pixels(int width, SpectralMambaConfig config)
    {
        using var scope = NewDisposeScope();
        var model = new Model(new SpectralInput(23, 6), config);
        using var no = no_grad();
        foreach (var (_, parameter) in model.named_parameters())
        {
            parameter.add_(randn_like(parameter) * 0.3);
        }

        foreach (var pixels in new[] { 1, 7, 33 })
        {
            var x = randn(pixels, 23) * 2;
            var modules = model.Classify(model.Encode(model.Embed(x)));
            Close.Within(LaneInference.Run((LaneWidth)width, model, x), modules, 2e-5, $"{pixels} pixels");
        }
    }

    [Fact]
    public void Windows_are_merged_first_and_gradients_take_the_modules()
    {
        using var scope = NewDisposeScope();
        var model = new Model(new SpectralInput(13, 4, 3));
        var x = randn(20, 13, 3, 3);
        var recorded = model.forward(x);
        Assert.True(recorded.requires_grad);
        using var no = no_grad();
        Close.Within(model.forward(x), recorded, 2e-5, "without gradients");
        Close.Within(model.forward(x), LaneInference.Run(model, model.Merge(x)), 1e-7, "lanes");
    }

    [Fact]
    public void Samples_that_are_no_numbers_spoil_their_own_pixel_only()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var model = new Model(new SpectralInput(12, 3));
        var x = randn(16, 12);
        var clean = model.forward(x);
        x[5, 7] = float.NaN;
        var spoilt = model.forward(x);
        Assert.True(spoilt[5].isnan().all().item<bool>());
        Close.Within(spoilt.narrow(0, 6, 10), clean.narrow(0, 6, 10), 1e-7, "others");
    }
}
