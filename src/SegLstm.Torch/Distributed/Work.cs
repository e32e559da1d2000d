using SegLstm.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class distributed
    {
        /// <summary>A collective operation that is under way. Its tensors must be left alone until it is done.</summary>
        public sealed class Work : IDisposable
        {
            private readonly DistributedHandle _handle;
            private readonly string _doing;

            internal Work(nint work, string doing) => (_handle, _doing) = (new DistributedHandle(work, Door.WorkFree), doing);

            /// <summary>Whether it has ended, well or not.</summary>
            public bool is_completed()
            {
                Door.WorkCompleted(_handle, out byte completed).Check();
                return completed != 0;
            }

            /// <summary>Waits for its end.</summary>
            /// <exception cref="DistError">Another rank went away, or did not do its part within the group's timeout.</exception>
            public void wait() => distributed.Check(Door.WorkWait(_handle), _doing);

            /// <summary>Lets go of the handle; the operation goes on.</summary>
            public void Dispose() => _handle.Dispose();
        }
    }
}
