using SegLstm.Torch;

namespace TorchSharp;

// Dimensions in another order.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The transpose of a matrix; shorter tensors are unchanged.</summary>
        public Tensor t() => t_op.Invoke(this);

        /// <summary>Two dimensions exchanged.</summary>
        public Tensor transpose(long dim0, long dim1) => transpose_int_op.Invoke(this, dim0, dim1);

        /// <summary>In place: two dimensions exchanged.</summary>
        public Tensor transpose_(long dim0, long dim1) { transpose_inplace_op.InvokeVoid(this, dim0, dim1); return this; }

        /// <summary>Two dimensions exchanged.</summary>
        public Tensor swapdims(long dim0, long dim1) => swapdims_op.Invoke(this, dim0, dim1);

        /// <summary>Two dimensions exchanged.</summary>
        public Tensor swapaxes(long dim0, long dim1) => swapdims(dim0, dim1);

        /// <summary>The dimensions in the given order.</summary>
        public Tensor permute(params long[] permutation) => permute_op.Invoke(this, permutation);

        /// <inheritdoc cref="permute(long[])"/>
        public Tensor permute(IEnumerable<long> permutation) => permute_op.Invoke(this, permutation.ToArray());

        /// <summary>Dimensions moved from <c>source</c> to <c>destination</c>, the others keeping their order.</summary>
        public Tensor movedim(long[] source, long[] destination) => movedim_intlist_op.Invoke(this, source, destination);

        /// <summary>Dimensions moved from <c>source</c> to <c>destination</c>, the others keeping their order.</summary>
        public Tensor moveaxis(long[] source, long[] destination) => movedim(source, destination);

        /// <summary>The conjugate transpose of the last two dimensions.</summary>
        public Tensor adjoint() => adjoint_op.Invoke(this);

        /// <summary>The order reversed along the given dimensions.</summary>
        public Tensor flip(params long[] dims) => flip_op.Invoke(this, dims);

        /// <summary>Columns in reverse order.</summary>
        public Tensor fliplr() => fliplr_op.Invoke(this);

        /// <summary>Rows in reverse order.</summary>
        public Tensor flipud() => flipud_op.Invoke(this);

        /// <summary>Rotated by 90 degrees <c>k</c> times in the plane of <c>dims</c> (default the first two).</summary>
        public Tensor rot90(long k = 1, (long, long)? dims = null)
            => rot90_op.Invoke(this, k, dims is { } plane ? (long[])[plane.Item1, plane.Item2] : Argument.Default);

        /// <summary>Elements shifted along the given dimensions, those that fall off coming in again.</summary>
        public Tensor roll(long shifts, long? dims = null) => roll_op.Invoke(this, shifts, dims is { } dim ? dim : Argument.Default);

        /// <inheritdoc cref="roll(long, long?)"/>
        public Tensor roll((long, long) shifts, (long, long) dims)
            => roll_op.Invoke(this, (long[])[shifts.Item1, shifts.Item2], (long[])[dims.Item1, dims.Item2]);

        /// <inheritdoc cref="roll(long, long?)"/>
        public Tensor roll(long[] shifts, long[] dims) => roll_op.Invoke(this, shifts, dims);

        /// <inheritdoc cref="roll(long, long?)"/>
        public Tensor roll(long[] shifts) => roll_op.Invoke(this, shifts, 0);

        /// <inheritdoc cref="roll(long, long?)"/>
        public Tensor roll((long, long, long) shifts, (long, long, long) dims)
            => roll([shifts.Item1, shifts.Item2, shifts.Item3], [dims.Item1, dims.Item2, dims.Item3]);

        /// <inheritdoc cref="roll(long, long?)"/>
        public Tensor roll(ReadOnlySpan<long> shifts, ReadOnlySpan<long> dims = default) => roll_op.Invoke(this, shifts.ToArray(), dims.ToArray());

        private static readonly Operator
            adjoint_op = new("aten::adjoint"),
            flip_op = new("aten::flip"),
            fliplr_op = new("aten::fliplr"),
            flipud_op = new("aten::flipud"),
            movedim_intlist_op = new("aten::movedim", "intlist"),
            permute_op = new("aten::permute"),
            roll_op = new("aten::roll"),
            rot90_op = new("aten::rot90"),
            swapdims_op = new("aten::swapdims"),
            t_op = new("aten::t"),
            transpose_inplace_op = new("aten::transpose_"),
            transpose_int_op = new("aten::transpose", "int");
    }

    /// <inheritdoc cref="Tensor.t()"/>
    public static Tensor t(Tensor input) => input.t();

    /// <inheritdoc cref="Tensor.transpose(long, long)"/>
    public static Tensor transpose(Tensor input, long dim0, long dim1) => input.transpose(dim0, dim1);

    /// <inheritdoc cref="Tensor.swapdims(long, long)"/>
    public static Tensor swapdims(Tensor input, long dim0, long dim1) => input.swapdims(dim0, dim1);

    /// <inheritdoc cref="Tensor.swapaxes(long, long)"/>
    public static Tensor swapaxes(Tensor input, long axis0, long axis1) => input.swapaxes(axis0, axis1);

    /// <inheritdoc cref="Tensor.permute(long[])"/>
    public static Tensor permute(Tensor input, params long[] permutation) => input.permute(permutation);

    /// <inheritdoc cref="Tensor.movedim(long[], long[])"/>
    public static Tensor movedim(Tensor input, long source, long destination) => movedim_int_op.Invoke(input, source, destination);

    /// <inheritdoc cref="Tensor.movedim(long[], long[])"/>
    public static Tensor movedim(Tensor input, long[] source, long[] destination) => input.movedim(source, destination);

    /// <inheritdoc cref="Tensor.moveaxis(long[], long[])"/>
    public static Tensor moveaxis(Tensor input, long source, long destination) => movedim(input, source, destination);

    /// <inheritdoc cref="Tensor.moveaxis(long[], long[])"/>
    public static Tensor moveaxis(Tensor input, (long, long) source, (long, long) destination)
        => input.movedim([source.Item1, source.Item2], [destination.Item1, destination.Item2]);

    /// <inheritdoc cref="Tensor.moveaxis(long[], long[])"/>
    public static Tensor moveaxis(Tensor input, (long, long, long) source, (long, long, long) destination) => input.movedim(
        [source.Item1, source.Item2, source.Item3], [destination.Item1, destination.Item2, destination.Item3]);

    /// <inheritdoc cref="Tensor.moveaxis(long[], long[])"/>
    public static Tensor moveaxis(Tensor input, (long, long, long, long) source, (long, long, long, long) destination) => input.movedim(
        [source.Item1, source.Item2, source.Item3, source.Item4],
        [destination.Item1, destination.Item2, destination.Item3, destination.Item4]);

    /// <inheritdoc cref="Tensor.moveaxis(long[], long[])"/>
    public static Tensor moveaxis(Tensor input, long[] source, long[] destination) => input.moveaxis(source, destination);

    /// <inheritdoc cref="Tensor.adjoint()"/>
    public static Tensor adjoint(Tensor input) => input.adjoint();

    /// <inheritdoc cref="Tensor.flip(long[])"/>
    public static Tensor flip(Tensor input, params long[] dims) => input.flip(dims);

    /// <inheritdoc cref="Tensor.fliplr()"/>
    public static Tensor fliplr(Tensor input) => input.fliplr();

    /// <inheritdoc cref="Tensor.flipud()"/>
    public static Tensor flipud(Tensor input) => input.flipud();

    /// <inheritdoc cref="Tensor.rot90(long, ValueTuple{long, long}?)"/>
    public static Tensor rot90(Tensor input, long k = 1, (long, long)? dims = null) => input.rot90(k, dims);

    /// <inheritdoc cref="Tensor.roll(long, long?)"/>
    public static Tensor roll(Tensor input, long shifts, long? dims = null) => input.roll(shifts, dims);

    /// <inheritdoc cref="Tensor.roll(ValueTuple{long, long}, ValueTuple{long, long})"/>
    public static Tensor roll(Tensor input, (long, long) shifts, (long, long) dims) => input.roll(shifts, dims);

    /// <inheritdoc cref="Tensor.roll(ValueTuple{long, long, long}, ValueTuple{long, long, long})"/>
    public static Tensor roll(Tensor input, (long, long, long) shifts, (long, long, long) dims) => input.roll(shifts, dims);

    /// <inheritdoc cref="Tensor.roll(long[], long[])"/>
    public static Tensor roll(Tensor input, long[] shifts, long[] dims) => input.roll(shifts, dims);

    /// <inheritdoc cref="Tensor.roll(long[])"/>
    public static Tensor roll(Tensor input, long[] shifts) => input.roll(shifts);

    /// <inheritdoc cref="Tensor.roll(ReadOnlySpan{long}, ReadOnlySpan{long})"/>
    public static Tensor roll(Tensor input, ReadOnlySpan<long> shifts, ReadOnlySpan<long> dims = default) => input.roll(shifts, dims);

    private static readonly Operator
        movedim_int_op = new("aten::movedim", "int");
}
