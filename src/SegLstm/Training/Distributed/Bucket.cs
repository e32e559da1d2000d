using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Training.Distributed;

/// <summary>Gradients of some parameters behind one another in one tensor, and behind them how many ranks have each.</summary>
internal sealed class Bucket : IDisposable
{
    private readonly Tensor _all;
    private readonly Tensor _counts;
    private Action? _wait;
    private int _taken;

    /// <summary>Makes room for the gradients of parameters of one type.</summary>
    public Bucket(IReadOnlyList<(string Name, Parameter Parameter)> parameters)
    {
        long elements = parameters.Sum(p => p.Parameter.numel());
        _all = zeros([elements + parameters.Count], parameters[0].Parameter.dtype).DetachFromDisposeScope();
        _counts = _all.narrow(0, elements, parameters.Count).DetachFromDisposeScope();
        long first = 0;
        Slots = [.. parameters.Select((p, index) =>
        {
            long length = p.Parameter.numel();
            Tensor room = _all.narrow(0, first, length).view(p.Parameter.shape).DetachFromDisposeScope();
            first += length;
            return new Slot(p.Name, p.Parameter, room, index);
        })];
    }

    /// <summary>The parameters and their room.</summary>
    public IReadOnlyList<Slot> Slots { get; }

    /// <summary>Whether all gradients are there.</summary>
    public bool IsFull => _taken == Slots.Count;

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        _all.zero_();
        (_taken, _wait) = (0, null);
        foreach (Slot slot in Slots) slot.IsTaken = false;
    }

    /// <summary>Takes the gradient of a parameter, and with it what the parameter has of earlier batches.</summary>
    public void Take(Slot slot, Tensor gradient)
    {
        if (slot.IsTaken)
        {
            throw new InvalidOperationException($"The parameter {slot.Name} got a second gradient in one backward pass, as one that "
                + "several recomputed blocks share does: train without recomputation, or in one process.");
        }

        slot.Room.copy_(gradient);
        Count(slot);
        using Tensor? before = slot.Parameter.grad;
        if (before is not null) slot.Room.add_(before);
    }

    /// <summary>Takes what parameters without a gradient in this pass have of earlier batches.</summary>
    public void AddWaiting()
    {
        foreach (Slot slot in Slots.Where(slot => !slot.IsTaken))
        {
            using Tensor? before = slot.Parameter.grad;
            if (before is null) continue;
            slot.Room.copy_(before);
            Count(slot);
        }
    }

    /// <summary>Begins the sum over ranks.</summary>
    public void Send(Ranks ranks) => _wait = ranks.BeginSum(_all);

    /// <summary>Waits for the sum, and gives it to the parameters.</summary>
    public void Finish()
    {
        _wait!();
        using Tensor counts = _counts.to(ScalarType.Float64);
        double[] ranks = counts.data<double>().ToArray();
        foreach (Slot slot in Slots) slot.Parameter.grad = ranks[slot.Index] > 0 ? slot.Room : null;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (Slot slot in Slots) slot.Room.Dispose();
        _counts.Dispose();
        _all.Dispose();
    }

    private void Count(Slot slot)
    {
        using Tensor count = _counts.narrow(0, slot.Index, 1);
        count.fill_(1);
        slot.IsTaken = true;
        _taken++;
    }

    /// <summary>A parameter's room in a bucket.</summary>
    internal sealed class Slot(string name, Parameter parameter, Tensor room, int index)
    {
        public string Name => name;

        public Parameter Parameter => parameter;

        public Tensor Room => room;

        public int Index => index;

        public bool IsTaken { get; set; }
    }
}
