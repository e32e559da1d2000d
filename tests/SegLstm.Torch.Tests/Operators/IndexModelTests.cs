using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Torch.Operators;

/// <summary>Random mixes of indices, read and written, against a plain array that is walked element by element.</summary>
public class IndexModelTests
{
    private const int Trials = 300;

    [Fact]
    public void Any_mix_of_positions_slices_new_axes_and_ellipsis_reads_what_an_array_holds()
    {
        for (int seed = 0; seed < Trials; seed++)
        {
            using DisposeScope scope = NewDisposeScope();
            var random = new Random(seed);
            (long[] shape, Tensor t) = RandomTensor(random);
            (TensorIndex[] indices, long[] expectedShape, List<long> expected) = RandomIndices(random, shape);
            Tensor part = t[indices];
            Assert.True(expectedShape.SequenceEqual(part.shape), $"seed {seed}: shape [{string.Join(", ", part.shape)}], expected [{string.Join(", ", expectedShape)}]");
            Assert.Equal(expected, part.contiguous().data<long>().ToArray());
        }
    }

    [Fact]
    public void Any_mix_of_indices_writes_exactly_the_elements_that_it_reads()
    {
        for (int seed = 0; seed < Trials; seed++)
        {
            using DisposeScope scope = NewDisposeScope();
            var random = new Random(seed);
            (long[] shape, Tensor t) = RandomTensor(random);
            (TensorIndex[] indices, _, List<long> chosen) = RandomIndices(random, shape);
            long[] model = t.data<long>().ToArray();
            foreach (long place in chosen) model[place] = -1;
            t[indices] = tensor(-1L);
            Assert.Equal(model, t.data<long>().ToArray());
        }
    }

    [Fact]
    public void A_mask_reads_its_true_elements_in_order()
    {
        for (int seed = 0; seed < Trials; seed++)
        {
            using DisposeScope scope = NewDisposeScope();
            var random = new Random(seed);
            (long[] shape, Tensor t) = RandomTensor(random);
            bool[] mask = [.. Enumerable.Range(0, (int)t.numel()).Select(_ => random.Next(2) == 1)];
            Tensor part = t[tensor(mask).reshape(shape)];
            Assert.Equal(t.data<long>().ToArray().Where((_, k) => mask[k]), part.data<long>().ToArray());
        }
    }

    [Fact]
    public void Positions_of_several_dimensions_are_broadcast_and_gathered()
    {
        for (int seed = 0; seed < Trials; seed++)
        {
            using DisposeScope scope = NewDisposeScope();
            var random = new Random(seed);
            long rows = random.Next(1, 5), columns = random.Next(1, 5), many = random.Next(1, 6);
            Tensor t = arange(rows * columns).reshape(rows, columns);
            long[] row = [.. Enumerable.Range(0, (int)many).Select(_ => random.NextInt64(-rows, rows))], column = [random.NextInt64(-columns, columns)];
            Tensor part = t[tensor(row), tensor(column)];
            Assert.Equal(row.Select(r => ((r + rows) % rows * columns) + ((column[0] + columns) % columns)), part.data<long>().ToArray());
        }
    }

    private static (long[] Shape, Tensor Tensor) RandomTensor(Random random)
    {
        long[] shape = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => (long)random.Next(1, 5))];
        return (shape, arange(shape.Aggregate(1L, (product, size) => product * size)).reshape(shape));
    }

    // Draws indices and, beside them, which places of the flat array they stand for.
    private static (TensorIndex[] Indices, long[] Shape, List<long> Places) RandomIndices(Random random, long[] shape)
    {
        var indices = new List<TensorIndex>();
        var kept = new List<long>();
        var choices = new List<long[]>(); // for each dimension of the tensor, the positions taken
        int used = random.Next(0, shape.Length + 1), ellipsis = random.Next(0, used + 1);
        for (int k = 0; k <= used; k++)
        {
            if (k == ellipsis)
            {
                if (k < used || random.Next(2) == 0) indices.Add(TensorIndex.Ellipsis);
                for (int rest = 0; rest < shape.Length - used; rest++) Take([.. Positions(0, shape[choices.Count], 1)], keep: true);
            }
            if (k == used) break;
            if (random.Next(5) == 0)
            {
                indices.Add(random.Next(2) == 0 ? TensorIndex.None : TensorIndex.Null);
                kept.Add(1);
            }
            long size = shape[choices.Count];
            if (random.Next(3) == 0)
            {
                long position = random.NextInt64(-size, size);
                indices.Add(position);
                Take([(position + size) % size], keep: false);
            }
            else
            {
                long? start = random.Next(3) == 0 ? null : random.NextInt64(-size - 1, size + 2), stop = random.Next(3) == 0 ? null : random.NextInt64(-size - 1, size + 2);
                long step = random.NextInt64(1, 4);
                indices.Add(TensorIndex.Slice(start, stop, step == 1 ? null : step));
                Take([.. Positions(Clip(start ?? 0, size), Clip(stop ?? size, size), step)], keep: true);
            }
        }
        return ([.. indices], [.. kept], Places(choices, shape));

        void Take(long[] positions, bool keep)
        {
            choices.Add(positions);
            if (keep) kept.Add(positions.Length);
        }
    }

    private static long Clip(long bound, long size) => Math.Clamp(bound < 0 ? bound + size : bound, 0, size);

    private static IEnumerable<long> Positions(long start, long stop, long step)
    {
        for (long k = start; k < stop; k += step) yield return k;
    }

    private static List<long> Places(List<long[]> choices, long[] shape)
    {
        var places = new List<long> { 0 };
        for (int dim = 0; dim < shape.Length; dim++)
            places = [.. places.SelectMany(place => choices[dim].Select(position => (place * shape[dim]) + position))];
        return places;
    }
}
