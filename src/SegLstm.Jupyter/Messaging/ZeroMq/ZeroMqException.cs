using System.Runtime.InteropServices;

namespace SegLstm.Jupyter.Messaging.ZeroMq;

/// <summary>libzmq refused something.</summary>
internal sealed class ZeroMqException(string message, int code) : IOException(message)
{
    /// <summary>A signal came; try again.</summary>
    internal const int Interrupted = 4;

    /// <summary>Nothing to receive, or no room to send.</summary>
    internal const int TryAgain = 11;

    /// <summary>The context is being closed.</summary>
    internal const int Terminated = 156384765;

    /// <summary>libzmq's or the system's number of the error.</summary>
    internal int Code { get; } = code;

    /// <summary>The error of the last call on this thread.</summary>
    /// <param name="what">What was tried.</param>
    internal static ZeroMqException Last(string what)
    {
        int code = Marshal.GetLastPInvokeError();
        return new ZeroMqException($"{what}: {Marshal.PtrToStringUTF8(LibZmq.ErrorText(code))}", code);
    }
}
