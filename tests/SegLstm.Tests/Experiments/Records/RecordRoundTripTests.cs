using System.Text.Json;
using System.Text.Json.Serialization;
using FsCheck;
using FsCheck.Fluent;
using SegLstm.Experiments;
using SegLstm.Experiments.Records;
using SegLstm.Training;

namespace SegLstm.Tests.Experiments.Records;

public class RecordRoundTripTests
{
    private static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>A record of all that records may hold.</summary>
    public sealed record Everything
    {
        public required string Text { get; init; }

        public string? Maybe { get; init; } = "there";

        public bool Truth { get; init; }

        public int Whole { get; init; }

        public long Long { get; init; }

        public float Single { get; init; }

        public double Real { get; init; }

        public double? Perhaps { get; init; } = 1;

        public Decay Decay { get; init; }

        public Decay? MaybeDecay { get; init; } = Decay.Cosine;

        public IReadOnlyList<string> Texts { get; init; } = [];

        public IReadOnlyList<double>? Numbers { get; init; } = [1];

        public IReadOnlyList<BlockSplit> Parts { get; init; } = [];

        public BlockSplit? Part { get; init; }

        /// <summary>Follows from the rest: neither read nor written.</summary>
        public int Derived => Whole / 2;
    }

    [Fact]
    public void Whatever_is_written_reads_back_equal()
    {
        Gen<string> text = Gen.OneOf(
            Gen.Elements(
                "", " ", "null", "~", "true", "No", "1e3", ".nan", "- a", "a: b", "# a", "a #b", "'", "\"", "\\", "{", "*a", "&a",
                "!!int 3", "\t", "a\nb", "a\r\nb", "\u0085", "\u2028", "\uFEFFa", "größe", "汉字", "😀", "\0", "a ",
                new string('x', 300), "---", "...", "?", "@a", "%a", "`a", "a\u0007b", "two words"),
            Gen.ArrayOf(Gen.Choose(32, 0xD7FF).Select(c => (char)c)).Select(letters => new string(letters)));
        Gen<double> real = Gen.OneOf(
            Gen.Elements(0, -0.0, 1, 6e-4, 1e-6, 1e300, .1, double.Epsilon, double.MaxValue, double.NaN, double.NegativeInfinity),
            Gen.Choose(int.MinValue, int.MaxValue).Select(i => i * 1.7e-5));
        Gen<int> whole = Gen.OneOf(Gen.Elements(0, int.MinValue, int.MaxValue), Gen.Choose(-1000, 1000));
        Gen<BlockSplit> part = from size in whole from a in real from b in real from seed in whole
                               select new BlockSplit(size, a, b, seed * 4_000_000_019L);
        Gen<Everything> all = from t in text from maybe in text.OrNull() from n in whole from d in real from perhaps in Gen.OneOf(
                                  real.Select(value => (double?)value), Gen.Constant<double?>(null))
                              from texts in text.ListOf() from numbers in real.ListOf() from parts in part.ListOf() from p in part
                              from none in Gen.Choose(0, 1)
                              select new Everything
                              {
                                  Text = t, Maybe = maybe, Truth = n % 2 == 0, Whole = n, Long = n * 4_000_000_019L,
                                  Single = (float)d, Real = d, Perhaps = perhaps, Decay = (Decay)none,
                                  MaybeDecay = none == 0 ? null : Decay.Poly,
                                  Texts = [.. texts], Numbers = none == 0 ? null : [.. numbers], Parts = [.. parts],
                                  Part = none == 0 ? null : p,
                              };
        Prop.ForAll(all.ToArbitrary(), record =>
        {
            string yaml = RecordYaml.Write(record);
            Everything read = RecordYaml.Read<Everything>(yaml, "a.yaml");
            Assert.Equal(JsonSerializer.Serialize(record, Json), JsonSerializer.Serialize(read, Json));
            Assert.Equal(yaml, RecordYaml.Write(read));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void Recipes_read_back_equal()
    {
        var recipe = new SceneRecipe
        {
            Model = "vil2_tiny",
            Training = new TrainingOptions
            {
                ClassWeights = [1.0 / 3, 1e-7], NoDecay = ["a b", "null"], ClipNorm = 0.1, Seed = long.MaxValue,
            },
        };
        SceneRecipe read = RecordYaml.Read<SceneRecipe>(RecordYaml.Write(recipe), "a.yaml");
        Assert.Equal(JsonSerializer.Serialize(recipe), JsonSerializer.Serialize(read));
    }

    [Fact]
    public void A_record_that_holds_something_else_is_refused_with_the_propertys_name()
    {
        var fault = Assert.Throws<NotSupportedException>(() => RecordYaml.Write(new WithDate()));
        Assert.Contains("WithDate.Day is of type System.DateTime", fault.Message);
    }

    private sealed record WithDate
    {
        public DateTime Day { get; init; }
    }
}
