namespace SegLstm.Experiments.Records;

/// <summary>A part of a text that describes a record, before anything is known of the record.</summary>
/// <param name="Place">Where it was given: "recipe.yaml:7", or the override as it was typed.</param>
internal abstract record RecordNode(string Place)
{
    /// <summary>What it is, in words.</summary>
    public abstract string Words { get; }
}

/// <summary>One value.</summary>
/// <param name="Place">Where it was given.</param>
/// <param name="Text">The value without quotes and escapes.</param>
/// <param name="Quoted">Whether it is text for certain: quoted values are neither numbers nor null.</param>
internal sealed record ScalarNode(string Place, string Text, bool Quoted) : RecordNode(Place)
{
    private const int Shown = 40;

    /// <summary>Whether it says that there is no value.</summary>
    public bool IsNull => !Quoted && Text is "" or "~" or "null" or "Null" or "NULL";

    public override string Words => IsNull ? "nothing" : $"'{(Text.Length > Shown ? Text[..Shown] + "…" : Text)}'";
}

/// <summary>Values in order.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Items">The values.</param>
internal sealed record ListNode(string Place, IReadOnlyList<RecordNode> Items) : RecordNode(Place)
{
    public override string Words => "a list";
}

/// <summary>Values by key.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Entries">Keys, each once, in the order of the text.</param>
internal sealed record MapNode(string Place, IReadOnlyList<MapEntry> Entries) : RecordNode(Place)
{
    public override string Words => "a mapping";
}

/// <summary>A key and its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Place">Where the key is.</param>
/// <param name="Value">The value.</param>
internal sealed record MapEntry(string Key, string Place, RecordNode Value);
