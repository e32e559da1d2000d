namespace SegLstm.Training;

/// <summary>How a learning rate falls after its warm-up.</summary>
public enum Decay
{
    /// <summary>(1 - p)^power, with p running from 0 to 1 (Seg-LSTM's recipe uses power 1: a straight line).</summary>
    Poly,

    /// <summary>(1 + cos(pi p)) / 2, half a cosine period.</summary>
    Cosine,

    /// <summary>gamma^k behind k milestones.</summary>
    Step,

    /// <summary>gamma^e behind e epochs.</summary>
    Exponential,
}
