using SegLstm.Torch;

namespace TorchSharp;

// Repeated elements.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Copies of the whole tensor side by side, so many along each dimension.</summary>
        public Tensor repeat(params long[] sizes) => repeat_op.Invoke(this, sizes);

        /// <summary>Each element repeated in place, along <c>dim</c> or flattened.</summary>
        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null)
            => repeat_interleave_self_tensor_op.Invoke(this, repeats, dim, output_size);

        /// <inheritdoc cref="repeat_interleave(Tensor, long?, long?)"/>
        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null)
            => repeat_interleave_self_int_op.Invoke(this, repeats, dim, output_size);

        /// <summary>Like repeat, with missing leading repetitions taken as 1.</summary>
        public Tensor tile(long[] reps) => tile_op.Invoke(this, reps);

        private static readonly Operator
            repeat_interleave_self_int_op = new("aten::repeat_interleave", "self_int"),
            repeat_interleave_self_tensor_op = new("aten::repeat_interleave", "self_Tensor"),
            repeat_op = new("aten::repeat"),
            tile_op = new("aten::tile");
    }

    /// <inheritdoc cref="Tensor.repeat_interleave(long, long?, long?)"/>
    public static Tensor repeat_interleave(Tensor input, long repeats, long? dim = null, long? output_size = null)
        => input.repeat_interleave(repeats, dim, output_size);

    /// <inheritdoc cref="Tensor.repeat_interleave(Tensor, long?, long?)"/>
    public static Tensor repeat_interleave(Tensor input, Tensor repeats, long? dim = null, long? output_size = null)
        => input.repeat_interleave(repeats, dim, output_size);

    /// <inheritdoc cref="Tensor.tile(long[])"/>
    public static Tensor tile(Tensor input, long[] dims) => input.tile(dims);
}
