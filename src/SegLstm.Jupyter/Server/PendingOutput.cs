using System.Text;
using System.Text.Json.Nodes;
using SegLstm.Jupyter.Cells;

namespace SegLstm.Jupyter.Server;

/// <summary>
/// What a cell has put out and has not been sent yet, in order. Text of a stream is put together; messages stay where they are.
/// Not safe to share between threads.
/// </summary>
/// <remarks>
/// Cells that switch between streams more than <see cref="MostSwitches"/> times before their text can be sent keep the order
/// within
/// each stream, and the order of text and displays; how lines of the two streams alternate is then lost. Text that two
/// `clear_output` in a row would have wiped before anybody saw it is not sent.
/// </remarks>
internal sealed class PendingOutput
{
    /// <summary>Pieces of text, alternating between the streams, that are kept apart.</summary>
    public const int MostSwitches = 8;

    /// <summary>The most characters of one stream message.</summary>
    public const int LongestText = 512 * 1024;

    private readonly LinkedList<Item> _items = new();
    private int _messages;
    private LinkedListNode<Item>? _marked;

    /// <summary>Characters and, for messages, an estimate of them.</summary>
    public long Size { get; private set; }

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty => _items.Count == 0;

    /// <summary>Whether something waits behind the text at the head.</summary>
    public bool HasMessageBehindText => _messages > 0;

    /// <summary>When the text at the head was begun; null where a message or nothing is there.</summary>
    public TimeSpan? TextSince => _items.First?.Value is { Text: not null } head ? head.Since : null;

    /// <summary>Whether the text at the head fills a message.</summary>
    public bool IsFull => _items.First?.Value.Text is { Length: >= LongestText };

    /// <summary>Adds text.</summary>
    public void Add(OutputStream stream, string text, TimeSpan now)
    {
        Size += text.Length;
        Item? last = null;
        int pieces = 0;
        for (LinkedListNode<Item>? node = _items.Last; IsOpen(node) && pieces < MostSwitches; pieces++)
        {
            if (node!.Value.Stream == stream) last ??= node.Value;
            node = node.Previous;
        }

        bool join = last is not null && (ReferenceEquals(last, _items.Last!.Value) || pieces >= MostSwitches);
        if (join) last!.Text!.Append(text);
        else _items.AddLast(new Item(stream, new StringBuilder(text), now, null, 0));
    }

    /// <summary>Adds a message.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="content">Its content.</param>
    /// <param name="size">About how many characters it is.</param>
    public void Add(string type, JsonObject content, long size)
    {
        if (type == ClearOutput) SkipUnseen();
        Size += size;
        _items.AddLast(new Item(default, null, default, (type, content), size));
        _messages++;
    }

    /// <summary>Ends what is put together: later text is not joined to what is pending now.</summary>
    /// <returns>Tells whether all that is pending now has been taken.</returns>
    public Func<bool> Mark()
    {
        LinkedListNode<Item>? marked = _marked = _items.Last;
        return () => marked?.List is null;
    }

    /// <summary>Takes the message at the head.</summary>
    public (string Type, JsonObject Content) TakeMessage()
    {
        Item head = _items.First!.Value;
        _items.RemoveFirst();
        Size -= head.Size;
        _messages--;
        return head.Message!.Value;
    }

    /// <summary>Takes text from the head, at most <see cref="LongestText"/> characters and no half of a pair.</summary>
    public (OutputStream Stream, string Text) TakeText()
    {
        Item head = _items.First!.Value;
        StringBuilder text = head.Text!;
        int length = Math.Min(text.Length, LongestText);
        if (length < text.Length && char.IsHighSurrogate(text[length - 1])) length--;
        string taken = text.ToString(0, length);
        Size -= length;
        if (length == text.Length) _items.RemoveFirst();
        else text.Remove(0, length);
        return (head.Stream, taken);
    }

    private const string ClearOutput = "clear_output";

    private bool IsOpen(LinkedListNode<Item>? node) => node?.Value.Text is not null && node != _marked;

    /// <summary>Removes what the earlier of two clearings wipes: text before it, and the clearing before that.</summary>
    private void SkipUnseen()
    {
        LinkedListNode<Item>? earlier = _items.Last;
        while (earlier is not null && earlier.Value.Message?.Type != ClearOutput) earlier = earlier.Previous;
        for (LinkedListNode<Item>? node = earlier?.Previous; node is not null;)
        {
            LinkedListNode<Item>? previous = node.Previous;
            if (node.Value.Text is not null || node.Value.Message?.Type == ClearOutput)
            {
                Size -= node.Value.Text?.Length ?? node.Value.Size;
                if (node.Value.Message is not null) _messages--;
                _items.Remove(node);
            }

            node = previous;
        }
    }

    private sealed record Item(
        OutputStream Stream, StringBuilder? Text, TimeSpan Since, (string Type, JsonObject Content)? Message, long Size);
}
