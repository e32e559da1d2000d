using SegLstm.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class distributed
    {
        /// <summary>Keys and values that all processes see, by which they find each other.</summary>
        public abstract unsafe class Store : IDisposable
        {
            private protected Store(TimeSpan timeout) => this.timeout = timeout;

            /// <summary>How long <see cref="get"/> and <see cref="wait(IList{string})"/> wait for a key.</summary>
            public TimeSpan timeout { get; }

            internal DistributedHandle Handle { get; private protected init; } = null!;

            /// <summary>Sets a key.</summary>
            /// <exception cref="DistError">The process that keeps the store is gone.</exception>
            public void set(string key, byte[] value) =>
                Check(Door.StoreSet(Handle, key, value, value.Length), $"The store could not set '{key}'");

            /// <summary>The value of a key, which it waits for.</summary>
            /// <exception cref="DistError">Nobody set it in time, or the process that keeps the store is gone.</exception>
            public byte[] get(string key)
            {
                Check(Door.StoreGet(Handle, key, out byte* value, out int bytes), $"The store has no '{key}'");
                try
                {
                    return new ReadOnlySpan<byte>(value, bytes).ToArray();
                }
                finally
                {
                    Door.Free(value);
                }
            }

            /// <summary>Adds to a number that begins with 0.</summary>
            /// <returns>The sum.</returns>
            /// <exception cref="DistError">The process that keeps the store is gone.</exception>
            public long add(string key, long amount)
            {
                Check(Door.StoreAdd(Handle, key, amount, out long sum), $"The store could not add to '{key}'");
                return sum;
            }

            /// <summary>Whether all keys are set.</summary>
            /// <exception cref="DistError">The process that keeps the store is gone.</exception>
            public bool check(IList<string> keys)
            {
                Check(Door.StoreCheck(Handle, [.. keys], keys.Count, out byte areThere), "The store does not answer");
                return areThere != 0;
            }

            /// <summary>Waits until all keys are set.</summary>
            /// <exception cref="DistError">They are not in time, or the process that keeps the store is gone.</exception>
            public void wait(IList<string> keys) => wait(keys, timeout);

            /// <summary>Waits until all keys are set.</summary>
            /// <param name="keys">The keys.</param>
            /// <param name="timeout">How long at most.</param>
            /// <exception cref="DistError">They are not in time, or the process that keeps the store is gone.</exception>
            public void wait(IList<string> keys, TimeSpan timeout) => Check(
                Door.StoreWait(Handle, [.. keys], keys.Count, (long)timeout.TotalMilliseconds),
                $"The store did not get '{string.Join("', '", keys)}' within {timeout.TotalSeconds:0.###} s");

            /// <inheritdoc/>
            public void Dispose() => Handle.Dispose();
        }
    }
}
