using SegLstm.Language.Glove;
using SegLstm.Tests.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Language.Glove;

public class GloveEncoderTests
{
    private const string Small = """
        {"precision":8,"dimensions":3,"words":["the","water","forest","caf\u00e9","roof"],
         "vectors":{"the":[1,0,0,1,0],"water":[0,2,0,2,1],"forest":[0,0,4,4,2],"caf\u00e9":[1,1,1,1.7,3],"roof":[2,2,0,3,4]},
         "unkVector":[0,0,0,0,-1]}
        """;

    private static string Write(TemporaryFolder folder, string content = Small)
    {
        File.WriteAllText(folder.File("words.json"), content);
        return folder.File("words.json");
    }

    [Fact]
    public void A_labels_vector_is_the_mean_of_its_words()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var encoder = GloveEncoder.Of(Write(folder));
        Assert.Equal(3, encoder.Width);
        Close.Within(encoder.Encode(["Water", "the-water_forest", "café"]),
            tensor(new float[,] { { 0, 2, 0 }, { 1 / 3f, 2 / 3f, 4 / 3f }, { 1, 1, 1 } }), 1e-6, "vectors");
    }

    [Fact]
    public void Unknown_words_are_told_all_at_once_with_near_ones()
    {
        using var folder = new TemporaryFolder();
        using var encoder = GloveEncoder.Of(Write(folder));
        var wrong = Assert.Throws<ArgumentException>(() => encoder.Encode(["watr", "the fprest", "!?"])).Message;
        Assert.Contains("'watr'; near it: water", wrong);
        Assert.Contains("'fprest' in 'the fprest'; near it: forest", wrong);
        Assert.Contains("'!?' has no word", wrong);
    }

    [Fact]
    public void Rows_that_were_needed_are_kept_beside_the_file()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var path = Write(folder);
        using (var encoder = GloveEncoder.Of(path))
        {
            encoder.Encode(["water"]);
        }

        // The rows' place in the file is spoilt, its ends and length are not: what was asked for is known without it.
        Assert.True(File.Exists(folder.File("rows.json")));
        File.WriteAllText(folder.File("rows.json"), File.ReadAllText(folder.File("rows.json")).Replace("[0,2,0]", "[7,7,7]"));
        using (var encoder = GloveEncoder.Of(path))
        {
            Close.Within(encoder.Encode(["water"]), tensor(new float[,] { { 7, 7, 7 } }), 0, "kept row");
        }

        // Another file's rows are not taken over, and a damaged keepsake is made again.
        Write(folder, Small.Replace("[0,2,0,2,1]", "[0,9,0,9,1]"));
        using (var encoder = GloveEncoder.Of(path))
        {
            Close.Within(encoder.Encode(["water"]), tensor(new float[,] { { 0, 9, 0 } }), 0, "new row");
        }

        File.WriteAllText(folder.File("rows.json"), "{");
        using (var encoder = GloveEncoder.Of(path))
        {
            Close.Within(encoder.Encode(["roof"]), tensor(new float[,] { { 2, 2, 0 } }), 0, "row");
        }
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("{\"dimensions\":0}")]
    [InlineData("{\"dimensions\":\"3\",\"vectors\":{\"water\":[1,2,3]}}")]
    [InlineData("{\"dimensions\":3,\"vectors\":{\"water\":[1,2]}}")]
    [InlineData("{\"dimensions\":3,\"vectors\":{\"water\":[1,2,1e999]}}")]
    public void What_is_no_file_of_vectors_is_refused(string content)
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, content);
        Assert.Contains("fetch-data.sh glove", Assert.Throws<InvalidDataException>(() =>
        {
            using var encoder = GloveEncoder.Of(path);
            encoder.Encode(["water"]);
        }).Message);
    }

    [Fact]
    public void A_file_of_any_size_is_read_in_pieces()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using (var file = File.CreateText(folder.File("large.json")))
        {
            file.Write("{\"dimensions\":2,\"words\":[\"last\"],\"vectors\":{");
            for (var n = 0; n < 200_000; n++)
            {
                file.Write($"\"w{n}\":[{n},-{n}.25,1,{n}],");
            }

            file.Write("\"last\":[0.5,-1e-3,1,2]}}");
        }

        var before = GC.GetTotalAllocatedBytes(precise: true);
        using var encoder = GloveEncoder.Of(folder.File("large.json"));
        Close.Within(encoder.Encode(["last", "w77777"]), tensor(new float[,] { { 0.5f, -1e-3f }, { 77777, -77777.25f } }), 1e-7, "rows");
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 64 << 20);
    }

    [Fact]
    public void Setup_fetches_the_words_of_land_cover()
    {
        using var scope = NewDisposeScope();
        using var encoder = GloveEncoder.Installed();
        Assert.Equal(100, encoder.Width);
        string[] labels =
        [
            "water", "vegetation", "built or bare", "red soil", "cotton crop", "very damp grey soil", "vegetation stubble", "city lights",
            "highland", "background", "building", "road", "barren", "forest", "agriculture", "impervious surface", "low vegetation", "car",
        ];
        var unit = nn.functional.normalize(encoder.Encode(labels), dim: 1);
        var cosines = unit.matmul(unit.t());
        Assert.True(cosines[1, 13].item<float>() > cosines[1, 17].item<float>(), "vegetation is nearer to forest than to car");
        Assert.Equal(encoder.Identity, GloveEncoder.Installed().Identity);
    }
}
