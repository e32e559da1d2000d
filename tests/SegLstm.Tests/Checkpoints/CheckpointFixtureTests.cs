using SegLstm.Checkpoints;
using SegLstm.Checkpoints.Pickle;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Checkpoints;

/// <summary>What torch 1.13.1 wrote is read to the last bit, in the zip format and in the older one.</summary>
public class CheckpointFixtureTests
{
    [Fact]
    public void Integers_of_every_size_are_read()
    {
        var tensors = Checkpoint.Load(Fixture.Path("integers.pth"));
        (string, ScalarType)[] types =
        [
            ("uint8", ScalarType.Byte), ("int8", ScalarType.Int8), ("int16", ScalarType.Int16), ("int32", ScalarType.Int32),
            ("int64", ScalarType.Int64),
        ];
        Assert.Equal(types.Select(type => type.Item1), tensors.Keys);
        foreach (var (name, type) in types)
        {
            Assert.Equal(type, tensors[name].dtype);
            Assert.Equal([0, 1, 2, 100], tensors[name].to_type(ScalarType.Int64).data<long>().ToArray());
        }
    }

    [Theory]
    [InlineData("floats.pth")]
    [InlineData("floats_legacy.pth")]
    public void Floats_of_every_size_are_read(string file)
    {
        var tensors = Checkpoint.Load(Fixture.Path(file));
        (string, ScalarType)[] types =
        [
            ("float16", ScalarType.Float16), ("bfloat16", ScalarType.BFloat16), ("float32", ScalarType.Float32),
            ("float64", ScalarType.Float64),
        ];
        foreach (var (name, type) in types)
        {
            Assert.Equal(type, tensors[name].dtype);
            Assert.Equal([-1.5, 0, double.PositiveInfinity, 3.140625],
                tensors[name].to_type(ScalarType.Float64).data<double>().ToArray());
        }
    }

    [Theory]
    [InlineData("others.pth")]
    [InlineData("others_legacy.pth")]
    public void Complex_numbers_and_booleans_are_read(string file)
    {
        var tensors = Checkpoint.Load(Fixture.Path(file));
        Assert.Equal([(1f, 2f), (0f, -3f)],
            tensors["complex64"].data<(float, float)>().ToArray().Select(z => (z.Item1, z.Item2)));
        Assert.Equal([new(1, 2), new(0, -3)], tensors["complex128"].data<System.Numerics.Complex>().ToArray());
        Assert.Equal([true, false, true], tensors["bool"].data<bool>().ToArray());
    }

    [Theory]
    [InlineData("views.pth")]
    [InlineData("views_legacy.pth")]
    public void Strided_expanded_empty_and_scalar_views_are_what_torch_saw(string file)
    {
        var tensors = Checkpoint.Load(Fixture.Path(file));
        float[] Values(string name) => tensors[name].contiguous().data<float>().ToArray();

        Assert.Equal([4, 6], tensors["whole"].shape);
        Assert.Equal([6, 4], tensors["transposed"].shape);
        Assert.Equal([0f, 6, 12, 18, 1, 7], Values("transposed")[..6]);
        Assert.Equal([8f, 14, 20], Values("column"));
        Assert.Equal([3f, 8, 13, 18, 23], Values("step"));
        Assert.Empty(tensors["scalar"].shape);
        Assert.Equal(7f, tensors["scalar"].item<float>());
        Assert.Equal([0f, 0, 0, 1, 1, 1], Values("expanded"));
        Assert.Equal([0, 3], tensors["none"].shape);
        Assert.Equal(Values("tied"), Values("parameter"));
    }

    [Theory]
    [InlineData("views.pth")]
    [InlineData("views_legacy.pth")]
    public void Tensors_on_one_storage_stay_one_memory(string file)
    {
        var tensors = Checkpoint.Load(Fixture.Path(file));
        tensors["whole"].fill_(9);
        Assert.Equal([9f, 9, 9], tensors["column"].contiguous().data<float>().ToArray());
        tensors["tied"][0, 1] = 5;
        Assert.Equal(5f, tensors["tied_too"][0, 1].item<float>());
        Assert.Equal(1f, tensors["parameter"][0, 1].item<float>());
    }

