using SegLstm.Data.FewShot;

namespace SegLstm.Tests.Data.FewShot;

public sealed class NumpyRandomTests
{
    private static readonly int[] Counts = [20, 7, 20, 1000, 1, 2, 20, 40000, 20, 3];

    // From numpy 1.24.2: numpy.random.seed(s); [numpy.random.choice(n, 1, replace=False)[0] for n in Counts].
    [Theory]
    [InlineData(0, new[] { 18, 5, 17, 764, 0, 0, 19, 18308, 5, 2 })]
    [InlineData(1234567, new[] { 4, 4, 1, 905, 0, 0, 18, 35954, 14, 2 })]
    public void Choices_are_those_of_NumPy(uint seed, int[] expected)
    {
        var random = new NumpyRandom(seed);
        Assert.Equal(expected, Counts.Select(random.Choose));
    }

    // From numpy too: a class of fold 1, then one of as many images as its number and three, a thousand times.
    [Fact]
    public void Episodes_are_those_of_the_authors_code()
    {
        var random = new NumpyRandom(0);
        (int Class, int Image)[] episodes = [.. Enumerable.Range(0, 1000).Select(_ =>
        {
            int id = 1 + (4 * random.Choose(20));
            return (id, random.Choose(3 + id));
        })];
        Assert.Equal([(73, 2), (33, 7), (29, 23), (77, 6), (53, 45), (49, 36), (1, 1), (45, 4)], episodes[..8]);
        Assert.Equal([(53, 19), (53, 30), (13, 2)], episodes[^3..]);
    }
}
