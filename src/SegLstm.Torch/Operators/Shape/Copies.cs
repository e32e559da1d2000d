using SegLstm.Torch;

namespace TorchSharp;

// Copies, contiguous memory and detached views.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>A copy with its own memory, tracked by autograd.</summary>
        public Tensor clone() => clone_op.Invoke(this);

        /// <summary>The tensor itself where its memory is in order, otherwise a copy.</summary>
        public Tensor contiguous() => contiguous_op.Invoke(this);

        /// <summary>Copies the elements of <c>source</c>, broadcast and converted, into this tensor.</summary>
        public Tensor copy_(Tensor source, bool nonBlocking = false) { copy_inplace_op.InvokeVoid(this, source, nonBlocking); return this; }

        /// <summary>A view of the same memory that autograd does not track.</summary>
        public Tensor detach() => detach_op.Invoke(this);

        /// <summary>Stops tracking this tensor: what it was computed from is forgotten.</summary>
        public Tensor detach_() { detach_inplace_op.InvokeVoid(this); return this; }

        /// <summary>Sets every element to <c>value</c>.</summary>
        public Tensor fill_(Scalar value) { fill_inplace_scalar_op.InvokeVoid(this, value); return this; }

        /// <summary>Sets every element to zero.</summary>
        public Tensor zero_() { zero_inplace_op.InvokeVoid(this); return this; }

        /// <summary>Makes this tensor share the storage of <c>source</c>.</summary>
        public Tensor set_(Tensor source) { set_inplace_source_tensor_op.InvokeVoid(this, source); return this; }

        /// <summary>A copy in page-locked memory, from which copies to a GPU are faster.</summary>
        public Tensor pin_memory() => pin_memory_op.Invoke(this);

        /// <summary>Whether the memory is page-locked.</summary>
        public bool is_pinned() => is_pinned_op.InvokeBool(this);

        /// <summary>A dense copy of a sparse tensor.</summary>
        public Tensor to_dense() => to_dense_op.Invoke(this);

        /// <summary>Channels of (N, C, …) interleaved between <c>groups</c>.</summary>
        public Tensor channel_shuffle(long groups) => channel_shuffle_op.Invoke(this, groups);

        private static readonly Operator
            channel_shuffle_op = new("aten::channel_shuffle"),
            clone_op = new("aten::clone"),
            contiguous_op = new("aten::contiguous"),
            copy_inplace_op = new("aten::copy_"),
            detach_inplace_op = new("aten::detach_"),
            detach_op = new("aten::detach"),
            fill_inplace_scalar_op = new("aten::fill_", "Scalar"),
            is_pinned_op = new("aten::is_pinned"),
            pin_memory_op = new("aten::pin_memory"),
            set_inplace_source_tensor_op = new("aten::set_", "source_Tensor"),
            to_dense_op = new("aten::to_dense"),
            zero_inplace_op = new("aten::zero_");
    }

    /// <inheritdoc cref="Tensor.clone()"/>
    public static Tensor clone(Tensor input) => input.clone();
}
