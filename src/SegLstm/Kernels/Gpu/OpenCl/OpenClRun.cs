using static TorchSharp.torch;

namespace SegLstm.Kernels.Gpu.OpenCl;

/// <summary>Launches on an OpenCL device, over the memory of CPU tensors: a CPU device computes in it, others copy.</summary>
internal sealed unsafe class OpenClRun(OpenClDevice device, ContextHandle context, QueueHandle queue) : IGpuRun
{
    private readonly Dictionary<nint, (BufferHandle Buffer, Tensor Tensor)> buffers = [];

    /// <inheritdoc/>
    public void Launch(GpuSource source, string kernel, long threads, int groupSize, params GpuArgument[] arguments)
    {
        using var handle = device.Kernel(source, kernel);
        Launch(handle, kernel, threads, groupSize, arguments);
    }

    /// <summary>Runs a kernel of any program.</summary>
    /// <exception cref="ArgumentException">A group is larger than the device runs, or a tensor is not contiguous float32 in host
    /// memory.</exception>
    public void Launch(KernelHandle handle, string kernel, long threads, int groupSize, params GpuArgument[] arguments)
    {
        if (groupSize < 1 || groupSize > device.LargestGroup(handle))
        {
            throw new ArgumentException(
                $"{kernel}: expected groups of 1 to {device.LargestGroup(handle)} threads on {device.Name}, got {groupSize}.",
                nameof(groupSize));
        }

        for (var place = 0; place < arguments.Length; place++)
        {
            var argument = arguments[place];
            var bits = argument.Size > 0 ? argument.Bits : Buffer(argument.Tensor, kernel, place);
            var size = (nuint)(argument.Size > 0 ? argument.Size : sizeof(nint));
            OpenClException.ThrowIfFailed(
                LibOpenCl.SetArgument(handle, (uint)place, size, &bits), $"{kernel}: clSetKernelArg({place})");
        }

        var groups = (threads + groupSize - 1) / groupSize;
        var status = LibOpenCl.Enqueue(
            queue, handle, 1, 0, (nuint)(groups * groupSize), (nuint)groupSize, 0, 0, 0);
        OpenClException.ThrowIfFailed(status, $"{kernel}: clEnqueueNDRangeKernel");
    }

    /// <inheritdoc/>
    public void Wait() => OpenClException.ThrowIfFailed(LibOpenCl.Finish(queue), "clFinish");

    /// <inheritdoc/>
    public void Finish()
    {
        // Memory of the host is up to date where a buffer over it is mapped.
        foreach (var (buffer, tensor) in buffers.Values)
        {
            var mapped = LibOpenCl.Map(
                queue, buffer, 1, LibOpenCl.MapRead, 0, (nuint)(tensor.numel() * sizeof(float)), 0, 0, 0, out var status);
            OpenClException.ThrowIfFailed(status, "clEnqueueMapBuffer");
            OpenClException.ThrowIfFailed(LibOpenCl.Unmap(queue, buffer, mapped, 0, 0, 0), "clEnqueueUnmapMemObject");
        }

        Wait();
        Release();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Where an error came in between, kernels may still write to the tensors.
        if (!queue.IsClosed)
        {
            _ = LibOpenCl.Finish(queue);
        }

        Release();
        queue.Dispose();
    }

    private void Release()
    {
        foreach (var (buffer, _) in buffers.Values)
        {
            buffer.Dispose();
        }

        buffers.Clear();
    }

    private nint Buffer(Tensor? tensor, string kernel, int place)
    {
        if (tensor is null || tensor.numel() == 0)
        {
            return 0;
        }

        if (!HostMemory.Holds(tensor))
        {
            throw new ArgumentException(
                $"{kernel}, argument {place}: expected a contiguous float32 tensor in host memory, got {tensor.dtype} "
                + $"({string.Join(", ", tensor.shape)}) on {tensor.device}: call contiguous() and to().");
        }

        var memory = HostMemory.Of(tensor);
        if (!buffers.TryGetValue(memory, out var entry))
        {
            var buffer = LibOpenCl.CreateBuffer(
                context, LibOpenCl.UseHostMemory, (nuint)(tensor.numel() * sizeof(float)), memory, out var status);
            OpenClException.ThrowIfFailed(status, "clCreateBuffer");
            entry = (buffer, tensor);
            buffers.Add(memory, entry);
        }

        return entry.Buffer.DangerousGetHandle();
    }
}
