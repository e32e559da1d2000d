using SegLstm.Models.SpectralMamba;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.SpectralMamba;

public sealed class SpectrumPiecesTests
{
    [Theory]
    [InlineData(144, 6, PieceRule.BandsPerPiece, 24, 6)]
    [InlineData(145, 6, PieceRule.BandsPerPiece, 25, 6)]
    [InlineData(7, 7, PieceRule.BandsPerPiece, 1, 7)]
    [InlineData(145, 6, PieceRule.NumberOfPieces, 6, 25)]
    [InlineData(145, 5, PieceRule.NumberOfPieces, 5, 29)]
    public void Both_meanings_of_R_give_their_sequence(int bands, int size, PieceRule rule, int count, int width)
    {
        var pieces = SpectrumPieces.Of(bands, size, rule);
        Assert.Equal((count, width), (pieces.Count, pieces.Width));
    }

    [Fact]
    public void Every_number_of_bands_fits_and_keeps_its_order()
    {
        using var scope = NewDisposeScope();
        for (var bands = 1; bands <= 30; bands++)
        {
            for (var size = 1; size <= bands; size++)
            {
                var pieces = SpectrumPieces.Of(bands, size, PieceRule.BandsPerPiece);
                var flat = pieces.Cut(arange(1, bands + 1, dtype: ScalarType.Float32).expand(2, bands)).flatten(1)[1].data<float>();
                Assert.Equal([.. Enumerable.Range(1, bands).Select(band => (float)band)], flat.Take(bands));
                Assert.All(flat.Skip(bands), zero => Assert.Equal(0, zero));
                Assert.True(flat.Count() - bands < size);
            }
        }
    }

    [Theory]
    [InlineData(10, 11, PieceRule.BandsPerPiece, "10 bands")]
    [InlineData(10, 0, PieceRule.NumberOfPieces, "got 0")]
    [InlineData(10, 7, PieceRule.NumberOfPieces, "5 pieces have")]
    public void Sizes_that_leave_a_piece_empty_are_refused(int bands, int size, PieceRule rule, string part) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(() => SpectrumPieces.Of(bands, size, rule)).Message);

    [Fact]
    public void Spectra_of_other_length_are_refused()
    {
        using var x = zeros(2, 9);
        Assert.Contains("(B, 10)", Assert.Throws<ArgumentException>(
            () => SpectrumPieces.Of(10, 3, PieceRule.BandsPerPiece).Cut(x)).Message);
    }
}
