using System.Diagnostics;
using System.Text;
using SegLstm.Checkpoints;
using SegLstm.Checkpoints.Pth;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Checkpoints.Pth;

/// <summary>A file takes memory by its size, whatever it says, and a damaged one never more than an error.</summary>
public class PthLimitsTests
{
    private const long MostBeyondSize = 64L << 20;

    [Theory]
    [InlineData("marks", "(")]
    [InlineData("lists", "]")]
    [InlineData("dictionaries", "}")]
    [InlineData("memo", "\u0094")]
    [InlineData("numbers", "K\u0001")]
    [InlineData("floats", "G\0\0\0\0\0\0\0\0")]
    [InlineData("texts", "X\u0001\0\0\0a")]
    [InlineData("popped", "]0")]
    [InlineData("doubled", "2")]
    [InlineData("tuples", "\u0085")]
    [InlineData("pairs", "}NNs")]
    [InlineData("ordered", "h\0)R")]
    [InlineData("tensors", "h\u0001(h\u0002K\0))\u0089NtR")]
    public void However_a_pickle_asks_for_memory_it_gets_a_bounded_amount(string what, string repeated)
    {
        // What the repeated part needs comes first; then 8 MB of the part.
        var start = new StringBuilder("\u0080\u0004ccollections\nOrderedDict\nq\0ctorch._utils\n_rebuild_tensor_v2\nq\u0001");
        start.Append($"({PthBytes.Text("storage")}ctorch\nFloatStorage\n{PthBytes.Text("0")}{PthBytes.Text("cpu")}")
            .Append("K\u0004tQq\u0002]");
        var pickle = new StringBuilder(start.ToString());
        for (var i = 0; i < (8 << 20) / repeated.Length; i++)
        {
            pickle.Append(repeated);
        }

        var file = PthBytes.Zip(pickle.Append('.').ToString(), ("0", PthBytes.Floats(1, 2, 3, 4)));
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("a.pth"), file);
        GC.Collect();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        var refusal = Assert.Throws<CheckpointException>(() => Checkpoint.Load(folder.File("a.pth")));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < file.Length + MostBeyondSize,
            $"{what}: {GC.GetAllocatedBytesForCurrentThread() - before}");
        Assert.True(refusal.Error is CheckpointError.TooMuchMemory or CheckpointError.BrokenPickle, refusal.Message);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed}");
    }

    [Fact]
    public void A_directory_of_very_many_parts_is_bounded_too()
    {
        var parts = Enumerable.Range(0, 60_000).Select(i => ($"a/{i}", Array.Empty<byte>())).ToArray();
        var file = PthBytes.Archive(parts);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("a.pth"), file);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<CheckpointException>(() => Checkpoint.Load(folder.File("a.pth")));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, file.Length + MostBeyondSize);
    }

    [Fact]
    public void Fifteen_thousand_tensors_are_not_too_many()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var one = ones(1);
        Checkpoint.Save(folder.File("a.pth"),
            Enumerable.Range(0, 15_000).Select(i => new KeyValuePair<string, Tensor>($"layers.{i}.attention.weight", one)));
        Assert.Equal(15_000, Checkpoint.Load(folder.File("a.pth")).Count);
        Checkpoint.Save(folder.File("a.pth"),
            Enumerable.Range(0, 15_000).Select(i => new KeyValuePair<string, Tensor>($"layers.{i}.attention.weight", ones(1))));
        Assert.Equal(15_000, Checkpoint.Load(folder.File("a.pth")).Count);
    }

    [Theory]
    [InlineData("views.pth")]
    [InlineData("views_legacy.pth")]
    [InlineData("training_protocol5.pth")]
    public void A_file_cut_off_at_any_byte_is_refused(string name)
    {
        var whole = Fixture.Bytes(name);
        using var folder = new TemporaryFolder();
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(folder.File("a.pth"), whole[..length]);
            Assert.Throws<CheckpointException>(() => Checkpoint.Load(folder.File("a.pth")));
        }
    }

    [Theory]
    [InlineData("views.pth")]
    [InlineData("others_legacy.pth")]
    [InlineData("training_protocol2.pth")]
    public void Any_bit_may_be_wrong(string name)
    {
        var whole = Fixture.Bytes(name);
        using var folder = new TemporaryFolder();
        var refused = 0;
        for (var bit = 0; bit < 8 * whole.Length; bit += 7)
        {
            whole[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(folder.File("a.pth"), whole);
            whole[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                foreach (var tensor in Checkpoint.Load(folder.File("a.pth")).Values)
                {
                    tensor.Dispose();
                }
            }
            catch (CheckpointException)
            {
                refused++;
            }
        }

        Assert.True(refused > whole.Length / 2, $"only {refused} were refused");
    }

    /// <summary>zip64 is for parts and places beyond 4 GiB; a sparse file has them without taking so much disk.</summary>
    [Fact]
    public void Parts_beyond_four_gigabytes_are_found()
    {
        const long Far = (1L << 32) + 1000;
        var pickle = Encoding.Latin1.GetBytes(PthBytes.OneTensor());
        var bytes = PthBytes.Floats(1, 2, 3, 4);
        using var folder = new TemporaryFolder();
        using (var stream = File.Create(folder.File("a.pth")))
        {
            var zip = new ZipWriter(stream);
            zip.Add("a/data.pkl", pickle);
            zip.Add("a/hole", Far, 0, target => target.Seek(Far, SeekOrigin.Current));
            zip.Add("a/data/0", bytes);
            zip.Finish();
        }

        var tensor = Checkpoint.Load(folder.File("a.pth"))["w"];
        Assert.Equal([1f, 2, 3, 4], tensor.data<float>().ToArray());
    }

    [Fact]
    public void The_checksum_is_the_one_of_zip()
    {
        Assert.Equal(0xCBF43926u, Crc32.Append(0, "123456789"u8));
        var random = new Random(3);
        var bytes = new byte[1000];
        random.NextBytes(bytes);
        for (var cut = 0; cut < 20; cut++)
        {
            Assert.Equal(Crc32.Append(0, bytes), Crc32.Append(Crc32.Append(0, bytes.AsSpan(0, cut)), bytes.AsSpan(cut)));
        }
    }
}
