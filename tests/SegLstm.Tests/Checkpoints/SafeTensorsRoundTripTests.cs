using FsCheck;
using FsCheck.Fluent;
using SegLstm.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Checkpoints;

public class SafeTensorsRoundTripTests
{
    private static readonly ScalarType[] Types =
    [
        ScalarType.Bool, ScalarType.Byte, ScalarType.Int8, ScalarType.Int16, ScalarType.Int32, ScalarType.Int64,
        ScalarType.Float16, ScalarType.BFloat16, ScalarType.Float32, ScalarType.Float64,
    ];

    [Fact]
    public void Whatever_is_saved_is_loaded_bit_by_bit()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.safetensors");
        var one = from name in Gen.Elements("w", "layer.0.weight", "größe", "a/b c", "quo\"te\\", "汉字", "😀")
                  from suffix in Gen.Choose(0, 999)
                  from type in Gen.Elements(Types)
                  from shape in Gen.ArrayOf(Gen.Choose(0, 5)).Resize(5)
                  from seed in Gen.Choose(0, int.MaxValue)
                  select (Name: name + suffix, Type: type, Shape: shape.Select(size => (long)size).ToArray(), Seed: seed);
        var many = one.ListOf().Select(list => list.DistinctBy(item => item.Name).ToList()).ToArbitrary();
        Prop.ForAll(many, items =>
        {
            var tensors = items.ToDictionary(item => item.Name, item => RandomBits(item.Type, item.Shape, item.Seed));
            var metadata = items.ToDictionary(item => item.Name, item => $"{item.Type} \u0001 \"{item.Seed}\"");
            SafeTensors.Save(path, tensors, metadata);
            using var file = SafeTensors.Open(path);
            Assert.Equal(metadata, file.Metadata);
            Assert.Equal(tensors.Keys.Order(StringComparer.Ordinal), file.Names.Order(StringComparer.Ordinal));
            foreach (var (name, tensor) in tensors)
            {
                using var loaded = file.Load(name);
                Assert.Equal(tensor.dtype, loaded.dtype);
                Assert.Equal(tensor.shape, loaded.shape);
                Assert.True(tensor.numel() == 0 || tensor.bytes.SequenceEqual(loaded.bytes), name);
                tensor.Dispose();
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Equal_contents_give_equal_bytes_in_any_order()
    {
        using var folder = new TemporaryFolder();
        KeyValuePair<string, Tensor>[] tensors = [new("b", ones(3)), new("a", zeros(2, 2)), new("n", tensor(7L)), new("mask", ones(5, dtype: ScalarType.Bool))];
        SafeTensors.Save(folder.File("1"), tensors, new Dictionary<string, string> { ["x"] = "1", ["y"] = "2" });
        SafeTensors.Save(folder.File("2"), tensors.Reverse(), new Dictionary<string, string> { ["y"] = "2", ["x"] = "1" });
        Assert.Equal(File.ReadAllBytes(folder.File("1")), File.ReadAllBytes(folder.File("2")));
        using var file = SafeTensors.Open(folder.File("1"));
        Assert.Equal(["n", "a", "b", "mask"], file.Names);
    }

    [Fact]
    public void A_transposed_view_is_saved_as_it_is_seen()
    {
        using var folder = new TemporaryFolder();
        using var seen = arange(6, dtype: ScalarType.Float32).view(2, 3).t();
        SafeTensors.Save(folder.File("a"), [new("t", seen)]);
        using var loaded = SafeTensors.Load(folder.File("a"))["t"];
        Assert.Equal([3, 2], loaded.shape);
        Assert.Equal([0f, 3f, 1f, 4f, 2f, 5f], loaded.data<float>().ToArray());
    }

    [Fact]
    public void A_parameter_that_needs_gradients_is_saved_and_still_needs_them()
    {
        using var folder = new TemporaryFolder();
        using var weight = nn.Parameter(ones(3));
        SafeTensors.Save(folder.File("a"), [new("weight", weight)]);
        Assert.True(weight.requires_grad);
        using var loaded = SafeTensors.Load(folder.File("a"))["weight"];
        Assert.False(loaded.requires_grad);
    }

    [Fact]
    public void What_the_format_cannot_hold_is_refused_and_nothing_is_written()
    {
        using var folder = new TemporaryFolder();
        Refused(SafeTensorsError.EmptyName, [new("", ones(1))]);
        Refused(SafeTensorsError.InvalidName, [new("a\nb", ones(1))]);
        Refused(SafeTensorsError.InvalidName, [new("\ud800", ones(1))]);
        Refused(SafeTensorsError.ReservedName, [new("__metadata__", ones(1))]);
        Refused(SafeTensorsError.DuplicateName, [new("a", ones(1)), new("a", ones(1))]);
        Refused(SafeTensorsError.UnsupportedDType, [new("a", ones(1, dtype: ScalarType.ComplexFloat32))]);
        Refused(SafeTensorsError.InvalidMetadataText, [new("a", ones(1))], new() { ["k"] = "\udc00" });
        Assert.Empty(Directory.GetFiles(folder.Path));

        void Refused(SafeTensorsError expected, KeyValuePair<string, Tensor>[] tensors, Dictionary<string, string>? metadata = null) =>
            Assert.Equal(expected, Assert.Throws<SafeTensorsException>(() => SafeTensors.Save(folder.File("a"), tensors, metadata)).Error);
    }

    [Fact]
    public void The_data_starts_at_a_multiple_of_8()
    {
        using var folder = new TemporaryFolder();
        for (var length = 1; length < 20; length++)
        {
            SafeTensors.Save(folder.File("a"), [new(new string('n', length), ones(1, dtype: ScalarType.Float64))]);
            Assert.Equal(0, new FileInfo(folder.File("a")).Length % 8);
        }
    }

    private static Tensor RandomBits(ScalarType type, long[] shape, int seed)
    {
        var tensor = empty(shape, dtype: type);
        if (tensor.numel() > 0)
        {
            var bits = new byte[tensor.numel() * tensor.element_size()];
            new Random(seed).NextBytes(bits);
            if (type == ScalarType.Bool)
            {
                bits = [.. bits.Select(bit => (byte)(bit & 1))];
            }

            bits.CopyTo(tensor.bytes);
        }

        return tensor;
    }
}
