using SegLstm.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Training;

/// <summary>
/// Where the number of threads shows in the bits. Our kernels sum in an order that no thread count changes. libtorch's do not:
/// the gradients of a layer norm's gains, and oneDNN's convolutions, forward and backward. A whole training run is therefore the
/// same to the bit for one number of threads, not across two, unless our kernels alone have several (KernelThreads).
/// </summary>
public class ThreadCountTests
{
    [Fact]
    public void The_maps_of_a_Seg_LSTM_and_the_gradients_of_our_kernels_have_the_same_bits_with_one_thread_and_with_two()
    {
        manual_seed(1);
        using Segmenter model = Catalog.Create("seglstm_nano", 3, 2, 16);
        model.train();
        RoundPatchEmbedding(model.Backbone);
        int threads = get_num_threads();
        try
        {
            Dictionary<string, byte[]> one = Bits(model.Backbone, 1), two = Bits(model.Backbone, 2);
            string[] differing = [.. one.Where(entry => !entry.Value.AsSpan().SequenceEqual(two[entry.Key]))
                .Select(entry => entry.Key)];
            Assert.True(one.Count > 100, $"{one.Count} tensors");
            Assert.All(differing, name => Assert.True(IsOfLibtorch(name), name));
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    // In some processes oneDNN's convolution of one thread sums in another order than that of two. Sums of such numbers are exact.
    private static void RoundPatchEmbedding(Backbone backbone)
    {
        using var frozen = no_grad();
        foreach ((string name, var parameter) in backbone.named_parameters())
        {
            if (!name.StartsWith("patch_embed.proj.", StringComparison.Ordinal)) continue;
            using Tensor rounded = parameter.mul(64).round().div(64);
            parameter.copy_(rounded);
        }
    }

    private static bool IsOfLibtorch(string name) =>
        name.StartsWith("patch_embed.proj.", StringComparison.Ordinal) || name.EndsWith(".norm.weight", StringComparison.Ordinal);

    private static Dictionary<string, byte[]> Bits(Backbone backbone, int threads)
    {
        set_num_threads(threads);
        using var scope = NewDisposeScope();
        var random = new Generator(2);
        Tensor image = randn([4, 2, 16, 16], generator: random).mul(4).round();
        backbone.zero_grad();
        manual_seed(3);
        Tensor[] maps = backbone.forward(image);
        // Fixed gradients, so that what the head makes of the maps does not matter.
        autograd.backward(maps, [.. maps.Select(map => randn(map.shape, generator: random))]);
        var bits = maps.Select((map, i) => ($"map {i}", map.detach().contiguous().bytes.ToArray())).ToDictionary();
        foreach ((string name, var parameter) in backbone.named_parameters())
        {
            if (parameter.grad is { } gradient) bits[name] = gradient.contiguous().bytes.ToArray();
        }

        return bits;
    }
}
