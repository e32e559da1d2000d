using SegLstm.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class distributed
    {
        /// <summary>A store that one process keeps and all reach by TCP.</summary>
        public sealed class TCPStore : Store
        {
            /// <summary>Keeps a store, or connects to one.</summary>
            /// <param name="host_name">The machine of the process that keeps it.</param>
            /// <param name="port">Its port; 0 takes a free one, where this process keeps the store.</param>
            /// <param name="is_master">Whether this process keeps the store, until it disposes it.</param>
            /// <param name="timeout">How long to try, and how long waiting for a key takes at most; 5 minutes if null.</param>
            /// <exception cref="DistError">The port is taken, or nobody answers in time.</exception>
            /// <exception cref="ArgumentOutOfRangeException">There is no such port.</exception>
            public TCPStore(string host_name, int port, bool is_master = false, TimeSpan? timeout = null)
                : base(timeout ?? TimeSpan.FromMinutes(5))
            {
                ArgumentOutOfRangeException.ThrowIfNegative(port);
                ArgumentOutOfRangeException.ThrowIfGreaterThan(port, ushort.MaxValue);
                RequireAvailable();
                string doing = is_master
                    ? $"No store could be opened at port {port}; another process may have it, then set MASTER_PORT to a free one"
                    : $"No store answered at {host_name}:{port} within {this.timeout.TotalSeconds:0.###} s";
                Check(Door.StoreTcp(host_name, (ushort)port, is_master ? (byte)1 : (byte)0, (long)this.timeout.TotalMilliseconds,
                    out nint store, out int bound), doing);
                (host, this.port) = (host_name, bound);
                Handle = new DistributedHandle(store, Door.StoreFree);
            }

            /// <summary>The machine of the process that keeps it.</summary>
            public string host { get; }

            /// <summary>The port.</summary>
            public int port { get; }
        }
    }
}
