using SegLstm.Experiments.Claims;
using SegLstm.Workbook.Reports;

namespace SegLstm.Workbook.Tests.Reports;

public sealed class ReproductionPageTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("seglstm-");

    [Fact]
    public void The_page_shows_each_number_beside_what_was_expected_and_published_and_its_verdict()
    {
        string html = Page("""
            title: Sizes <b>&</b>
            shown: README.md
            kind: parameters
            cost: a second
            published: "in a table"
            expected:
              - {what: ViL-T, metric: parameters, value: 6391528, published: 6M}
              - {what: Vim-T, metric: parameters, value: 7148000, drift: 10}
            """);
        Assert.Contains("<h2 id=\"claim\">Sizes &lt;b&gt;&amp;&lt;/b&gt;</h2>", html);
        Assert.Contains("0 of 1 claims match. Made by <code>seglstm reproduce --verify</code>.", html);
        Assert.Contains("<b>drift</b>", html);
        Assert.Contains("<td>6,391,528</td><td>6,391,528</td><td>0.00</td><td>0.00</td><td>6M</td><td>match</td>", html);
        Assert.Contains("<td>7,148,000</td><td>7,148,008</td><td>0.00</td><td>10.00</td><td>–</td><td>drift</td>", html);
        Assert.Contains("Computed by seglstm reproduce claim --verify; SegLstm ", html);
        Assert.DoesNotContain("http", html);
    }

    [Fact]
    public void What_was_not_made_says_why()
    {
        string html = Page(
            "title: t\nshown: s\nkind: runs\nscale: paper\ncost: weeks\npublished: unverified\nmissing: [the network]\n");
        Assert.Contains("<b>not made</b>: this version lacks the network", html);
        Assert.Contains("Scale of the paper", html);
        Assert.Contains("Published: unverified", html);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string Page(string yaml)
    {
        string claim = folder.CreateSubdirectory("claim").FullName;
        File.WriteAllText(Path.Combine(claim, "claim.yaml"), yaml);
        ClaimFolder read = ClaimFolder.ReadAll(folder.FullName).Single();
        ClaimResult result = read.Claim.Scale == ClaimScale.Paper
            ? Reproduction.Make(read, Path.Combine(folder.FullName, "out"), ["false"], jobs: 1) : Reproduction.Verify(read);
        return ReproductionPage.ToHtml("seglstm reproduce --verify", [result]);
    }
}
