using System.IO.Compression;
using SegLstm.Language.Clip;
using SegLstm.Tests.Checkpoints;

namespace SegLstm.Tests.Language.Clip;

public class BytePairMergesTests
{
    [Fact]
    public void Lines_behind_the_last_merge_are_not_read()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder.File("merges.txt"), ["#version: 0.2", .. Merges.Own, "d og</w>"]);
        var plain = BytePairMerges.Load(BytePairMerges.FindIn(folder.Path)!);
        Assert.Equal(Merges.Own, plain.Pairs.Select(pair => $"{pair.Left} {pair.Right}"));
    }

    [Fact]
    public void The_official_file_is_read_packed_and_to_its_last_merge()
    {
        var official = BytePairMerges.Load(Merges.Official).Pairs;
        Assert.Equal(("i", "n"), official[0]);
        Assert.Equal(("jeky", "ll</w>"), official[^1]);
    }

    [Fact]
    public void A_packed_file_reads_as_a_plain_one()
    {
        using var folder = new TemporaryFolder();
        using (var packed = new GZipStream(File.Create(folder.File("bpe_simple_vocab_16e6.txt.gz")), CompressionLevel.Fastest))
        {
            packed.Write(File.ReadAllBytes(Merges.File));
        }

        Assert.Equal(BytePairMerges.Load(Merges.File).Pairs, BytePairMerges.Load(BytePairMerges.FindIn(folder.Path)!).Pairs);
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
