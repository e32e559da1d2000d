using static TorchSharp.torch;

namespace SegLstm.Torch.Native;

/// <summary>The handles of several tensors, held until it is disposed.</summary>
internal sealed class TensorPins : IDisposable
{
    private readonly IReadOnlyList<Tensor?> _tensors;
    private int _held;

    internal TensorPins(IEnumerable<Tensor?>? tensors)
    {
        _tensors = tensors as IReadOnlyList<Tensor?> ?? tensors?.ToArray() ?? [];
        Handles = new nint[_tensors.Count];
        try
        {
            for (; _held < Handles.Length; _held++) Handles[_held] = _tensors[_held]?.Acquire() ?? nint.Zero;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    internal nint[] Handles { get; }

    public void Dispose()
    {
        while (_held > 0) _tensors[--_held]?.Release();
    }
}
