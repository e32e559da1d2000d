using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SegLstm.Torch.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Torch;

/// <summary>A function that sees, and may replace, a tensor's gradient during backward. TorchSharp has no such hooks.</summary>
public sealed unsafe class GradientHook : IDisposable
{
    private readonly Tensor _tensor;
    private readonly uint _position;
    private bool _removed;

    private GradientHook(Tensor tensor, uint position)
    {
        _tensor = tensor;
        _position = position;
    }

    /// <summary>Registers a hook; dispose the result to remove it.</summary>
    /// <param name="tensor">The tensor, which must require a gradient.</param>
    /// <param name="hook">Gets the gradient; gives another one in its place, or null to keep it.</param>
    public static GradientHook Register(Tensor tensor, Func<Tensor, Tensor?> hook)
    {
        Tensor kept = tensor.alias().DetachFromDisposeScope();
        return new GradientHook(kept, Attach(kept, hook));
    }

    /// <summary>Registers a hook that stays as long as the tensor's graph.</summary>
    /// <returns>Its position among the tensor's hooks.</returns>
    internal static uint Attach(Tensor tensor, Func<Tensor, Tensor?> hook)
    {
        nint handle = tensor.Acquire();
        try
        {
            Door.RegisterHook(handle, &Call, &Free, GCHandle.ToIntPtr(GCHandle.Alloc(hook)), out uint position).Check();
            return position;
        }
        finally
        {
            tensor.Release();
        }
    }

    /// <summary>Removes the hook.</summary>
    public void Dispose()
    {
        if (_removed) return;
        _removed = true;
        nint handle = _tensor.Acquire();
        try
        {
            Door.RemoveHook(handle, _position).Check();
        }
        finally
        {
            _tensor.Release();
            _tensor.Dispose();
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Call(nint self, nint grad, long* token)
    {
        try
        {
            using DisposeScope scope = NewDisposeScope();
            var hook = (Func<Tensor, Tensor?>)GCHandle.FromIntPtr(self).Target!;
            if (hook(new Tensor(new TensorHandle(grad, 0))) is not { } replaced) return nint.Zero;
            nint handle = replaced.Acquire();
            try
            {
                Door.TensorAlias(handle, out nint alias).Check();
                return alias;
            }
            finally
            {
                replaced.Release();
            }
        }
        catch (Exception error)
        {
            *token = DoorErrors.Keep(error);
            return nint.Zero;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Free(nint self) => GCHandle.FromIntPtr(self).Free();
}
