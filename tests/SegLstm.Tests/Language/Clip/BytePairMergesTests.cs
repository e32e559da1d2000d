using SegLstm.Language.Clip;
using SegLstm.Tests.Checkpoints;

namespace SegLstm.Tests.Language.Clip;

public class BytePairMergesTests
{
    [Fact]
    public void Lines_behind_the_last_merge_are_not_read()
    {
        using var folder = new TemporaryFolder();
        var merges = BytePairMerges.Load(Merges.File).Pairs;
        File.WriteAllLines(folder.File("merges.txt"), ["#version: 0.2", .. merges.Select(pair => $"{pair.Left} {pair.Right}"), "d og</w>"]);
        var plain = BytePairMerges.Load(BytePairMerges.FindIn(folder.Path)!);
        Assert.Equal(merges, plain.Pairs);
        Assert.Equal(("i", "n"), plain.Pairs[0]);
        Assert.Equal(("jeky", "ll</w>"), plain.Pairs[^1]);
    }

    [Theory]
    [InlineData("", "the file ends")]
    [InlineData("version\ni n\nt h\n", "the file ends")]
    [InlineData("version\ninn\n", "two symbols")]
    [InlineData("version\ni n g\n", "two symbols")]
    [InlineData("\u001f\u008bno gzip", "line 1")]
    public void What_is_no_merges_file_is_refused_with_its_line(string content, string told)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("merges.txt"), System.Text.Encoding.Latin1.GetBytes(content));
        Assert.Contains(told, Assert.Throws<InvalidDataException>(() => BytePairMerges.Load(folder.File("merges.txt"))).Message);
    }

    [Fact]
    public void A_line_without_end_does_not_fill_memory()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("merges.txt"), new string('a', 1 << 20));
        Assert.Contains("longer than", Assert.Throws<InvalidDataException>(() => BytePairMerges.Load(folder.File("merges.txt"))).Message);
    }

    [Fact]
    public void Without_a_file_beside_the_weights_the_message_says_what_to_do()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("--bpe", Assert.Throws<FileNotFoundException>(() => BytePairMerges.Beside(folder.File("ViT-B-32.pt"))).Message);
    }
}
