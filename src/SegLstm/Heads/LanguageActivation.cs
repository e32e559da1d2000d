namespace SegLstm.Heads;

/// <summary>What stands between two of LSeg's blocks that smooth scores.</summary>
public enum LanguageActivation
{
    /// <summary>x, or 0.01 x below 0: the authors' default.</summary>
    LeakyRelu,

    /// <summary>x, or 0 below 0.</summary>
    Relu,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,
}
