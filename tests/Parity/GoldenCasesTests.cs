using SegLstm.Parity;

namespace SegLstm.Tests.Parity;

public class GoldenCasesTests
{
    public static TheoryData<string> Committed =>
        [.. GoldenCase.Find(Goldens.Committed).Select(path => Path.ChangeExtension(Path.GetRelativePath(Goldens.Committed, path), null))];

    [Theory]
    [MemberData(nameof(Committed))]
    public void The_library_computes_what_the_papers_own_code_computed(string name) => AssertPassed(ParityRunner.Check(Goldens.Case(name)));

    [Theory]
    [InlineData("mlstm")]
    [InlineData("vil")]
    [InlineData("seglstm")]
    [InlineData("heads")]
    [InlineData("metrics")]
    [InlineData("selective_scan")]
    [InlineData("vit")]
    [InlineData("swin")]
    [InlineData("dpt")]
    [InlineData("clip")]
    [InlineData("lseg")]
    [InlineData("glcnet")]
    [InlineData("samba")]
    [InlineData("vmamba")]
    [InlineData("vim")]
    [InlineData("mamba")]
    [InlineData("spectralmamba")]
    public void The_full_set_of_cases_agrees(string system)
    {
        var folder = Path.Combine(Goldens.Shared, system);
        Assert.SkipUnless(Directory.Exists(folder), $"the full set of golden cases is not on this machine ({folder})");
        var paths = GoldenCase.Find(folder);
        Assert.NotEmpty(paths);
        Assert.All(paths, path => AssertPassed(ParityRunner.Check(path)));
    }

    [Fact]
    public void The_committed_cases_cover_every_system_and_stay_small()
    {
        Assert.Equal(GoldenSystems.Names.Order(), Directory.GetDirectories(Goldens.Committed).Select(Path.GetFileName).Order());
        var bytes = Directory.EnumerateFiles(Goldens.Committed, "*", SearchOption.AllDirectories).Sum(path => new FileInfo(path).Length);
        Assert.InRange(bytes, 1, 10 << 20);
    }

    private static void AssertPassed(CaseResult result) =>
        Assert.True(result.Passed, $"{result.Name}:\n{string.Join('\n', result.Problems.Take(20))}");
}
