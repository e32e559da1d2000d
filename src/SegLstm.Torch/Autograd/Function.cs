using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SegLstm.Torch;
using SegLstm.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>A function whose gradient is written by hand: derive from <see cref="SingleTensorFunction{T}"/> or
        /// <see cref="MultiTensorFunction{T}"/>.</summary>
        public abstract unsafe class Function<T> where T : Function<T>, new()
        {
            /// <summary>The function's name, as it stands in the graph.</summary>
            public abstract string Name { get; }

            internal abstract List<Tensor> RunForward(AutogradContext ctx, object[] vars);

            internal abstract List<Tensor> RunBackward(AutogradContext ctx, List<Tensor> grads);

            internal static List<Tensor> ApplyAll(object[] vars)
            {
                var function = new T();
                var context = new AutogradContext();
                Tensor[] inputs = vars.OfType<Tensor>().ToArray();
                bool record = AutoGradMode.IsEnabled && inputs.Any(input => input.requires_grad);
                List<Tensor> outputs;
                using (no_grad()) outputs = function.RunForward(context, vars);
                if (!record) return outputs;

                var call = new CustomCall(context, grads => function.RunBackward(context, grads), vars);
                nint node = nint.Zero;
                using (var pins = new TensorPins(inputs))
                {
                    fixed (nint* handles = pins.Handles)
                    {
                        Door.NodeNew(function.Name, &CustomCall.Backward, &CustomCall.Free, GCHandle.ToIntPtr(GCHandle.Alloc(call)), handles,
                            inputs.Length, context.MaterializeGrads ? (byte)1 : (byte)0, out node).Check();
                    }
                }
                try
                {
                    var recorded = outputs.Select(output => AddOutput(node, output, inputs.Contains(output, ReferenceEqualityComparer.Instance),
                        !context.NonDifferentiable.Contains(output))).ToList();
                    context.Join(node);
                    return recorded;
                }
                finally
                {
                    Door.NodeFree(node);
                }
            }

            private static Tensor AddOutput(nint node, Tensor output, bool isInput, bool differentiable)
            {
                nint handle = output.Acquire();
                try
                {
                    Door.NodeAddOutput(node, handle, isInput ? (byte)1 : (byte)0, differentiable ? (byte)1 : (byte)0, out DoorValue result).Check();
                    return Operator.ToTensor(result)!;
                }
                finally
                {
                    output.Release();
                }
            }
        }

        /// <summary>A custom function of one result.</summary>
        public abstract class SingleTensorFunction<T> : Function<T> where T : SingleTensorFunction<T>, new()
        {
            /// <summary>Calls the function; its tensors among <paramref name="vars"/> get gradients from <see cref="backward"/>.</summary>
            public static Tensor apply(params object[] vars) => ApplyAll(vars)[0];

            /// <summary>Computes the result; nothing in it is recorded.</summary>
            public abstract Tensor forward(AutogradContext ctx, params object[] vars);

            /// <summary>Computes a gradient for each of forward's arguments, null for what is no tensor or has none.</summary>
            public abstract List<Tensor> backward(AutogradContext ctx, Tensor grad_output);

            internal sealed override List<Tensor> RunForward(AutogradContext ctx, object[] vars) => [forward(ctx, vars)];

            internal sealed override List<Tensor> RunBackward(AutogradContext ctx, List<Tensor> grads) => backward(ctx, grads[0]);
        }

        /// <summary>A custom function of several results.</summary>
        public abstract class MultiTensorFunction<T> : Function<T> where T : MultiTensorFunction<T>, new()
        {
            /// <summary>Calls the function; its tensors among <paramref name="vars"/> get gradients from <see cref="backward"/>.</summary>
            public static List<Tensor> apply(params object[] vars) => ApplyAll(vars);

            /// <summary>Computes the results; nothing in it is recorded.</summary>
            public abstract List<Tensor> forward(AutogradContext ctx, params object[] vars);

            /// <summary>Computes a gradient for each of forward's arguments, null for what is no tensor or has none.</summary>
            public abstract List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs);

            internal sealed override List<Tensor> RunForward(AutogradContext ctx, object[] vars) => forward(ctx, vars);

            internal sealed override List<Tensor> RunBackward(AutogradContext ctx, List<Tensor> grads) => backward(ctx, grads);
        }
    }
}

/// <summary>A call of a custom function in the graph: what libtorch calls back.</summary>
internal sealed unsafe class CustomCall(torch.autograd.AutogradContext context, Func<List<torch.Tensor>, List<torch.Tensor>> backward, object[] vars)
{
    // Which of forward's arguments are tensors: gradients come back one an argument, the graph wants one a tensor.
    private readonly bool[] _isTensor = vars.Select(argument => argument is torch.Tensor).ToArray();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static void Backward(nint self, nint* grads, int gradCount, nint* inputGrads, int inputCount, long* token)
    {
        try
        {
            var call = (CustomCall)GCHandle.FromIntPtr(self).Target!;
            call.Run(new ReadOnlySpan<nint>(grads, gradCount), new Span<nint>(inputGrads, inputCount));
        }
        catch (Exception error)
        {
            *token = DoorErrors.Keep(error);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static void Free(nint self)
    {
        GCHandle handle = GCHandle.FromIntPtr(self);
        (handle.Target as CustomCall)?.Release();
        handle.Free();
    }

    private void Run(ReadOnlySpan<nint> grads, Span<nint> inputGrads)
    {
        using var scope = torch.NewDisposeScope();
        var incoming = new List<torch.Tensor>(grads.Length);
        foreach (nint grad in grads) incoming.Add(grad == nint.Zero ? null! : new torch.Tensor(new TensorHandle(grad, 0)));
        List<torch.Tensor> outgoing = backward(incoming);
        if (outgoing.Count > _isTensor.Length)
            throw new InvalidOperationException($"backward gave {outgoing.Count} gradients for {_isTensor.Length} arguments of forward.");
        int input = 0;
        for (int k = 0; k < _isTensor.Length; k++)
        {
            torch.Tensor? grad = k < outgoing.Count ? outgoing[k] : null;
            if (!_isTensor[k])
            {
                if (grad is not null) throw new InvalidOperationException($"backward gave a gradient for argument {k} of forward, which is no tensor.");
                continue;
            }
            if (grad is not null)
            {
                nint handle = grad.Acquire();
                try
                {
                    Door.TensorAlias(handle, out inputGrads[input]).Check();
                }
                finally
                {
                    grad.Release();
                }
            }
            input++;
        }
    }

    private void Release() => context.Dispose();
}
