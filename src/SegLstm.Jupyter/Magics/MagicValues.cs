namespace SegLstm.Jupyter.Magics;

/// <summary>What the values of an option are.</summary>
internal enum MagicValues
{
    /// <summary>Anything.</summary>
    Any,

    /// <summary>Names of files.</summary>
    File,

    /// <summary>Names of languages.</summary>
    Language,

    /// <summary>Names of variables.</summary>
    Variable,

    /// <summary>Variables with their languages, as in `@csharp:x`.</summary>
    Reference,

    /// <summary>MIME types.</summary>
    MimeType,
}
