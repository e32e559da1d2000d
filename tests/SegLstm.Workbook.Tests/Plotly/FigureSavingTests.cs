using System.Buffers.Binary;
using System.Xml.Linq;
using SegLstm.Workbook.Plotly;

namespace SegLstm.Workbook.Tests.Plotly;

public sealed class FigureSavingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seglstm-saving-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [BrowserFact]
    public void A_saved_page_draws_by_itself_and_names_no_address()
    {
        Figures.Bars().Save(In("bars.html"));

        string page = File.ReadAllText(In("bars.html")), drawn = Chromium.DumpDom(page);

        Assert.Contains("default-src 'none'", page);
        Assert.Contains("<title>IoU</title>", page);
        Assert.Equal(4, drawn.Split("<g class=\"point\">").Length - 1);
    }

    [BrowserFact]
    public void A_dark_figure_is_dark_on_its_page()
    {
        Figures.Bars().WithTheme(Theme.Dark).Save(In("dark.html"));

        string page = File.ReadAllText(In("dark.html")), drawn = Chromium.DumpDom(page);

        Assert.Contains("html{background:#16181C}", page);
        Assert.Contains("class=\"main-svg\"", drawn);
        Assert.Contains("background: rgb(22, 24, 28)", drawn);
    }

    [BrowserFact]
    public void A_saved_svg_holds_vectors_and_text()
    {
        Figures.Times().Save(In("times.svg"));

        var svg = XDocument.Load(In("times.svg"));
        string[] names = [.. svg.Descendants().Select(e => e.Name.LocalName)];
        Assert.Equal("svg", svg.Root!.Name.LocalName);
        Assert.Equal("760", svg.Root.Attribute("width")!.Value);
        Assert.DoesNotContain("image", names);
        Assert.True(names.Count(n => n == "path") > 10);
        Assert.Contains(svg.Descendants(), e => e.Name.LocalName == "text" && e.Value == "time (ms)");
    }

    [BrowserFact]
    public void A_saved_png_has_two_pixels_for_each_of_the_figures()
    {
        Figures.Decay().Size(400, 300).Save(In("decay.png"));

        byte[] png = File.ReadAllBytes(In("decay.png"));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        Assert.Equal((800, 600), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)),
            BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
        Assert.Equal([In("decay.png")], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Another_ending_is_refused_before_anything_is_drawn() =>
        Assert.Contains(".html, .svg or .png",
            Assert.Throws<ArgumentException>(() => Figures.Bars().Save(In("bars.pdf"))).Message);

    private string In(string name) => Path.Combine(_folder, name);
}
