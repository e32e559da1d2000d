using System.Text.Json.Nodes;
using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Server;

namespace SegLstm.Jupyter.Tests.Server;

public class PendingOutputTests
{
    private readonly PendingOutput _pending = new();

    [Fact]
    public void Text_is_put_together_and_displays_keep_their_place()
    {
        Out("a");
        Out("b");
        Message("display_data");
        Out("c");
        Error("d");
        Out("e");
        Assert.Equal(["out ab", "display_data", "out c", "err d", "out e"], TakeAll());
    }

    [Fact]
    public void Many_switches_between_streams_become_few_messages_and_lose_no_text()
    {
        for (int i = 0; i < 1000; i++)
        {
            Out("o");
            Error("e");
        }

        List<string> taken = TakeAll();
        Assert.True(taken.Count <= PendingOutput.MostSwitches + 1, $"{taken.Count} messages");
        Assert.Equal(1000, taken.Where(text => text.StartsWith("out")).Sum(text => text.Length - 4));
        Assert.Equal(1000, taken.Where(text => text.StartsWith("err")).Sum(text => text.Length - 4));
    }

    [Fact]
    public void Long_text_is_cut_between_characters()
    {
        string text = "x" + string.Concat(Enumerable.Repeat("😀", PendingOutput.LongestText));
        Out(text);
        List<string> taken = TakeAll();
        Assert.Equal(3, taken.Count);
        Assert.All(taken, piece => Assert.False(char.IsHighSurrogate(piece[^1])));
        Assert.Equal(text, string.Concat(taken.Select(piece => piece[4..])));
    }

    [Fact]
    public void Pictures_of_an_animation_that_nobody_could_see_are_left_out()
    {
        for (int i = 0; i < 100; i++)
        {
            Message("clear_output");
            Out($"frame {i}");
        }

        Assert.Equal(["clear_output", "out frame 98", "clear_output", "out frame 99"], TakeAll());
    }

    [Fact]
    public void One_clearing_leaves_everything_in_place()
    {
        Out("before");
        Message("clear_output");
        Out("after");
        Assert.Equal(["out before", "clear_output", "out after"], TakeAll());
    }

    [Fact]
    public void Text_behind_a_mark_is_not_joined_to_what_stands_before_it()
    {
        for (int i = 0; i < 20; i++)
        {
            Out("o");
            Error("e");
        }

        Func<bool> isTaken = _pending.Mark();
        Out("later");
        List<string> before = [];
        while (!isTaken()) before.Add(_pending.TakeText().Text);
        Assert.Equal(40, before.Sum(text => text.Length));
        Assert.DoesNotContain("later", string.Concat(before));
        Assert.Equal(["out later"], TakeAll());
        Assert.True(_pending.Mark()());
    }

    [Fact]
    public void The_size_is_back_at_nothing_when_all_is_taken()
    {
        Out("some text");
        Message("clear_output");
        Message("display_data");
        Out("x");
        Message("clear_output");
        TakeAll();
        Assert.Equal(0, _pending.Size);
    }

    private void Out(string text) => _pending.Add(OutputStream.Stdout, text, TimeSpan.Zero);

    private void Error(string text) => _pending.Add(OutputStream.Stderr, text, TimeSpan.Zero);

    private void Message(string type) => _pending.Add(type, new JsonObject(), 10);

    private List<string> TakeAll()
    {
        var taken = new List<string>();
        while (!_pending.IsEmpty)
        {
            if (_pending.TextSince is null)
            {
                taken.Add(_pending.TakeMessage().Type);
                continue;
            }

            (OutputStream stream, string text) = _pending.TakeText();
            taken.Add((stream == OutputStream.Stdout ? "out " : "err ") + text);
        }

        return taken;
    }
}
