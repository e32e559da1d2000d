using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Torch.Operators;

public class RandomTests
{
    private static readonly Dictionary<string, Func<Tensor>> Drawn = new()
    {
        ["torch.randn(4)"] = () => randn(4, generator: G),
        ["torch.rand(4)"] = () => rand(4, generator: G),
        ["torch.randint(0, 100, (6,))"] = () => randint(0, 100, [6L], generator: G),
        ["torch.randperm(6)"] = () => randperm(6, generator: G),
        ["torch.randn(20)"] = () => randn([4L, 5L], generator: G).flatten(),
        ["torch.randn(3, dtype=torch.float64)"] = () => randn(3, dtype: ScalarType.Float64, generator: G),
        ["torch.bernoulli(torch.full((8,), 0.5))"] = () => full(8, 0.5f).bernoulli(G),
        ["torch.zeros(6).bernoulli_(0.3)"] = () => zeros(6).bernoulli_(0.3, G),
        ["torch.zeros(4).normal_(2, 3)"] = () => zeros(4).normal_(2, 3, G),
        ["torch.zeros(4).uniform_(-1, 1)"] = () => zeros(4).uniform_(-1, 1, G),
        ["torch.zeros(4).exponential_(2.0)"] = () => zeros(4).exponential_(2, G),
        ["torch.zeros(3).cauchy_()"] = () => zeros(3).cauchy_(generator: G),
        ["torch.zeros(3).log_normal_()"] = () => zeros(3).log_normal_(1, 2, G),
        ["torch.zeros(4).geometric_(0.3)"] = () => zeros(4).geometric_(0.3, G),
        ["torch.zeros(5, dtype=torch.int64).random_(0, 10)"] = () => zeros(5, dtype: ScalarType.Int64).random_(0, 10, G),
        ["torch.multinomial(torch.tensor([1.0, 2.0, 3.0, 4.0]), 3)"] = () => tensor(new[] { 1f, 2f, 3f, 4f }).multinomial(3, generator: G),
        ["torch.normal(torch.zeros(3), torch.ones(3))"] = () => normal(zeros(3), ones(3), G),
        ["torch.poisson(torch.full((5,), 4.0))"] = () => full(5, 4f).poisson(G),
    };

    public static TheoryData<string> Expressions => [.. Drawn.Keys];

    // A generator of its own: tests that run beside this one draw from the default generator.
    private static Generator G => new(1234);

    [Theory]
    [MemberData(nameof(Expressions))]
    public void A_seed_draws_PyTorchs_own_numbers(string expression) => Recording.Check("Random", expression, Drawn[expression]);

    [Fact]
    public void Every_recorded_draw_is_drawn() => Assert.Equal(Recording.Expressions("Random"), Drawn.Keys.Order());

    [Fact]
    public void Numbers_stay_in_their_range()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor uniform = rand(1000), integers = randint(3, 7, [1000L]), order = randperm(50);
        Assert.InRange(uniform.min().item<float>(), 0f, 1f);
        Assert.InRange(uniform.max().item<float>(), 0f, 1f);
        Assert.Equal([3L, 4L, 5L, 6L], integers.unique().output.data<long>().ToArray());
        Assert.Equal(Enumerable.Range(0, 50).Select(k => (long)k), order.sort().Values.data<long>().ToArray());
    }

    [Fact]
    public void Like_another_means_its_shape_and_element_type()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor model = zeros([2L, 3L], dtype: ScalarType.Float64);
        Assert.Equal(ScalarType.Float64, model.randn_like().dtype);
        Assert.Equal([2L, 3L], rand_like(model).shape);
        Assert.True(randint_like(model, 4, 5).eq(4).all().item<bool>());
        Assert.True(model.rand_like(requires_grad: true).requires_grad);
    }
}
