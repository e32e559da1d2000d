using SegLstm.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class distributed
    {
        /// <summary>Processes that exchange tensors over Gloo. All of them call the same operations in the same order.</summary>
        /// <remarks>Operations of one group do not wait for those of another.</remarks>
        public sealed class ProcessGroup : IDisposable
        {
            private readonly DistributedHandle _handle;
            private readonly int _rank;
            private readonly int _size;

            internal ProcessGroup(Store store, string prefix, int rank, int size, TimeSpan timeout, string? device, string? hostname)
            {
                (_rank, _size) = (rank, size);
                distributed.Check(
                    Door.GroupGloo(store.Handle, prefix, rank, size, (long)timeout.TotalMilliseconds, device, hostname, out nint group),
                    $"Rank {rank} of {size} could not connect to the others");
                _handle = new DistributedHandle(group, Door.GroupFree);
            }

            /// <summary>Number of this process, from 0.</summary>
            public int rank() => _rank;

            /// <summary>Number of processes.</summary>
            public int size() => _size;

            /// <summary>Waits for operations under way and leaves.</summary>
            public void Dispose() => _handle.Dispose();

            internal Work AllReduce(Tensor tensor, ReduceOp op)
            {
                nint handle = tensor.Acquire();
                try
                {
                    string doing = Doing("all_reduce");
                    distributed.Check(Door.GroupAllReduce(_handle, handle, (int)op, out nint work), doing);
                    return new Work(work, doing);
                }
                finally
                {
                    tensor.Release();
                }
            }

            internal Work Broadcast(Tensor tensor, int source)
            {
                nint handle = tensor.Acquire();
                try
                {
                    string doing = Doing("broadcast");
                    distributed.Check(Door.GroupBroadcast(_handle, handle, source, out nint work), doing);
                    return new Work(work, doing);
                }
                finally
                {
                    tensor.Release();
                }
            }

            internal unsafe Work AllGather(IList<Tensor> outputs, Tensor input)
            {
                using var pins = new TensorPins(outputs);
                nint handle = input.Acquire();
                try
                {
                    string doing = Doing("all_gather");
                    fixed (nint* handles = pins.Handles)
                    {
                        distributed.Check(Door.GroupAllGather(_handle, handles, pins.Handles.Length, handle, out nint work), doing);
                        return new Work(work, doing);
                    }
                }
                finally
                {
                    input.Release();
                }
            }

            internal Work Barrier()
            {
                string doing = Doing("barrier");
                distributed.Check(Door.GroupBarrier(_handle, out nint work), doing);
                return new Work(work, doing);
            }

            private string Doing(string operation) => $"Rank {_rank} of {_size} could not finish {operation} with the others";
        }
    }
}
