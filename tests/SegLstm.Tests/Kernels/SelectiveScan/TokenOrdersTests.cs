using SegLstm.Kernels.SelectiveScan;

namespace SegLstm.Tests.Kernels.SelectiveScan;

public sealed class TokenOrdersTests
{
    [Fact]
    public void An_order_says_which_token_is_read_when()
    {
        var orders = new TokenOrders([0, 1, 2], [2, 0, 1]);
        Assert.Equal((2, 3), (orders.Count, orders.Length));
        Assert.Equal([2, 0, 1], Enumerable.Range(0, 3).Select(time => orders[1, time]));
        Assert.Throws<ArgumentOutOfRangeException>(() => orders[2, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => orders[0, 3]);
    }

    [Fact]
    public void What_does_not_name_each_token_once_is_refused_in_words()
    {
        Assert.Contains("at least one order", Refusal());
        Assert.Contains("at least one token", Refusal([]));
        Assert.Contains("Order 1: expected each of the tokens 0 to 1 once, got 0 at 1", Refusal([0, 1], [0, 0]));
        Assert.Contains("got 2 at 0", Refusal([0, 1], [2, 0]));
        Assert.Contains("got -1 at 1", Refusal([0, -1]));
        Assert.Contains("Order 1: expected 2 tokens, got 1", Refusal([0, 1], [0]));
        static string Refusal(params int[][] orders) => Assert.Throws<ArgumentException>(() => new TokenOrders(orders)).Message;
    }
}
