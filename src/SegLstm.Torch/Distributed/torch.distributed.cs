using SegLstm.Torch;
using SegLstm.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Processes that compute together, under PyTorch's names, on libtorch's own c10d with Gloo.</summary>
    public static partial class distributed
    {
        private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(30);

        private static ProcessGroup? s_world;
        private static Store? s_store;
        private static bool s_ownsStore;
        private static string? s_device, s_hostname;
        private static TimeSpan s_worldTimeout;
        private static int s_worlds, s_groups;

        /// <summary>Whether the native door was built with Gloo.</summary>
        public static bool is_available()
        {
            Door.DistributedAvailable(out byte available).Check();
            return available != 0;
        }

        /// <summary>Whether <see cref="init_process_group"/> was called.</summary>
        public static bool is_initialized() => s_world is not null;

        /// <summary>Number of this process in a group, from 0.</summary>
        /// <param name="group">The group; that of all processes if null.</param>
        /// <exception cref="InvalidOperationException"><see cref="init_process_group"/> was not called.</exception>
        public static int get_rank(ProcessGroup? group = null) => Of(group).rank();

        /// <summary>Number of processes in a group.</summary>
        /// <param name="group">The group; that of all processes if null.</param>
        /// <exception cref="InvalidOperationException"><see cref="init_process_group"/> was not called.</exception>
        public static int get_world_size(ProcessGroup? group = null) => Of(group).size();

        /// <summary>The only one there is, <c>gloo</c>.</summary>
        public static string get_backend(ProcessGroup? group = null) => Of(group) is not null ? "gloo" : "";

        /// <summary>Joins this process with the others of a job.</summary>
        /// <param name="backend"><c>gloo</c>, which is what null takes.</param>
        /// <param name="init_method">
        /// Where rank 0 keeps the store by which all find each other: <c>tcp://host:port</c>, or <c>env://</c>, which null takes: the
        /// variables MASTER_ADDR, MASTER_PORT, RANK and WORLD_SIZE, as torchrun sets them.
        /// </param>
        /// <param name="timeout">How long to wait for the others, here and in every operation; 30 minutes if null.</param>
        /// <param name="world_size">Number of processes; -1 where the environment says it.</param>
        /// <param name="rank">Number of this one, from 0; -1 where the environment says it.</param>
        /// <param name="store">A store that all know, in place of <paramref name="init_method"/>.</param>
        /// <exception cref="ArgumentException">The environment or the arguments say no such job.</exception>
        /// <exception cref="DistError">Others did not come in time, which are named, or cannot be reached.</exception>
        /// <remarks>GLOO_SOCKET_IFNAME names the network device to use, as for PyTorch.</remarks>
        public static void init_process_group(string? backend = null, string? init_method = null, TimeSpan? timeout = null,
            int world_size = -1, int rank = -1, Store? store = null)
        {
            if (s_world is not null)
                throw new InvalidOperationException("This process has joined a group: call destroy_process_group() first.");
            if ((backend ?? "gloo") != "gloo")
                throw new ArgumentException($"The backend is '{backend}': expected gloo, the only one there is.", nameof(backend));
            RequireAvailable();
            TimeSpan patience = timeout ?? s_timeout;
            if (patience <= TimeSpan.Zero)
                throw new ArgumentOutOfRangeException(nameof(timeout), $"Expected time to wait, got {patience}.");
            Rendezvous place = Rendezvous.Of(init_method, store, rank, world_size);
            bool owns = store is null;
            Store found = store ?? place.Open(patience);
            try
            {
                string prefix = $"world-{s_worlds++}-{Environment.GetEnvironmentVariable("TORCHELASTIC_RESTART_COUNT")}";
                place.Meet(found, prefix, patience);
                (s_device, s_hostname) = Devices(place.Host);
                s_world = new ProcessGroup(found, prefix, place.Rank, place.Size, patience, s_device, s_hostname);
                (s_store, s_ownsStore, s_worldTimeout, s_groups) = (found, owns, patience, 0);
            }
            catch when (owns)
            {
                found.Dispose();
                throw;
            }
        }

        /// <summary>A second group of all processes, whose operations do not wait for those of the first. All call it.</summary>
        /// <param name="timeout">How long to wait for the others in every operation; as the first group if null.</param>
        /// <exception cref="InvalidOperationException"><see cref="init_process_group"/> was not called.</exception>
        /// <exception cref="DistError">Others do not come in time.</exception>
        public static ProcessGroup new_group(TimeSpan? timeout = null)
        {
            ProcessGroup world = Of(null);
            return new ProcessGroup(s_store!, $"world-{s_worlds - 1}-group-{s_groups++}", world.rank(), world.size(),
                timeout ?? s_worldTimeout, s_device, s_hostname);
        }

        /// <summary>Leaves a group.</summary>
        /// <param name="group">The group; null leaves that of all processes, and the store.</param>
        public static void destroy_process_group(ProcessGroup? group = null)
        {
            if (group is not null && group != s_world)
            {
                group.Dispose();
                return;
            }

            s_world?.Dispose();
            if (s_ownsStore) s_store?.Dispose();
            (s_world, s_store) = (null, null);
        }

        /// <summary>The store by which the processes found each other.</summary>
        /// <exception cref="InvalidOperationException"><see cref="init_process_group"/> was not called.</exception>
        public static Store get_store() => Of(null) is not null ? s_store! : null!;

        /// <summary>Gives a tensor the sum of all ranks' tensors, or another reduction; all ranks get the same bits.</summary>
        /// <param name="tensor">A contiguous tensor on the CPU, of one shape and type on all ranks; changed in place.</param>
        /// <param name="op">Which reduction.</param>
        /// <param name="group">The group; that of all processes if null.</param>
        /// <param name="async_op">Return at once.</param>
        /// <returns>What to wait for; null unless <paramref name="async_op"/>.</returns>
        /// <exception cref="DistError">Another rank went away, or does not do its part in time.</exception>
        public static Work? all_reduce(Tensor tensor, ReduceOp op = ReduceOp.SUM, ProcessGroup? group = null, bool async_op = false) =>
            Finish(Of(group).AllReduce(tensor, op), async_op);

        /// <summary>Gives all ranks the tensor of one.</summary>
        /// <param name="tensor">A contiguous tensor on the CPU, of one shape and type on all ranks; changed in place.</param>
        /// <param name="src">The rank that gives.</param>
        /// <inheritdoc cref="all_reduce"/>
#pragma warning disable CS1573 // The others are inherited.
        public static Work? broadcast(Tensor tensor, int src, ProcessGroup? group = null, bool async_op = false)
        {
            ProcessGroup found = Of(group);
            if (src < 0 || src >= found.size())
                throw new ArgumentOutOfRangeException(nameof(src), $"The source is rank {src}: expected 0 to {found.size() - 1}.");
            return Finish(found.Broadcast(tensor, src), async_op);
        }

        /// <summary>Gives each rank the tensors of all.</summary>
        /// <param name="tensor_list">One contiguous tensor a rank, each shaped as <paramref name="tensor"/>; written in place.</param>
        /// <param name="tensor">This rank's.</param>
        /// <inheritdoc cref="all_reduce"/>
        public static Work? all_gather(IList<Tensor> tensor_list, Tensor tensor, ProcessGroup? group = null, bool async_op = false)
        {
            ProcessGroup found = Of(group);
            if (tensor_list.Count != found.size())
                throw new ArgumentException($"Expected {found.size()} tensors, one a rank, got {tensor_list.Count}.", nameof(tensor_list));
            return Finish(found.AllGather(tensor_list, tensor), async_op);
        }

        /// <summary>Waits until all ranks have come here.</summary>
        /// <inheritdoc cref="all_reduce"/>
        public static Work? barrier(ProcessGroup? group = null, bool async_op = false) => Finish(Of(group).Barrier(), async_op);
#pragma warning restore CS1573

        internal static void RequireAvailable()
        {
            if (!is_available())
            {
                throw new NotSupportedException("The native door was built without Gloo, so processes cannot be joined: install "
                    + "libgloo-dev and run: bash environment/setup.sh");
            }
        }

        internal static ProcessGroup Of(ProcessGroup? group) => group ?? s_world
            ?? throw new InvalidOperationException("This process has joined no others: call torch.distributed.init_process_group() first.");

        private static Work? Finish(Work work, bool isAsync)
        {
            if (isAsync) return work;
            using (work) work.wait();
            return null;
        }

        // On one machine the loopback device is there whatever the machine's name resolves to.
        private static (string? Device, string? Hostname) Devices(string? host)
        {
            string? named = Environment.GetEnvironmentVariable("GLOO_SOCKET_IFNAME")?.Split(',')[0].Trim();
            if (!string.IsNullOrEmpty(named)) return (named, null);
            bool isLocal = host is "localhost" or "::1" || host?.StartsWith("127.", StringComparison.Ordinal) == true;
            return (null, isLocal ? "127.0.0.1" : null);
        }
    }
}
