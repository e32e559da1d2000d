using System.Diagnostics;
using System.Text;
using SegLstm.Experiments;
using SegLstm.Experiments.Records;
using SegLstm.Tests.Checkpoints;

namespace SegLstm.Tests.Experiments.Records;

/// <summary>Recipes from people who are not trusted.</summary>
public class HostileYamlTests
{
    [Theory]
    [InlineData("model: !!python/object/apply:os.system [true]", "the tag 'tag:yaml.org,2002:python/object/apply:os.system'")]
    [InlineData("model: !System.Diagnostics.Process a", "the tag '!System.Diagnostics.Process'")]
    [InlineData("!!map {model: a}", "the tag 'tag:yaml.org,2002:map'")]
    [InlineData("model: &a b", "the anchor '&a'")]
    [InlineData("model: a\noverlap: *a", "the alias '*a'")]
    [InlineData("model: a\n---\nmodel: b", "a second document")]
    [InlineData("? [a, b]\n: c", "a key of several values")]
    public void What_builds_more_than_it_spells_out_is_refused(string text, string found)
    {
        string fault = Refusal(text);
        Assert.Contains($"found {found}", fault);
        Assert.StartsWith("a.yaml:", fault);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    public void Depth_costs_neither_stack_nor_time(string level)
    {
        var clock = Stopwatch.StartNew();
        Refusal(string.Concat(Enumerable.Repeat(level, 50_000)));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);
    }

    [Fact]
    public void No_more_of_a_file_is_read_than_a_record_may_have()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("large.yaml");
        using (FileStream file = File.Create(path)) file.SetLength(1L << 36);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("longer than", Assert.Throws<RecordException>(() => RecordYaml.Load<SceneRecipe>(path)).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4L << 20);
    }

    [Fact]
    public void A_long_list_of_faults_is_cut()
    {
        string text = string.Concat(Enumerable.Range(0, 5000).Select(i => $"k{i}: {i}\n"));
        var fault = Assert.Throws<RecordException>(() => RecordYaml.Read<SceneRecipe>(text, "a.yaml"));
        Assert.Equal(21, fault.Problems.Count);
        Assert.Equal("and 4981 more.", fault.Problems[^1]);
    }

    [Fact]
    public void Damaged_text_is_read_or_refused_and_nothing_else()
    {
        var random = new Random(5);
        string good = RecordYaml.Write(DemoRecipe.Olinda);
        const string Letters = "{}[]:,#&*!|>'\"%@`-?\\ \n\t0.~eé\u2028\0";
        int read = 0;
        for (int i = 0; i < 3000; i++)
        {
            var text = new StringBuilder(good);
            for (int edits = random.Next(1, 5); edits > 0; edits--)
            {
                int at = random.Next(text.Length);
                if (random.Next(2) == 0) text[at] = Letters[random.Next(Letters.Length)];
                else text.Remove(at, Math.Min(text.Length - at, random.Next(1, 40)));
            }

            try
            {
                RecordYaml.Read<SceneRecipe>(text.ToString(), "a.yaml");
                read++;
            }
            catch (RecordException)
            {
            }
        }

        Assert.InRange(read, 1, 2999);
    }

    private static string Refusal(string text) =>
        Assert.Single(Assert.Throws<RecordException>(() => RecordYaml.Read<SceneRecipe>(text, "a.yaml")).Problems);
}
