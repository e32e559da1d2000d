using SegLstm.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models;

public sealed class OutlineTests
{
    public static TheoryData<string> Entries => [.. Catalog.List().Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Entries))]
    public void An_outline_has_the_names_and_shapes_of_the_model_and_no_numbers(string name)
    {
        using var scope = NewDisposeScope();
        var entry = Catalog.Find(name);
        using var model = entry.CreateTiny();
        using var outline = Outline.Of(entry.CreateTiny);
        Assert.Equal(Shapes(model), Shapes(outline));
        Assert.All(outline.parameters(), parameter => Assert.True(parameter.is_meta));
        Assert.Equal(Complexity.Of(model, 64, 64), Complexity.Of(outline, 64, 64));
        using var full = Outline.Of(() => entry.Create(7, 3, entry.ImageSize));
        Assert.All(full.parameters(), parameter => Assert.True(parameter.is_meta));

        static IEnumerable<string> Shapes(Segmenter segmenter) =>
            segmenter.state_dict().Select(entry => $"{entry.Key} [{string.Join(", ", entry.Value.shape)}]").Order();
    }

    [Fact]
    public void Tensors_made_afterwards_have_numbers_even_if_the_model_could_not_be_made()
    {
        Assert.Throws<ArgumentException>(() => Outline.Of(() => Catalog.Create("vil_tiny", 0, 3, 64)));
        using var x = ones([2]);
        Assert.Equal(2, x.sum().item<float>());
    }

    [Fact]
    public void Tensors_that_another_thread_makes_meanwhile_have_numbers()
    {
        bool? isMeta = null;
        using var outline = Outline.Of(() =>
        {
            var other = new Thread(() =>
            {
                using var x = ones([2]);
                isMeta = x.is_meta;
            });
            other.Start();
            other.Join();
            return nn.Linear(2, 2);
        });
        Assert.False(isMeta);
        Assert.All(outline.parameters(), parameter => Assert.True(parameter.is_meta));
    }
}
