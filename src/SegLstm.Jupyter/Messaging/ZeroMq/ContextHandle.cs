using System.Runtime.InteropServices;

namespace SegLstm.Jupyter.Messaging.ZeroMq;

/// <summary>Owns a libzmq context. Its release waits for the sockets' unsent messages, each at most its linger time.</summary>
internal sealed class ContextHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        while (LibZmq.TerminateContext(handle) != 0)
        {
            if (Marshal.GetLastPInvokeError() != ZeroMqException.Interrupted) return false;
        }

        return true;
    }
}
