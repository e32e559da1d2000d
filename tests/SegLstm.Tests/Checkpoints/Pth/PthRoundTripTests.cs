using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using SegLstm.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Checkpoints.Pth;

public class PthRoundTripTests
{
    private static readonly ScalarType[] Types = Enum.GetValues<ScalarType>();

    [Fact]
    public void Whatever_is_saved_is_loaded_bit_by_bit()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.pth");
        var one = from name in Gen.Elements("w", "layer.0.weight", "größe", "a/b c", "quo\"te\\", "汉字", "😀", "")
                  from suffix in Gen.Choose(0, 999)
                  from type in Gen.Elements(Types)
                  from shape in Gen.ArrayOf(Gen.Choose(0, 5)).Resize(5)
                  from seed in Gen.Choose(0, int.MaxValue)
                  select (Name: name + suffix, Type: type, Shape: shape.Select(size => (long)size).ToArray(), Seed: seed);
        Prop.ForAll(one.ListOf().Select(list => list.DistinctBy(item => item.Name).ToList()).ToArbitrary(), items =>
        {
            using var scope = NewDisposeScope();
            var tensors = items.ToDictionary(item => item.Name, item => RandomBits(item.Type, item.Shape, item.Seed));
            Checkpoint.Save(path, tensors);
            var loaded = Checkpoint.Load(path);
            Assert.Equal(tensors.Keys, loaded.Keys);
            foreach (var (name, tensor) in tensors)
            {
                Assert.Equal(tensor.dtype, loaded[name].dtype);
                Assert.Equal(tensor.shape, loaded[name].shape);
                Assert.True(tensor.numel() == 0 || tensor.bytes.SequenceEqual(loaded[name].bytes), name);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Shared_memory_is_written_once_and_shared_again()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var all = arange(100_000, dtype: ScalarType.Float32).view(100, 1000);
        Dictionary<string, Tensor> tensors = new()
        {
            ["b"] = all[20..80].t(), ["a"] = all[10..50], ["apart"] = all[90..], ["other"] = ones(3),
        };
        Checkpoint.Save(folder.File("a.pth"), tensors);
        Assert.InRange(new FileInfo(folder.File("a.pth")).Length, 4 * 80_000, (4 * 80_000) + 4000);
        var loaded = Checkpoint.Load(folder.File("a.pth"));
        foreach (var (name, tensor) in tensors)
        {
            Assert.True(tensor.equal(loaded[name]).all().item<bool>(), name);
        }

        loaded["b"][0, 0] = -1;
        Assert.Equal(-1f, loaded["a"][10, 0].item<float>());
    }

    [Fact]
    public void A_part_of_a_large_tensor_is_written_without_the_rest()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var all = rand(1000, 1000);
        Checkpoint.Save(folder.File("a.pth"), [new("column", all[.., 7])]);
        Assert.InRange(new FileInfo(folder.File("a.pth")).Length, 4000, 5000);
        Assert.Equal(all[.., 7].contiguous().bytes.ToArray(), Checkpoint.Load(folder.File("a.pth"))["column"].bytes.ToArray());
    }

    [Fact]
    public void An_expanded_tensor_stays_small()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        Checkpoint.Save(folder.File("a.pth"), [new("mask", ones(2, 1).expand(2, 500))]);
        Assert.InRange(new FileInfo(folder.File("a.pth")).Length, 1, 1500);
        Assert.Equal([2, 500], Checkpoint.Load(folder.File("a.pth"))["mask"].shape);
    }

    [Fact]
    public void Equal_contents_give_equal_bytes()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        foreach (var name in new[] { "1.pth", "2.pth" })
        {
            var shared = arange(10);
            Checkpoint.Save(folder.File(name),
                [new("z", ones(3)), new("b", shared[1..5]), new("a", zeros(2, 2)), new("c", shared[2..])]);
        }

        Assert.Equal(File.ReadAllBytes(folder.File("1.pth")), File.ReadAllBytes(folder.File("2.pth")));
    }

    [Fact]
    public void What_cannot_be_written_is_refused_and_nothing_is_left()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        Assert.Equal(CheckpointError.DuplicateName, Refusal([new("a", ones(1)), new("a", ones(1))]));
        Assert.Equal(CheckpointError.InvalidName, Refusal([new("\ud800", ones(1))]));
        Assert.Contains(".pth", Assert.Throws<ArgumentException>(() => Checkpoint.Save(folder.File("a.onnx"), [])).Message);
        Assert.Empty(Directory.GetFiles(folder.Path));

        CheckpointError Refusal(KeyValuePair<string, Tensor>[] tensors) =>
            Assert.Throws<CheckpointException>(() => Checkpoint.Save(folder.File("a.pth"), tensors)).Error;
    }

    [Fact]
    public void Python_s_torch_reads_what_is_written_also_with_weights_only()
    {
        const string Python = "/usr/bin/python3";
        Assert.SkipUnless(File.Exists(Python) && Run(Python, "-c", "import torch").ExitCode == 0,
            "python3-torch is not installed");
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var shared = arange(6, dtype: ScalarType.Float32);
        Checkpoint.Save(folder.File("a.pth"),
        [
            new("matrix", shared.view(2, 3)), new("turned", shared.view(2, 3).t()),
            new("half", tensor(1.5f).to_type(ScalarType.BFloat16)),
            new("none", empty(0, 300, dtype: ScalarType.Int64)), new("größe", tensor(new[] { true, false })),
            new("large", zeros(300, 70_000, dtype: ScalarType.Byte)),
        ]);
        const string Program = """
            import sys, torch
            for options in ({}, {"weights_only": True}):
                read = torch.load(sys.argv[1], **options)
                assert list(read) == ["matrix", "turned", "half", "none", "größe", "large"], list(read)
                assert read["matrix"].tolist() == [[0, 1, 2], [3, 4, 5]]
                assert read["turned"].tolist() == [[0, 3], [1, 4], [2, 5]] and read["turned"].stride() == (1, 3)
                assert read["matrix"].data_ptr() == read["turned"].data_ptr()
                assert read["half"].dtype == torch.bfloat16 and read["half"].item() == 1.5
                assert read["none"].shape == (0, 300) and read["none"].dtype == torch.int64
                assert read["größe"].tolist() == [True, False]
                assert read["large"].shape == (300, 70000) and read["large"].sum() == 0
            """;
        var (exitCode, error) = Run(Python, "-c", Program, folder.File("a.pth"));
        Assert.True(exitCode == 0, error);
    }

    private static (int ExitCode, string Error) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }

    private static Tensor RandomBits(ScalarType type, long[] shape, int seed)
    {
        var tensor = empty(shape, dtype: type);
        if (tensor.numel() > 0)
        {
            var bits = new byte[tensor.numel() * tensor.element_size()];
            new Random(seed).NextBytes(bits);
            (type == ScalarType.Bool ? [.. bits.Select(bit => (byte)(bit & 1))] : bits).CopyTo(tensor.bytes);
        }

        return tensor;
    }
}
