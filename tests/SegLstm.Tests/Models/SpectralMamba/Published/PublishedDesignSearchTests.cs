using SegLstm.Models;
using SegLstm.Models.Hyperspectral;
using SegLstm.Models.SpectralMamba;
using SegLstm.Models.SpectralMamba.Published;
using Model = SegLstm.Models.SpectralMamba.SpectralMamba;

namespace SegLstm.Tests.Models.SpectralMamba.Published;

public sealed class PublishedDesignSearchTests
{
    [Fact]
    public void The_reference_design_counts_as_the_model_that_is_built()
    {
        var model = Outline.Of(() => new Model(new SpectralInput(PublishedRow.Bands, PublishedRow.Classes)));
        Assert.Equal(model.Profiled, PublishedDesign.Reference.Cost);
        var all = PublishedDesign.Reference with { Rule = CountRule.AllParameters };
        Assert.Equal(Complexity.CountParameters(model), all.Cost.Parameters);
        Assert.Equal(0, PublishedDesign.Reference.Departures);
    }

    [Fact]
    public void Both_directions_and_flat_heads_count_as_modules_would()
    {
        var flat = new Model(
            new SpectralInput(PublishedRow.Bands, PublishedRow.Classes), new SpectralMambaConfig { Pooling = SpectrumPooling.Flatten });
        var design = PublishedDesign.Reference with
        {
            Frame = PublishedDesign.Reference.Frame with { Head = DesignHead.Flattened },
        };
        Assert.Equal(flat.Profiled, design.Cost);
        var one = PublishedDesign.Reference.Block;
        var cost = one.Cost(32, 25, CountRule.AllParameters);
        Assert.Equal(2 * cost, (one with { Directions = ScanDirections.TwoBlocks }).Cost(32, 25, CountRule.AllParameters));
        // Vim's mixer: in_proj and out_proj once, all else twice.
        Assert.Equal(
            cost.Parameters + (cost.Parameters - (3 * 32 * 64)),
            (one with { Directions = ScanDirections.BothInOneBlock }).Cost(32, 25, CountRule.AllParameters).Parameters);
    }

    [Fact]
    public void What_is_found_has_the_published_counts_and_what_is_planted_is_found()
    {
        var report = PublishedDesignSearch.Run();
        Assert.True(report.Tried > 100_000_000, $"{report.Tried}");
        Assert.NotEmpty(report.Fits);
        Assert.All(report.Fits, fit =>
        {
            Assert.InRange(fit.Cost.KiloParameters, 12.325, 12.335);
            Assert.InRange(fit.Cost.MegaMultiplyAdds, 23.385, 23.395);
            Assert.InRange((fit.Cost + DesignTargets.Merging).MegaMultiplyAdds, 36.245, 36.255);
        });
        Assert.All(report.AblationFits, fit => Assert.Contains(fit, report.Fits));
        Assert.Equal(report.Fits.Count, report.Fits.Distinct().Count());
    }

    [Fact]
    public void Without_pieces_is_every_band_a_token_or_the_spectrum_one()
    {
        var (bands, whole) = (PublishedDesign.Reference.CostWithoutPieces(false), PublishedDesign.Reference.CostWithoutPieces(true));
        Assert.True(bands.MultiplyAdds > 5 * PublishedDesign.Reference.Cost.MultiplyAdds);
        Assert.True(whole.MultiplyAdds < PublishedDesign.Reference.Cost.MultiplyAdds);
        Assert.Equal(PublishedDesign.Reference.Cost.Parameters - (5 * 32), bands.Parameters);
    }
}
