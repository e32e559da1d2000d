using System.Diagnostics;
using SegLstm.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Checkpoints;

public class SafeTensorsFileTests
{
    [Fact]
    public void Opening_a_sparse_gigabyte_takes_at_most_20_ms_and_no_memory()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("large.safetensors");
        const long Count = 1L << 28;
        using (var stream = File.Create(path))
        {
            stream.Write(SafeTensorsBytes.OneTensor($"\"dtype\":\"F32\",\"shape\":[{Count}],\"data_offsets\":[0,{4 * Count}]"));
            stream.SetLength(stream.Length + (4 * Count));
        }

        SafeTensors.Open(path).Dispose();
        var best = Enumerable.Range(0, 5).Min(_ =>
        {
            var watch = Stopwatch.StartNew();
            using var file = SafeTensors.Open(path);
            Assert.Equal(4 * Count, file.Info("t").ByteCount);
            return watch.Elapsed;
        });
        Assert.True(best < TimeSpan.FromMilliseconds(20), $"{best.TotalMilliseconds:F1} ms");
    }

    [Theory]
    [InlineData("U16", 2)]
    [InlineData("U32", 4)]
    [InlineData("U64", 8)]
    [InlineData("F8_E4M3", 1)]
    [InlineData("F8_E5M2", 1)]
    [InlineData("F8_E8M0", 1)]
    public void A_dtype_that_libtorch_lacks_is_listed_and_refused_on_load_only(string dtype, int size)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.safetensors");
        File.WriteAllBytes(path, SafeTensorsBytes.OneTensor($"\"dtype\":\"{dtype}\",\"shape\":[1],\"data_offsets\":[0,{size}]", size));
        using var file = SafeTensors.Open(path);
        Assert.Equal(["t"], file.Names);
        var refusal = Assert.Throws<SafeTensorsException>(() => file.Load("t"));
        Assert.Equal(SafeTensorsError.UnsupportedDType, refusal.Error);
        Assert.Contains(dtype, refusal.Message);
    }

    [Fact]
    public void A_tensor_that_is_not_there_is_refused_with_the_names_that_are()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.safetensors");
        File.WriteAllBytes(path, SafeTensorsBytes.OneTensor("\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]"));
        using var file = SafeTensors.Open(path);
        Assert.False(file.Contains("weight"));
        var refusal = Assert.Throws<SafeTensorsException>(() => file.Load("weight"));
        Assert.Equal(SafeTensorsError.TensorNotFound, refusal.Error);
        Assert.EndsWith("has no tensor 'weight'; it has 1: t.", refusal.Message);
    }

    [Fact]
    public void A_boolean_other_than_0_and_1_is_refused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.safetensors");
        var bytes = SafeTensorsBytes.OneTensor("\"dtype\":\"BOOL\",\"shape\":[3],\"data_offsets\":[0,3]", 3);
        bytes[^1] = 2;
        File.WriteAllBytes(path, bytes);
        using var file = SafeTensors.Open(path);
        Assert.Equal(SafeTensorsError.InvalidBoolean, Assert.Throws<SafeTensorsException>(() => file.Load("t")).Error);
    }

    [Fact]
    public void A_file_that_is_cut_off_while_it_is_open_is_refused_not_read()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.safetensors");
        File.WriteAllBytes(path, SafeTensorsBytes.OneTensor("\"dtype\":\"U8\",\"shape\":[100000],\"data_offsets\":[0,100000]", 100_000));
        using var file = SafeTensors.Open(path);
        Process.Start("truncate", ["-s", "200", path]).WaitForExit();
        Assert.Equal(SafeTensorsError.FileChanged, Assert.Throws<SafeTensorsException>(() => file.Load("t")).Error);
    }

    [Fact]
    public void A_closed_file_says_so()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.safetensors");
        File.WriteAllBytes(path, SafeTensorsBytes.OneTensor("\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]", 1));
        var file = SafeTensors.Open(path);
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => file.Load("t"));
    }

    [Fact]
    public void Loaded_tensors_outlive_the_file()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.safetensors");
        SafeTensors.Save(path, [new("t", arange(6, dtype: ScalarType.Int32).view(2, 3))]);
        Tensor tensor;
        using (var file = SafeTensors.Open(path))
        {
            tensor = file.Load("t");
        }

        File.Delete(path);
        Assert.Equal([0, 1, 2, 3, 4, 5], tensor.data<int>().ToArray());
    }

    [Fact]
    public void A_mapped_file_that_is_saved_over_keeps_its_contents_for_its_readers()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.safetensors");
        SafeTensors.Save(path, [new("t", full(100_000, 1f))]);
        using var old = SafeTensors.Open(path);
        SafeTensors.Save(path, [new("t", zeros(2))]);
        Assert.Equal(100_000f, old.Load("t").sum().item<float>());
        Assert.Equal(2, SafeTensors.Load(path)["t"].numel());
    }

    [Fact]
    public void A_file_can_be_loaded_changed_and_saved_over_itself()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.safetensors");
        SafeTensors.Save(path, [new("t", ones(50_000))]);
        using (var file = SafeTensors.Open(path))
        {
            SafeTensors.Save(path, file.Names.Select(name => KeyValuePair.Create(name, file.Load(name) + 1)));
        }

        Assert.Equal(100_000f, SafeTensors.Load(path)["t"].sum().item<float>());
    }
}
