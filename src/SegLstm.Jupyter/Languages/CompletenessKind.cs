namespace SegLstm.Jupyter.Languages;

/// <summary>Whether code is whole, in the words of the Jupyter protocol.</summary>
public enum CompletenessKind
{
    /// <summary>Can run.</summary>
    Complete,

    /// <summary>Wants more lines.</summary>
    Incomplete,

    /// <summary>Will not compile, whatever follows.</summary>
    Invalid,

    /// <summary>Cannot be told.</summary>
    Unknown,
}
