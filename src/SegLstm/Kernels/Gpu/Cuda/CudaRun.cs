using static TorchSharp.torch;

namespace SegLstm.Kernels.Gpu.Cuda;

/// <summary>Launches on a stream of a card, on pointers as they are, and on CPU tensors by way of copies.</summary>
internal sealed unsafe class CudaRun(CudaDevice device, nint stream) : IGpuRun
{
    private readonly Dictionary<nint, (nint Memory, Tensor Tensor)> copies = [];

    /// <inheritdoc/>
    public void Launch(GpuSource source, string kernel, long threads, int groupSize, params GpuArgument[] arguments)
    {
        using var current = device.Enter();
        var function = device.Function(source, kernel);
        var numbers = stackalloc long[arguments.Length];
        var pointers = stackalloc void*[arguments.Length];
        for (var place = 0; place < arguments.Length; place++)
        {
            var argument = arguments[place];
            numbers[place] = argument.Size > 0 ? argument.Bits : Memory(argument.Tensor, kernel, place);
            pointers[place] = numbers + place;
        }

        var groups = checked((uint)((threads + groupSize - 1) / groupSize));
        CudaException.ThrowIfFailed(
            LibCuda.Launch(function, groups, 1, 1, (uint)groupSize, 1, 1, 0, stream, pointers, null),
            $"{kernel}: cuLaunchKernel");
    }

    /// <inheritdoc/>
    public void Wait()
    {
        using var current = device.Enter();
        CudaException.ThrowIfFailed(LibCuda.Synchronize(stream), "cuStreamSynchronize");
    }

    /// <inheritdoc/>
    public void Finish()
    {
        using var current = device.Enter();
        foreach (var (memory, tensor) in copies.Values)
        {
            CudaException.ThrowIfFailed(
                LibCuda.CopyToHost((void*)HostMemory.Of(tensor), memory, Bytes(tensor), stream), "cuMemcpyDtoHAsync");
        }

        CudaException.ThrowIfFailed(LibCuda.Synchronize(stream), "cuStreamSynchronize");
        Release();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        using var current = device.Enter();
        // Where an error came in between, kernels may still be at work in the copies.
        _ = LibCuda.Synchronize(stream);
        Release();
    }

    private static nuint Bytes(Tensor tensor) => (nuint)(tensor.numel() * sizeof(float));

    private void Release()
    {
        foreach (var (memory, _) in copies.Values)
        {
            _ = LibCuda.Free(memory);
        }

        copies.Clear();
    }

    private nint Memory(Tensor? tensor, string kernel, int place)
    {
        if (tensor is null || tensor.numel() == 0)
        {
            return 0;
        }

        if (!HostMemory.Holds(tensor))
        {
            throw new ArgumentException(
                $"{kernel}, argument {place}: expected a contiguous float32 tensor in host memory or a pointer, got "
                + $"{tensor.dtype} ({string.Join(", ", tensor.shape)}) on {tensor.device}: call contiguous() and to(), or give "
                + "its pointer.");
        }

        var host = HostMemory.Of(tensor);
        if (!copies.TryGetValue(host, out var copy))
        {
            CudaException.ThrowIfFailed(LibCuda.Allocate(out var memory, Bytes(tensor)), $"cuMemAlloc({Bytes(tensor)})");
            copy = (memory, tensor);
            copies.Add(host, copy);
            CudaException.ThrowIfFailed(LibCuda.CopyToDevice(memory, (void*)host, Bytes(tensor), stream), "cuMemcpyHtoDAsync");
        }

        return copy.Memory;
    }
}
