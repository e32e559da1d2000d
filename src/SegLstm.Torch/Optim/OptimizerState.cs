using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What an optimizer remembers of one parameter between steps.</summary>
public abstract class OptimizerState
{
    /// <summary>The parameter.</summary>
    protected Parameter _parameter;

    /// <summary>The state of <paramref name="parameter"/>.</summary>
    protected OptimizerState(Parameter parameter) => _parameter = parameter;

    /// <summary>Sets the state as it is before the first step.</summary>
    public abstract void Initialize(OptimizerOptions options);

    /// <summary>Writes the state.</summary>
    public abstract void SaveStateDict(BinaryWriter writer);

    /// <summary>Reads what <see cref="SaveStateDict"/> wrote.</summary>
    public abstract void LoadStateDict(BinaryReader reader);

    /// <summary>Copies the state of another parameter of the same shape.</summary>
    public abstract void LoadStateDict(OptimizerState source);

    /// <summary>Whether the state of another parameter is the same but for rounding.</summary>
    public virtual bool ApproximatelyEquals(OptimizerState other) => false;

    /// <summary>Moves the state to a device.</summary>
    public virtual void to(Device device)
    {
    }

    /// <summary>Writes a tensor that may be missing.</summary>
    protected static void SaveConditionalStateTensor(BinaryWriter writer, Tensor? tensor)
    {
        writer.Write(tensor is not null);
        tensor?.Save(writer);
    }

    /// <summary>Reads a tensor that may be missing, disposes the one before, and moves the new one to <paramref name="device"/>.</summary>
    protected static void LoadConditionalStateTensor(BinaryReader reader, ref Tensor? result, Device device)
    {
        var before = result;
        result = reader.ReadBoolean() ? Keep(TensorExtensionMethods.Load(reader), device) : null;
        before?.Dispose();
    }

    /// <summary>A tensor of zeros like the parameter, which no dispose scope owns.</summary>
    private protected Tensor Zeros() => zeros(_parameter.shape, _parameter.dtype, _parameter.device).DetachFromDisposeScope();

    private protected static void Replace(ref Tensor? field, Tensor? value)
    {
        field?.Dispose();
        field = value?.DetachFromDisposeScope();
    }

    private protected void CopyFrom(ref Tensor? field, Tensor? source) => Replace(ref field, source?.to(_parameter.device, copy: true));

    private protected static void Move(ref Tensor? field, Device device)
    {
        if (field is not null) field = Keep(field, device);
    }

    private protected static bool Near(Tensor? one, Tensor? other)
        => one is null || other is null ? one is null && other is null : one.allclose(other);

    private static Tensor Keep(Tensor tensor, Device device) => tensor.to(device, disposeAfter: true).DetachFromDisposeScope();
}
