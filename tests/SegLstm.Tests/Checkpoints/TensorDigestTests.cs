using SegLstm.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Checkpoints;

public class TensorDigestTests
{
    [Fact]
    public void The_digest_depends_on_names_types_shapes_values_and_text_but_not_on_the_order()
    {
        using var scope = NewDisposeScope();
        Tensor a = arange(6, dtype: ScalarType.Float32), b = zeros(2);
        string[] digests =
        [
            TensorDigest.Of(Pairs(("a", a), ("b", b)), "text"), TensorDigest.Of(Pairs(("a", b), ("b", a)), "text"),
            TensorDigest.Of(Pairs(("a", a.view(2, 3)), ("b", b)), "text"), TensorDigest.Of(Pairs(("a", a), ("b", b)), "texts"),
            TensorDigest.Of(Pairs(("a", a), ("b", zeros(2, dtype: ScalarType.Int32))), "text"),
            TensorDigest.Of(Pairs(("a", a)), "text"),
            TensorDigest.Of(Pairs(("a", a), ("b", -b)), "text"),
        ];
        Assert.Equal(digests.Length, digests.Distinct().Count());
        Assert.Equal(digests[0], TensorDigest.Of(Pairs(("b", b), ("a", a)), "text"));
        Tensor turned = a.view(3, 2).t();
        Assert.Equal(TensorDigest.Of(Pairs(("a", turned.contiguous())), ""), TensorDigest.Of(Pairs(("a", turned)), ""));
    }

    private static IEnumerable<KeyValuePair<string, Tensor>> Pairs(params (string, Tensor)[] tensors) =>
        tensors.Select(entry => KeyValuePair.Create(entry.Item1, entry.Item2));
}
