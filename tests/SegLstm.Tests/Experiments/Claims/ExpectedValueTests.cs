using SegLstm.Experiments.Claims;

namespace SegLstm.Tests.Experiments.Claims;

public sealed class ExpectedValueTests
{
    [Theory]
    [InlineData(60.0, ClaimVerdict.Match)]
    [InlineData(61.0, ClaimVerdict.Match)]
    [InlineData(59.0, ClaimVerdict.Match)]
    [InlineData(61.01, ClaimVerdict.Drift)]
    [InlineData(56.0, ClaimVerdict.Drift)]
    [InlineData(55.99, ClaimVerdict.Fail)]
    [InlineData(64.01, ClaimVerdict.Fail)]
    [InlineData(double.NaN, ClaimVerdict.Fail)]
    [InlineData(null, ClaimVerdict.Fail)]
    public void A_number_matches_within_the_first_tolerance_and_drifts_within_the_second(double? got, ClaimVerdict verdict) =>
        Assert.Equal(verdict, new ExpectedValue { What = "a", Value = 60, Match = 1, Drift = 4 }.Judge(got));

    [Fact]
    public void Without_tolerances_only_the_number_itself_matches()
    {
        var count = new ExpectedValue { What = "ViL-T", Value = 6_391_528 };
        Assert.Equal(ClaimVerdict.Match, count.Judge(6_391_528));
        Assert.Equal(ClaimVerdict.Fail, count.Judge(6_391_527));
    }
}
