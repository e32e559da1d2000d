using SegLstm.Language;

namespace SegLstm.Tests.Language;

public class LabelListTests
{
    [Fact]
    public void Labels_are_trimmed_and_keep_their_order()
    {
        Assert.Equal(["water", "built or bare", "other"], LabelList.Parse(" water,built or bare ,other"));
        Assert.Equal(["roofs, red", "roofs, grey"], LabelList.Parse("roofs, red; roofs, grey"));
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        var wrong = Assert.Throws<ArgumentException>(() => LabelList.Parse("water,,Tree, tree,other")).Message;
        Assert.Contains("label 2 of 5 is empty", wrong);
        Assert.Contains("'Tree' stands twice (labels 3 and 4)", wrong);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" , ")]
    public void No_label_at_all_is_refused_with_an_example(string text) =>
        Assert.Contains("water, building, other", Assert.Throws<ArgumentException>(() => LabelList.Parse(text)).Message);
}
