using SegLstm.Torch;
using SegLstm.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Gradients.</summary>
    public static partial class autograd
    {
        /// <summary>The gradients of outputs with respect to inputs, without touching <see cref="Tensor.grad"/>.</summary>
        /// <param name="outputs">What is differentiated.</param>
        /// <param name="inputs">What it is differentiated by.</param>
        /// <param name="grad_outputs">The gradients of the outputs; none where they are scalars.</param>
        /// <param name="retain_graph">Keep the graph for another backward.</param>
        /// <param name="create_graph">Record the gradients, for gradients of gradients.</param>
        /// <param name="allow_unused">Give null, not an error, for an input that the outputs do not depend on.</param>
        public static unsafe IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null,
            bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            using var outs = new TensorPins(outputs);
            using var ins = new TensorPins(inputs);
            using var grads = new TensorPins(grad_outputs);
            var results = new DoorValue[inputs.Count];
            fixed (nint* o = outs.Handles, i = ins.Handles, g = grads.Handles)
            fixed (DoorValue* r = results)
            {
                byte retain = retain_graph ? (byte)1 : (byte)2;
                Door.Gradients(o, outs.Handles.Length, i, ins.Handles.Length, g, grads.Handles.Length, retain, Byte(create_graph),
                    Byte(allow_unused), r).Check();
            }
            return results.Select(value => Operator.ToTensor(value)!).ToList();
        }

        /// <summary>Adds the gradients of tensors to the <see cref="Tensor.grad"/> of the leaves.</summary>
        /// <param name="tensors">What is differentiated.</param>
        /// <param name="grad_tensors">Their gradients; none where they are scalars.</param>
        /// <param name="retain_graph">Keep the graph for another backward; as <paramref name="create_graph"/> if null.</param>
        /// <param name="create_graph">Record the gradients, for gradients of gradients.</param>
        /// <param name="inputs">The leaves to add to; all if null.</param>
        public static unsafe void backward(IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null,
            bool create_graph = false, IList<Tensor>? inputs = null)
        {
            using var roots = new TensorPins(tensors);
            using var grads = new TensorPins(grad_tensors);
            using var leaves = new TensorPins(inputs);
            byte retain = retain_graph is { } given ? Byte(given) : (byte)2;
            fixed (nint* t = roots.Handles, g = grads.Handles, l = leaves.Handles)
            {
                Door.Backward(t, roots.Handles.Length, g, grads.Handles.Length, retain, Byte(create_graph), l, leaves.Handles.Length).Check();
            }
        }

        /// <summary>Adds the gradients of a tensor to the <see cref="Tensor.grad"/> of the leaves.</summary>
        /// <inheritdoc cref="backward(IList{Tensor}, IList{Tensor}, bool?, bool, IList{Tensor})"/>
        public static void backward(Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null) => backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        private static byte Byte(bool value) => value ? (byte)1 : (byte)0;
    }
}
