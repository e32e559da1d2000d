namespace SegLstm.Soak;

/// <summary>A good file.</summary>
/// <param name="bytes">Its contents.</param>
/// <param name="isGiven">Whether the user gave it, so that it may be large.</param>
internal sealed class SoakSeed(byte[] bytes, bool isGiven)
{
    /// <summary>Its contents.</summary>
    public byte[] Bytes { get; } = bytes;

    /// <summary>Whether the user gave it, so that it may be large.</summary>
    public bool IsGiven { get; } = isGiven;

    /// <summary>How long the undamaged file takes, where the user gave it: damage may take so much more, not so much in
    /// all.</summary>
    public TimeSpan Own { get; set; }
}