    [Theory]
    [InlineData("views.pth")]
    [InlineData("views_legacy.pth")]
    public void Tensors_are_read_one_by_one_in_scopes_of_their_own(string file)
    {
        using var checkpoint = Checkpoint.Open(Fixture.Path(file));
        foreach (var tensor in checkpoint.Tensors)
        {
            using var scope = NewDisposeScope();
            using var loaded = checkpoint.Load(tensor.Name);
            Assert.Equal(tensor.Shape, loaded.shape);
            Assert.Equal(tensor.Elements == 0, double.IsNaN(TensorStatistics.Of(loaded).Mean));
        }

        Assert.Contains("whole", Assert.Throws<CheckpointException>(() => checkpoint.Load("nothing")).Message);
    }

    [Theory]
    [InlineData("training_protocol2.pth")]
    [InlineData("training_protocol5.pth")]
    [InlineData("training_legacy.pth")]
    public void A_training_checkpoint_gives_its_state_dict_and_keeps_the_rest_as_a_tree(string file)
    {
        using var checkpoint = Checkpoint.Open(Fixture.Path(file));
        Assert.Equal(["state_dict"], checkpoint.StateDictPath);
        Assert.Equal(["fc.weight", "fc.bias", "bn.running_mean", "bn.running_var", "bn.num_batches_tracked"],
            checkpoint.Tensors.Select(tensor => tensor.Name));
        using var weight = checkpoint.Load("fc.weight");
        Assert.Equal([1f, 2, 3, 4], weight.data<float>().ToArray());

        var tree = checkpoint.Tree!;
        Assert.Equal(12, ((PickleValue.Integer)tree["epoch"]!).Value);
        Assert.Equal(0.75, ((PickleValue.Float)tree["best"]!).Value);
        Assert.Equal(300, ((PickleValue.Integer)tree["step"]!).Value);
        Assert.Equal(System.Numerics.BigInteger.Pow(2, 70), ((PickleValue.Integer)tree["big"]!).Value);
        Assert.Equal("[1, 2.5, None, True]", tree["schedule"]!.ToString());
        Assert.Equal("dictionary of 2: 30, 60", tree["milestones"]!.ToString());
        Assert.Equal("(2, 3)", tree["size"]!.ToString());
        Assert.Equal("torch.bfloat16", tree["dtype"]!.ToString());
        Assert.Equal("'cpu'", tree["device"]!.ToString());
        Assert.Equal("é\n", ((PickleValue.Text)tree["note"]!).Value);
        Assert.Equal([0x00, 0xFF], ((PickleValue.Bytes)tree["raw"]!).Value);
        Assert.Equal("(0.9, 0.999)", tree["args"]!["betas"]!.ToString());
        Assert.Equal("[1]", tree["set"]!.ToString());
        var group = (PickleValue.List)tree["optimizer"]!["param_groups"]!;
        Assert.Equal("0.1", group.Values[0]["lr"]!.ToString());
        Assert.Null(tree["nothing"]);
    }

    [Theory]
    [InlineData("system", "posix.system")]
    [InlineData("eval", "__builtin__.eval")]
    [InlineData("getattr", "__builtin__.getattr")]
    [InlineData("bytes", "torch.serialization.load")]
    public void A_planted_call_is_refused_by_its_name_and_does_nothing(string payload, string name)
    {
        foreach (var file in new[] { $"hostile_{payload}.pth", $"hostile_{payload}_legacy.pth" })
        {
            var refusal = Assert.Throws<CheckpointException>(() => Checkpoint.Load(Fixture.Path(file)));
            Assert.Equal(CheckpointError.ForbiddenGlobal, refusal.Error);
            Assert.Contains($"'{name}'", refusal.Message);
            Assert.Contains(file, refusal.Message);
        }

        Assert.False(File.Exists("planted"));
        Assert.False(File.Exists(Fixture.Path("planted")));
    }
}
