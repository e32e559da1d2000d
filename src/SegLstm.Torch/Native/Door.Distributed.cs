using System.Runtime.InteropServices;

namespace SegLstm.Torch.Native;

// Stores, process groups and works (src/native/distributed.cpp). But for the first they are missing in a door built without Gloo.
internal static unsafe partial class Door
{
    [LibraryImport(Library, EntryPoint = "door_distributed_available")]
    internal static partial DoorStatus DistributedAvailable(out byte available);

    [LibraryImport(Library, EntryPoint = "door_store_tcp", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial DoorStatus StoreTcp(string host, ushort port, byte isServer, long timeout, out nint store, out int bound);

    [LibraryImport(Library, EntryPoint = "door_store_free")]
    internal static partial DoorStatus StoreFree(nint store);

    [LibraryImport(Library, EntryPoint = "door_store_set", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial DoorStatus StoreSet(DistributedHandle store, string key, ReadOnlySpan<byte> value, int bytes);

    [LibraryImport(Library, EntryPoint = "door_store_get", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial DoorStatus StoreGet(DistributedHandle store, string key, out byte* value, out int bytes);

    [LibraryImport(Library, EntryPoint = "door_store_add", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial DoorStatus StoreAdd(DistributedHandle store, string key, long amount, out long sum);

    [LibraryImport(Library, EntryPoint = "door_store_check", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial DoorStatus StoreCheck(DistributedHandle store, string[] keys, int count, out byte areThere);

    [LibraryImport(Library, EntryPoint = "door_store_wait", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial DoorStatus StoreWait(DistributedHandle store, string[] keys, int count, long timeout);

    [LibraryImport(Library, EntryPoint = "door_group_gloo", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial DoorStatus GroupGloo(DistributedHandle store, string prefix, int rank, int size, long timeout,
        string? device, string? hostname, out nint group);

    [LibraryImport(Library, EntryPoint = "door_group_free")]
    internal static partial DoorStatus GroupFree(nint group);

    [LibraryImport(Library, EntryPoint = "door_group_all_reduce")]
    internal static partial DoorStatus GroupAllReduce(DistributedHandle group, nint tensor, int reduction, out nint work);

    [LibraryImport(Library, EntryPoint = "door_group_broadcast")]
    internal static partial DoorStatus GroupBroadcast(DistributedHandle group, nint tensor, int source, out nint work);

    [LibraryImport(Library, EntryPoint = "door_group_all_gather")]
    internal static partial DoorStatus GroupAllGather(DistributedHandle group, nint* outputs, int count, nint input, out nint work);

    [LibraryImport(Library, EntryPoint = "door_group_barrier")]
    internal static partial DoorStatus GroupBarrier(DistributedHandle group, out nint work);

    [LibraryImport(Library, EntryPoint = "door_work_wait")]
    internal static partial DoorStatus WorkWait(DistributedHandle work);

    [LibraryImport(Library, EntryPoint = "door_work_completed")]
    internal static partial DoorStatus WorkCompleted(DistributedHandle work, out byte completed);

    [LibraryImport(Library, EntryPoint = "door_work_free")]
    internal static partial DoorStatus WorkFree(nint work);
}
