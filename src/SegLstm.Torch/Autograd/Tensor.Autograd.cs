using SegLstm.Torch;
using SegLstm.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Whether gradients are recorded for the tensor.</summary>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">The element type has no gradients.</exception>
        public bool requires_grad
        {
            get => Info.RequiresGrad != 0;
            set => With(handle => Door.SetRequiresGrad(handle, value ? (byte)1 : (byte)0));
        }

        /// <summary>Whether the tensor was not made by a recorded operator.</summary>
        public bool is_leaf => Info.IsLeaf != 0;

        /// <summary>The gradient that backward has added up, null before the first.</summary>
        public Tensor? grad
        {
            get
            {
                DoorValue grad = default;
                With(handle => Door.Grad(handle, out grad));
                return Operator.ToTensor(grad);
            }

            set
            {
                nint grad = value?.Acquire() ?? nint.Zero;
                try
                {
                    With(handle => Door.SetGrad(handle, grad));
                }
                finally
                {
                    value?.Release();
                }
            }
        }

        /// <summary>Sets whether gradients are recorded for the tensor.</summary>
        /// <returns>This tensor.</returns>
        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <summary>Sets whether gradients are recorded for the tensor.</summary>
        /// <returns>This tensor.</returns>
        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>Keeps the gradient of a tensor that is no leaf.</summary>
        public void retain_grad() => With(Door.RetainGrad);

        /// <summary>Adds the gradients of this scalar to the <see cref="grad"/> of the leaves.</summary>
        public void backward() => autograd.backward(this);

        /// <summary>Adds the gradients of this tensor to the <see cref="grad"/> of the leaves.</summary>
        /// <inheritdoc cref="autograd.backward(IList{Tensor}, IList{Tensor}, bool?, bool, IList{Tensor})"/>
        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false,
            IList<Tensor>? inputs = null) => autograd.backward([this], grad_tensors, retain_graph || create_graph, create_graph, inputs);

        private void With(Func<nint, DoorStatus> call)
        {
            nint handle = Acquire();
            try
            {
                call(handle).Check();
            }
            finally
            {
                Release();
            }
        }
    }
}
