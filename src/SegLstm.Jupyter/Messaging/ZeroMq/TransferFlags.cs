namespace SegLstm.Jupyter.Messaging.ZeroMq;

/// <summary>How frames are sent and received, with libzmq's numbers.</summary>
[Flags]
internal enum TransferFlags
{
    /// <summary>Wait; the last frame.</summary>
    None = 0,

    /// <summary>Fail instead of waiting.</summary>
    DontWait = 1,

    /// <summary>More frames of this message follow.</summary>
    More = 2,
}
