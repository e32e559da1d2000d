namespace SegLstm.Training.Distributed;

/// <summary>Another process of a training did not come, went away, or does not answer.</summary>
public sealed class LostRankException : Exception
{
    /// <summary>Says what failed.</summary>
    /// <param name="message">What.</param>
    /// <param name="inner">What libtorch says.</param>
    public LostRankException(string message, Exception? inner = null) : base(message, inner)
    {
    }
}
