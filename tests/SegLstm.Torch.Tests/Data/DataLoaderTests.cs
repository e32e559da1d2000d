using SegLstm.Tests.Torch.Door;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.utils.data;

namespace SegLstm.Tests.Torch.Data;

[Collection(nameof(DefaultGenerator))]
public class DataLoaderTests
{
    private sealed class Numbers(long count) : Dataset
    {
        public List<Tensor> Made { get; } = [];

        public bool Disposed { get; private set; }

        public override long Count => count;

        public override Dictionary<string, Tensor> GetTensor(long index)
        {
            if (index < 0) throw new InvalidOperationException("no such number");
            var sample = new Dictionary<string, Tensor> { ["x"] = full(2, (double)index), ["y"] = tensor(index) };
            lock (Made) Made.AddRange(sample.Values);
            return sample;
        }

        protected override void Dispose(bool disposing) => Disposed = true;
    }

    private static List<long[]> Labels(IEnumerable<Dictionary<string, Tensor>> loader) => loader.Select(batch => batch["y"].data<long>().ToArray()).ToList();

    [Fact]
    public void Batches_stack_the_samples_in_order_and_the_last_may_be_short()
    {
        using var loader = DataLoader(new Numbers(7), 3);
        Assert.Equal(3, loader.Count);
        Assert.Equal([[0, 1, 2], [3, 4, 5], [6]], Labels(loader));
        foreach (var batch in loader) Assert.Equal([batch["y"].shape[0], 2], batch["x"].shape);
    }

    [Fact]
    public void The_short_batch_can_be_dropped()
    {
        using var loader = DataLoader(new Numbers(7), 3, drop_last: true);
        Assert.Equal(2, loader.Count);
        Assert.Equal([[0, 1, 2], [3, 4, 5]], Labels(loader));
    }

    [Fact]
    public void Shuffling_visits_every_sample_once_and_a_seed_settles_the_order()
    {
        using var one = DataLoader(new Numbers(50), 8, shuffle: true, seed: 3);
        using var two = DataLoader(new Numbers(50), 8, shuffle: true, seed: 3);
        using var other = DataLoader(new Numbers(50), 8, shuffle: true, seed: 4);
        var order = Labels(one).SelectMany(batch => batch).ToList();
        Assert.Equal(Enumerable.Range(0, 50).Select(k => (long)k), order.Order());
        Assert.Equal(order, Labels(two).SelectMany(batch => batch));
        Assert.NotEqual(order, Labels(other).SelectMany(batch => batch));
        Assert.NotEqual(order.Order(), order);
    }

#if !TORCHSHARP
    [Fact]
    public void Without_a_seed_manual_seed_settles_the_order_and_epochs_differ()
    {
        using var loader = DataLoader(new Numbers(50), 50, shuffle: true);
        manual_seed(1);
        var (first, second) = (Labels(loader)[0], Labels(loader)[0]);
        Assert.NotEqual(first, second);
        manual_seed(1);
        Assert.Equal(first, Labels(loader)[0]);
    }

    [Fact]
    public void What_a_worker_throws_comes_out_as_it_is()
    {
        using var loader = DataLoader(new Numbers(4), 4, new long[] { 0, 1, -1, 2 }, num_worker: 2);
        Assert.Throws<InvalidOperationException>(() => Labels(loader));
    }
#endif

    [Fact]
    public void Several_workers_make_the_same_batches()
    {
        using var loader = DataLoader(new Numbers(20), 6, num_worker: 3);
        Assert.Equal(Enumerable.Range(0, 20).Select(k => (long)k), Labels(loader).SelectMany(batch => batch));
    }

    [Fact]
    public void Samples_are_disposed_at_once_and_a_batch_when_the_next_is_asked_for()
    {
        var numbers = new Numbers(4);
        using var loader = DataLoader(numbers, 2);
        var batches = new List<Tensor>();
        foreach (var batch in loader)
        {
            Assert.All(numbers.Made, tensor => Assert.True(tensor.IsInvalid));
            Assert.All(batches, tensor => Assert.True(tensor.IsInvalid));
            Assert.All(batch.Values, tensor => Assert.False(tensor.IsInvalid));
            batches.AddRange(batch.Values);
        }
        Assert.Equal(4, batches.Count);
        Assert.All(batches, tensor => Assert.True(tensor.IsInvalid));
    }

    [Fact]
    public void Batches_can_be_kept()
    {
        using var loader = DataLoader(new Numbers(4), 2, disposeBatch: false);
        var batches = loader.SelectMany(batch => batch.Values).ToList();
        Assert.All(batches, tensor => Assert.False(tensor.IsInvalid));
        batches.ForEach(tensor => tensor.Dispose());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_loader_disposes_the_data_set_that_it_owns(bool owns)
    {
        var numbers = new Numbers(4);
        DataLoader(numbers, 2, disposeDataset: owns).Dispose();
        Assert.Equal(owns, numbers.Disposed);
    }

    [Fact]
    public void Tensors_are_cut_along_their_first_dimension()
    {
        using var images = rand(5, 2, 2);
        using var labels = arange(0, 5, ScalarType.Int64);
        using var loader = DataLoader(TensorDataset(images, labels), 2);
        var seen = 0L;
        foreach (var batch in loader)
        {
            Assert.True(batch[0].Equals(images.narrow(0, seen, batch[0].shape[0])));
            Assert.Equal(seen, batch[1][0].item<long>());
            seen += batch[0].shape[0];
        }
        Assert.Equal(5, seen);
        loader.Dispose();
        Assert.False(images.IsInvalid);
    }

    [Fact]
    public void Tensors_of_different_lengths_make_no_data_set() => Assert.ThrowsAny<Exception>(() => TensorDataset(zeros(3), zeros(4)));
}
