using SegLstm.Data;

namespace SegLstm.Tests.Data;

public sealed class ClassLegendTests
{
    private static readonly ClassLegend Two = new(("water", new Rgb(0, 0, 255)), ("land", new Rgb(0, 255, 0)));

    [Fact]
    public void Names_are_found_whatever_their_case() => Assert.Equal(1, Two.IndexOf("Land"));

    [Fact]
    public void An_unknown_name_is_answered_with_all_names() =>
        Assert.Contains("water, land", Assert.Throws<KeyNotFoundException>(() => Two.IndexOf("ice")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_legend_must_make_sense()
    {
        Assert.Throws<ArgumentException>(() => new ClassLegend(("a", default), ("a", default)));
        Assert.Throws<ArgumentException>(() => new ClassLegend(("", default)));
        Assert.Throws<ArgumentException>(() => new ClassLegend([.. Enumerable.Range(0, 256).Select(i => ($"{i}", default(Rgb)))]));
    }

    [Fact]
    public void Colours_are_written_as_on_web_pages()
    {
        Assert.Equal(new Rgb(255, 195, 128), Rgb.FromHex(0xFFC380));
        Assert.Equal("#FFC380", Rgb.FromHex(0xFFC380).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => Rgb.FromHex(0x1000000));
    }
}
