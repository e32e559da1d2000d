using System.Text;
using SegLstm.Tests.Torch.Modules;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SegLstm.Tests.Torch.Saving;

public sealed class ModuleFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seglstm-saving-").FullName;

    private string At(string name) => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_saved_module_loads_into_another()
    {
        using var scope = NewDisposeScope();
        using var source = new Parts();
        using var target = new Parts();
        source.save(At("parts.dat"));
        target.load(At("parts.dat"));
        foreach (var (key, tensor) in source.state_dict()) Assert.True(tensor.Equals(target.state_dict()[key]), key);
        Assert.Equal(["parts.dat"], Directory.GetFiles(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public void The_format_is_TorchSharps()
    {
        using var scope = NewDisposeScope();
        using var layer = Linear(2, 1, hasBias: false);
        using (no_grad()) layer.weight.copy_(tensor(new float[,] { { 1, -2 } }));
        using var stream = new MemoryStream();
        layer.save(new BinaryWriter(stream));

        // One tensor; its name with its length before; float32 is type 6; two dimensions, 1 and 2; the elements.
        byte[] expected = [1, 6, .. Encoding.UTF8.GetBytes("weight"), 6, 2, 1, 2, 0, 0, 128, 63, 0, 0, 0, 192];
        Assert.Equal(expected, stream.ToArray());
    }

    [Fact]
    public void Numbers_above_127_take_two_bytes()
    {
        using var scope = NewDisposeScope();
        using var stream = new MemoryStream();
        zeros(300, ScalarType.Byte).Save(new BinaryWriter(stream));
        Assert.Equal([0, 1, 0xAC, 0x02, 0, 0], stream.ToArray()[..6]);
    }

    [Fact]
    public void Names_that_one_side_lacks_are_refused_or_reported()
    {
        using var scope = NewDisposeScope();
        using var source = Sequential(("a", Linear(2, 2)), ("b", Linear(2, 2)));
        using var target = Sequential(("a", Linear(2, 2)), ("c", Linear(2, 2)));
        source.save(At("model.dat"));
        Assert.ThrowsAny<ArgumentException>(() => target.load(At("model.dat")));
        var found = new Dictionary<string, bool>();
        target.load(At("model.dat"), strict: false, loadedParameters: found);
        Assert.Equal(["a.bias", "a.weight"], found.Where(pair => pair.Value).Select(pair => pair.Key).Order());
        Assert.Equal(["b.bias", "b.weight"], found.Where(pair => !pair.Value).Select(pair => pair.Key).Order());
        Assert.True(source.get_parameter("a.weight")!.Equals(target.get_parameter("a.weight")!));
    }

    [Fact]
    public void Skipped_names_stay_as_they_are()
    {
        using var scope = NewDisposeScope();
        using var source = Linear(2, 2);
        using var target = Linear(2, 2);
        var before = target.weight.clone();
        source.save(At("model.dat"));
        target.load(At("model.dat"), skip: ["weight"]);
        Assert.True(before.Equals(target.weight));
        Assert.True(source.bias!.Equals(target.bias!));
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Int64)]
    [InlineData(ScalarType.Bool)]
    public void A_tensor_of_any_type_comes_back(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var original = arange(0, 6).reshape(2, 3).to_type(type);
        save(original, At("tensor.dat"));
        var loaded = load(At("tensor.dat"));
        Assert.Equal(type, loaded.dtype);
        Assert.True(original.Equals(loaded));
    }

#if !TORCHSHARP
    [Fact]
    public void A_tensor_of_any_layout_and_size_comes_back()
    {
        using var scope = NewDisposeScope();
        var original = arange(0, 700_000).reshape(2, 350_000).t();
        original.Save(At("tensor.dat"));
        Assert.True(original.Equals(load(At("tensor.dat"))));
        zeros(0, 3).Save(At("empty.dat"));
        Assert.Equal([0L, 3L], load(At("empty.dat")).shape);
    }

    [Fact]
    public void Another_shape_is_refused_by_name()
    {
        using var scope = NewDisposeScope();
        Linear(2, 2).save(At("model.dat"));
        var error = Assert.Throws<ArgumentException>(() => Linear(3, 2).load(At("model.dat")));
        Assert.Contains("'weight': The file holds shape (2, 2); the tensor has (2, 3).", error.Message);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(11)]
    [InlineData(20)]
    public void A_file_cut_short_is_refused(int length)
    {
        using var scope = NewDisposeScope();
        Linear(2, 2).save(At("model.dat"));
        File.WriteAllBytes(At("cut.dat"), File.ReadAllBytes(At("model.dat"))[..length]);
        var error = Record.Exception(() => { Linear(2, 2).load(At("cut.dat")); });
        Assert.True(error is ArgumentException or IOException or InvalidDataException, $"{error}");
    }

    [Fact]
    public void Sizes_that_overflow_are_refused_before_anything_is_allocated()
    {
        byte[] file = [6, 3, .. Enumerable.Repeat<byte[]>([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], 3).SelectMany(bytes => bytes)];
        File.WriteAllBytes(At("huge.dat"), file);
        Assert.Throws<InvalidDataException>(() => load(At("huge.dat")));
        File.WriteAllBytes(At("long.dat"), [6, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0]);
        Assert.Throws<EndOfStreamException>(() => load(At("long.dat")));
    }

    [Fact]
    public void A_damaged_file_is_refused_whatever_byte_was_changed()
    {
        using var scope = NewDisposeScope();
        Linear(2, 2).save(At("model.dat"));
        var file = File.ReadAllBytes(At("model.dat"));
        var target = Linear(2, 2);
        for (var k = 0; k < file.Length; k++)
        {
            var damaged = (byte[])file.Clone();
            damaged[k] ^= 0xFF;
            var error = Record.Exception(() => target.load(new MemoryStream(damaged)));
            Assert.True(error is null or ArgumentException or IOException or InvalidDataException, $"Byte {k}: {error}");
        }
    }

    [Fact]
    public void A_failed_save_leaves_the_file_that_was_there()
    {
        using var scope = NewDisposeScope();
        var layer = Linear(2, 2);
        layer.save(At("model.dat"));
        var before = File.ReadAllBytes(At("model.dat"));
        layer.weight.Dispose();
        Assert.ThrowsAny<Exception>(() => torch.save(layer.weight, At("model.dat")));
        Assert.Equal(before, File.ReadAllBytes(At("model.dat")));
        Assert.Single(Directory.GetFiles(_folder));
    }
#endif
}
