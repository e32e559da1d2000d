using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SegLstm.Experiments.Records;

/// <summary>
/// Reads the YAML that records need, from people who are not trusted: mappings, lists and single values. Tags, anchors, aliases
/// and further documents are refused, so that a text builds nothing that it does not spell out; depth, size and number of values
/// are limited while reading.
/// </summary>
internal sealed class YamlTree
{
    /// <summary>The longest text, in characters.</summary>
    public const int MostCharacters = 1 << 18;

    /// <summary>The deepest nesting.</summary>
    public const int MostDepth = 32;

    private readonly Parser _parser;
    private readonly Func<long, string> _place;

    private YamlTree(string text, Func<long, string> place)
    {
        _parser = new Parser(new StringReader(text));
        _place = place;
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">One YAML document, or nothing.</param>
    /// <param name="place">Says where a line is, from 1; 0 is the whole text.</param>
    /// <returns>Null where the document is empty.</returns>
    /// <exception cref="RecordException">It is no YAML, or YAML that is refused.</exception>
    public static RecordNode? Parse(string text, Func<long, string> place)
    {
        if (text.Length > MostCharacters)
        {
            throw new RecordException(
                $"{place(0)}: {text.Length} characters: expected at most {MostCharacters}, as a record is short.");
        }

        try
        {
            return new YamlTree(text, place).Document();
        }
        catch (YamlException fault)
        {
            throw new RecordException($"{place(fault.Start.Line)}: this is no YAML: {fault.Message.TrimEnd('.')}.");
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException or FormatException
            or IndexOutOfRangeException or NullReferenceException or OverflowException or KeyNotFoundException)
        {
            // The parser does not foresee every damage.
            throw new RecordException($"{place(0)}: this is no YAML.");
        }
    }

    private RecordNode? Document()
    {
        Next();                                          // the stream's start
        if (Next() is StreamEnd) return null;
        RecordNode root = Node(Next(), 1);
        Next();                                          // the document's end
        return Next() is StreamEnd ? root : throw Refuse("a second document", "one document");
    }

    private RecordNode Node(ParsingEvent start, int depth)
    {
        if (depth > MostDepth) throw Refuse($"more than {MostDepth} levels", "a record, which is flat");
        if (start is AnchorAlias alias) throw Refuse($"the alias '*{alias.Value}'", "the value itself");
        if (start is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            throw Refuse($"the anchor '&{anchored.Anchor.Value}'", "values alone");
        }
        if (start is NodeEvent { Tag.IsEmpty: false } tagged)
        {
            throw Refuse($"the tag '{tagged.Tag}'", "values alone: their types are known");
        }

        string place = _place(start.Start.Line);
        switch (start)
        {
            case Scalar scalar:
                return new ScalarNode(place, scalar.Value, scalar.Style != ScalarStyle.Plain);
            case SequenceStart:
                var items = new List<RecordNode>();
                while (Next() is not SequenceEnd) items.Add(Node(_parser.Current!, depth + 1));
                return new ListNode(place, items);
            default:
                return new MapNode(place, Entries(depth));
        }
    }

    private List<MapEntry> Entries(int depth)
    {
        var entries = new List<MapEntry>();
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        while (Next() is not MappingEnd)
        {
            string place = _place(_parser.Current!.Start.Line);
            if (Node(_parser.Current, depth + 1) is not ScalarNode key) throw Refuse("a key of several values", "a word");
            if (!known.TryAdd(key.Text, place))
            {
                throw new RecordException($"{place}: '{key.Text}' is given twice, first at {known[key.Text]}.");
            }

            entries.Add(new MapEntry(key.Text, place, Node(Next(), depth + 1)));
        }

        return entries;
    }

    private ParsingEvent Next()
    {
        _parser.MoveNext();
        return _parser.Current!;
    }

    private RecordException Refuse(string found, string expected) =>
        new($"{_place(_parser.Current!.Start.Line)}: found {found}: expected {expected}.");
}
