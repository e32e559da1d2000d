using SegLstm.Checkpoints;
using SegLstm.Tests.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Checkpoints;

/// <summary>Checkpoints that other projects test their readers with.</summary>
public class SharedCheckpointTests
{
    [Fact]
    public void Every_file_that_torch_wrote_is_read()
    {
        string[] files =
        [
            .. SharedSamples.Files("ckpt_burn", "*.pt"), .. SharedSamples.Files("ckpt_candle", "*.pt"),
            .. SharedSamples.Files("ckpt_pybridge", "*.pth"),
            .. SharedSamples.Files("ckpt_pybridge", "*.bin"), .. SharedSamples.Files("ckpt_picklescan", "*.bin"),
        ];
        foreach (var file in files)
        {
            using var scope = NewDisposeScope();
            var tensors = Checkpoint.Load(file);
            Assert.True(tensors.Count > 0, file);
        }
    }

    [Fact]
    public void The_same_weights_in_both_formats_load_equal()
    {
        var folder = SharedSamples.Folder("ckpt_pybridge");
        var left = Checkpoint.Load(Path.Combine(folder, "tensors.pth"));
        var right = Checkpoint.Load(Path.Combine(folder, "tensors.safetensors"));
        Assert.Equal(right.Keys.Order(StringComparer.Ordinal), left.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, tensor) in right)
        {
            Assert.Equal(tensor.dtype, left[name].dtype);
            Assert.Equal(tensor.shape, left[name].shape);
            Assert.Equal(tensor.bytes.ToArray(), left[name].contiguous().bytes.ToArray());
        }
    }

    /// <summary>The two files are of two trainings of one network (3752 and 7504 steps): alike in all but the numbers.</summary>
    [Fact]
    public void A_trained_network_has_the_names_types_and_shapes_of_its_sister()
    {
        var folder = SharedSamples.Folder("ckpt_burn");
        using var left = Checkpoint.Open(Path.Combine(folder, "mnist.pt"));
        using var right = Checkpoint.Open(Path.Combine(folder, "mnist.safetensors"));
        Assert.Equal(right.Tensors.Select(tensor => $"{tensor}").Order(StringComparer.Ordinal),
            left.Tensors.Select(tensor => $"{tensor}").Order(StringComparer.Ordinal));
        Assert.Equal(3752, left.Load("norm1.num_batches_tracked").item<long>());
        Assert.Equal(0.1623, left.Load("conv1.weight").flatten()[0].item<float>(), 4);
        Assert.Equal(90.1556, left.Load("norm2.running_var")[2].item<float>(), 4);
    }

    [Fact]
    public void Names_of_nested_dictionaries_are_joined()
    {
        var tensors = Checkpoint.Load(Path.Combine(SharedSamples.Folder("ckpt_burn"), "nested_dict.pt"));
        Assert.Contains("layer1.weight", tensors.Keys);
    }

    [Fact]
    public void Legacy_storages_follow_one_another()
    {
        var tensors = Checkpoint.Load(Path.Combine(SharedSamples.Folder("ckpt_burn"), "legacy_with_offsets.pt"));
        Assert.Equal([1f, 1.01f, 1.02f], tensors["tensor1"].data<float>().ToArray()[..3]);
        Assert.Equal([2f, 2.1f, 2.2f, 2.3f, 2.4f], tensors["tensor2"].data<float>().ToArray());
        Assert.Equal(3.4f, tensors["tensor3"].data<float>().ToArray()[4]);
    }

    [Theory]
    [InlineData("malicious1.zip", "'builtins.eval'")]
    [InlineData("malicious1_crc.zip", "'builtins.eval'")]
    [InlineData("malicious1_v0.pkl", "'__builtin__.eval'")]
    public void A_hostile_file_is_refused_by_the_name_of_what_it_asks_for(string file, string name)
    {
        var refusal = Assert.Throws<CheckpointException>(() =>
            Checkpoint.Load(Path.Combine(SharedSamples.Folder("ckpt_picklescan"), file)));
        Assert.Equal(CheckpointError.ForbiddenGlobal, refusal.Error);
        Assert.Contains(name, refusal.Message);
    }

    [Theory]
    [InlineData("ckpt_picklescan", "bad_pytorch.pt", "PNG")]
    [InlineData("ckpt_picklescan", "benign0_v0.pkl", "unknown kind")]
    [InlineData("ckpt_picklescan", "benign0_v3.pkl", "['a', 'b', 'c']")]
    [InlineData("ckpt_picklescan", "benign0_v4.pkl", "['a', 'b', 'c']")]
    [InlineData("ckpt_picklescan", "int_array.npy", "NumPy")]
    [InlineData("ckpt_picklescan", "object_array.npy", "NumPy")]
    [InlineData("ckpt_picklescan", "int_arrays_compressed.npz", "a.npy")]
    [InlineData("ckpt_burn", "tar_float32.tar", "tar")]
    public void A_file_of_another_kind_is_called_so(string collection, string file, string told)
    {
        var refusal = Assert.Throws<CheckpointException>(() =>
            Checkpoint.Load(Path.Combine(SharedSamples.Folder(collection), file)));
        Assert.Equal(CheckpointError.NotACheckpoint, refusal.Error);
        Assert.Contains(told, refusal.Message);
    }
}
