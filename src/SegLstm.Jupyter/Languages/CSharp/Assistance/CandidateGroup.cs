namespace SegLstm.Jupyter.Languages.CSharp.Assistance;

/// <summary>How near to the cursor a candidate is: nearer ones are listed first.</summary>
internal enum CandidateGroup
{
    /// <summary>What the place asks for: a value of the expected enum, a name of a parameter, a member to initialise.</summary>
    Expected,

    /// <summary>Locals and parameters.</summary>
    Local,

    /// <summary>What cells declare, and members.</summary>
    Member,

    /// <summary>Extension methods.</summary>
    Extension,

    /// <summary>Words of the language.</summary>
    Keyword,

    /// <summary>Types.</summary>
    Type,

    /// <summary>Namespaces.</summary>
    Namespace,

    /// <summary>What every object has.</summary>
    Common,
}
