namespace SegLstm.Jupyter.Magics;

/// <summary>What a word of a magic's line is.</summary>
internal enum MagicTokenKind
{
    /// <summary>`--name`.</summary>
    Option,

    /// <summary>Text, with or without quotes.</summary>
    Text,

    /// <summary>A JSON object or array.</summary>
    Json,

    /// <summary>`@csharp:x`, `@input:"prompt"`.</summary>
    Reference,
}
