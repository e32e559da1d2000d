using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SegLstm.Torch.Native;

/// <summary>The imports of the native door (src/native), one to one. Every function returns a <see cref="DoorStatus"/>.</summary>
internal static unsafe partial class Door
{
    /// <summary>The number that src/native/door.h must carry: raised with every incompatible change.</summary>
    internal const int Version = 1;

    private const string Library = "seglstm_torch";

#pragma warning disable CA2255 // The one thing to do before the first import: say where the library lies.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void RegisterResolver() => NativeLibrary.SetDllImportResolver(typeof(Door).Assembly, DoorLoader.Resolve);

    [LibraryImport(Library, EntryPoint = "door_last_error")]
    internal static partial DoorStatus LastError(out byte* message, out int length, out long token);

    [LibraryImport(Library, EntryPoint = "door_free")]
    internal static partial DoorStatus Free(void* memory);

    [LibraryImport(Library, EntryPoint = "door_operator_find", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial DoorStatus OperatorFind(string name, string overload, out nint found);

    [LibraryImport(Library, EntryPoint = "door_operator_list", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial DoorStatus OperatorList(string prefix, out byte* names);

    [LibraryImport(Library, EntryPoint = "door_operator_schema")]
    internal static partial DoorStatus OperatorSchema(nint op, out byte* text);

    [LibraryImport(Library, EntryPoint = "door_operator_call")]
    internal static partial DoorStatus OperatorCall(nint op, DoorValue* arguments, int argumentCount, DoorValue* results, int capacity,
        out int resultCount);

    [LibraryImport(Library, EntryPoint = "door_tensor_free")]
    internal static partial DoorStatus TensorFree(nint tensor);

    [LibraryImport(Library, EntryPoint = "door_tensor_alias")]
    internal static partial DoorStatus TensorAlias(nint tensor, out nint alias);

    [LibraryImport(Library, EntryPoint = "door_tensor_info")]
    internal static partial DoorStatus TensorInfo(nint tensor, out DoorTensorInfo info);

    [LibraryImport(Library, EntryPoint = "door_tensor_from_memory")]
    internal static partial DoorStatus TensorFromMemory(void* data, long* sizes, int dimensions, int dtype,
        delegate* unmanaged[Cdecl]<nint, void> release, nint context, out DoorValue result);

    [LibraryImport(Library, EntryPoint = "door_grad_mode")]
    internal static partial DoorStatus GradMode(out byte enabled);

    [LibraryImport(Library, EntryPoint = "door_set_grad_mode")]
    internal static partial DoorStatus SetGradMode(byte enabled);

    [LibraryImport(Library, EntryPoint = "door_inference_mode")]
    internal static partial DoorStatus InferenceMode(out byte enabled);

    [LibraryImport(Library, EntryPoint = "door_inference_enter")]
    internal static partial DoorStatus InferenceEnter(byte enabled, out nint guard);

    [LibraryImport(Library, EntryPoint = "door_inference_leave")]
    internal static partial DoorStatus InferenceLeave(nint guard);

    [LibraryImport(Library, EntryPoint = "door_autocast_enter")]
    internal static partial DoorStatus AutocastEnter(byte enabled, int dtype, out int before);

    [LibraryImport(Library, EntryPoint = "door_autocast_leave")]
    internal static partial DoorStatus AutocastLeave(byte enabled, int dtype);

    [LibraryImport(Library, EntryPoint = "door_set_requires_grad")]
    internal static partial DoorStatus SetRequiresGrad(nint tensor, byte requiresGrad);

    [LibraryImport(Library, EntryPoint = "door_retain_grad")]
    internal static partial DoorStatus RetainGrad(nint tensor);

    [LibraryImport(Library, EntryPoint = "door_grad")]
    internal static partial DoorStatus Grad(nint tensor, out DoorValue result);

    [LibraryImport(Library, EntryPoint = "door_set_grad")]
    internal static partial DoorStatus SetGrad(nint tensor, nint grad);

    [LibraryImport(Library, EntryPoint = "door_grad_function")]
    internal static partial DoorStatus GradFunction(nint tensor, out byte* name);

    [LibraryImport(Library, EntryPoint = "door_backward")]
    internal static partial DoorStatus Backward(nint* tensors, int count, nint* grads, int gradCount, byte retainGraph, byte createGraph,
        nint* inputs, int inputCount);

    [LibraryImport(Library, EntryPoint = "door_gradients")]
    internal static partial DoorStatus Gradients(nint* outputs, int count, nint* inputs, int inputCount, nint* grads, int gradCount,
        byte retainGraph, byte createGraph, byte allowUnused, DoorValue* results);

    [LibraryImport(Library, EntryPoint = "door_register_hook")]
    internal static partial DoorStatus RegisterHook(nint tensor, delegate* unmanaged[Cdecl]<nint, nint, long*, nint> hook,
        delegate* unmanaged[Cdecl]<nint, void> release, nint context, out uint position);

    [LibraryImport(Library, EntryPoint = "door_remove_hook")]
    internal static partial DoorStatus RemoveHook(nint tensor, uint position);

    [LibraryImport(Library, EntryPoint = "door_node_new", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial DoorStatus NodeNew(string name, delegate* unmanaged[Cdecl]<nint, nint*, int, nint*, int, long*, void> backward,
        delegate* unmanaged[Cdecl]<nint, void> release, nint context, nint* inputs, int inputCount, byte materialize, out nint node);

    [LibraryImport(Library, EntryPoint = "door_node_add_output")]
    internal static partial DoorStatus NodeAddOutput(nint node, nint output, byte isInput, byte differentiable, out DoorValue result);

    [LibraryImport(Library, EntryPoint = "door_node_save")]
    internal static partial DoorStatus NodeSave(nint node, nint* tensors, int count);

    [LibraryImport(Library, EntryPoint = "door_node_saved")]
    internal static partial DoorStatus NodeSaved(nint node, DoorValue* results, int capacity, out int count);

    [LibraryImport(Library, EntryPoint = "door_node_free")]
    internal static partial DoorStatus NodeFree(nint node);

    [LibraryImport(Library, EntryPoint = "door_node_weaken")]
    internal static partial DoorStatus NodeWeaken(nint node, out nint weak);

    [LibraryImport(Library, EntryPoint = "door_node_lock")]
    internal static partial DoorStatus NodeLock(nint weak, out nint node);

    [LibraryImport(Library, EntryPoint = "door_node_free_weak")]
    internal static partial DoorStatus NodeFreeWeak(nint weak);

    [LibraryImport(Library, EntryPoint = "door_threads")]
    internal static partial DoorStatus Threads(out int count);

    [LibraryImport(Library, EntryPoint = "door_set_threads")]
    internal static partial DoorStatus SetThreads(int count);

    [LibraryImport(Library, EntryPoint = "door_interop_threads")]
    internal static partial DoorStatus InteropThreads(out int count);

    [LibraryImport(Library, EntryPoint = "door_set_interop_threads")]
    internal static partial DoorStatus SetInteropThreads(int count);

    [LibraryImport(Library, EntryPoint = "door_use_onednn")]
    internal static partial DoorStatus UseOneDnn(out byte enabled);

    [LibraryImport(Library, EntryPoint = "door_set_use_onednn")]
    internal static partial DoorStatus SetUseOneDnn(byte enabled);

    [LibraryImport(Library, EntryPoint = "door_cuda_devices")]
    internal static partial DoorStatus CudaDevices(out int count);

    [LibraryImport(Library, EntryPoint = "door_cuda_synchronize")]
    internal static partial DoorStatus CudaSynchronize(long device);

    [LibraryImport(Library, EntryPoint = "door_manual_seed")]
    internal static partial DoorStatus ManualSeed(ulong seed);

    [LibraryImport(Library, EntryPoint = "door_generator_default")]
    internal static partial DoorStatus GeneratorDefault(out nint generator);

    [LibraryImport(Library, EntryPoint = "door_generator_new")]
    internal static partial DoorStatus GeneratorNew(ulong seed, out nint generator);

    [LibraryImport(Library, EntryPoint = "door_generator_free")]
    internal static partial DoorStatus GeneratorFree(nint generator);

    [LibraryImport(Library, EntryPoint = "door_generator_pointer")]
    internal static partial DoorStatus GeneratorPointer(nint generator, out nint pointer);

    [LibraryImport(Library, EntryPoint = "door_generator_set_seed")]
    internal static partial DoorStatus GeneratorSetSeed(nint generator, ulong seed);

    [LibraryImport(Library, EntryPoint = "door_generator_seed")]
    internal static partial DoorStatus GeneratorSeed(nint generator, byte drawNew, out ulong seed);

    [LibraryImport(Library, EntryPoint = "door_generator_state")]
    internal static partial DoorStatus GeneratorState(nint generator, out DoorValue state);

    [LibraryImport(Library, EntryPoint = "door_generator_set_state")]
    internal static partial DoorStatus GeneratorSetState(nint generator, nint state);
}
