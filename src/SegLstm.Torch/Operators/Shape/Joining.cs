using SegLstm.Torch;

namespace TorchSharp;

// Tensors joined.
public static partial class torch
{
    /// <summary>Tensors joined along an existing dimension.</summary>
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => cat_op.Invoke(tensors.ToArray(), dim);

    /// <inheritdoc cref="cat(IList{Tensor}, long)"/>
    public static Tensor cat(Tensor[] tensors, long dim = 0) => cat_op.Invoke(tensors, dim);

    /// <inheritdoc cref="cat(IList{Tensor}, long)"/>
    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => cat_op.Invoke(tensors.ToArray(), dim);

    /// <summary>Tensors joined along an existing dimension.</summary>
    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    /// <inheritdoc cref="concat(IList{Tensor}, long)"/>
    public static Tensor concat(Tensor[] tensors, long dim = 0) => cat(tensors, dim);

    /// <inheritdoc cref="concat(IList{Tensor}, long)"/>
    public static Tensor concat(ReadOnlySpan<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    /// <summary>Tensors joined along an existing dimension.</summary>
    public static Tensor concatenate(IList<Tensor> tensors, long axis = 0) => cat(tensors, axis);

    /// <inheritdoc cref="concatenate(IList{Tensor}, long)"/>
    public static Tensor concatenate(Tensor[] tensors, long axis = 0) => cat(tensors, axis);

    /// <inheritdoc cref="concatenate(IList{Tensor}, long)"/>
    public static Tensor concatenate(ReadOnlySpan<Tensor> tensors, long axis = 0) => cat(tensors, axis);

    /// <summary>Tensors joined along a new dimension.</summary>
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => stack_op.Invoke(tensors.ToArray(), dim);

    /// <summary>Tensors joined side by side (along the second dimension; vectors along the first).</summary>
    public static Tensor hstack(IList<Tensor> tensors) => hstack_op.Invoke(tensors.ToArray());

    /// <inheritdoc cref="hstack(IList{Tensor})"/>
    public static Tensor hstack(params Tensor[] tensors) => hstack_op.Invoke(tensors);

    /// <inheritdoc cref="hstack(IList{Tensor})"/>
    public static Tensor hstack(IEnumerable<Tensor> tensors) => hstack_op.Invoke(tensors.ToArray());

    /// <inheritdoc cref="hstack(IList{Tensor})"/>
    public static Tensor hstack(ReadOnlySpan<Tensor> tensors) => hstack_op.Invoke(tensors.ToArray());

    /// <summary>Tensors joined on top of each other, vectors as rows.</summary>
    public static Tensor vstack(IList<Tensor> tensors) => vstack_op.Invoke(tensors.ToArray());

    /// <inheritdoc cref="vstack(IList{Tensor})"/>
    public static Tensor vstack(Tensor[] tensors) => vstack_op.Invoke(tensors);

    /// <inheritdoc cref="vstack(IList{Tensor})"/>
    public static Tensor vstack(ReadOnlySpan<Tensor> tensors) => vstack_op.Invoke(tensors.ToArray());

    /// <summary>Tensors joined on top of each other, vectors as rows.</summary>
    public static Tensor row_stack(IList<Tensor> tensors) => vstack(tensors);

    /// <inheritdoc cref="row_stack(IList{Tensor})"/>
    public static Tensor row_stack(params Tensor[] tensors) => vstack(tensors);

    /// <inheritdoc cref="row_stack(IList{Tensor})"/>
    public static Tensor row_stack(ReadOnlySpan<Tensor> tensors) => vstack(tensors);

    /// <summary>Tensors joined along the third dimension.</summary>
    public static Tensor dstack(params Tensor[] tensors) => dstack_op.Invoke(tensors);

    /// <inheritdoc cref="dstack(Tensor[])"/>
    public static Tensor dstack(IList<Tensor> tensors) => dstack_op.Invoke(tensors.ToArray());

    /// <inheritdoc cref="dstack(Tensor[])"/>
    public static Tensor dstack(ReadOnlySpan<Tensor> tensors) => dstack_op.Invoke(tensors.ToArray());

    /// <inheritdoc cref="dstack(Tensor[])"/>
    public static Tensor dstack(IEnumerable<Tensor> tensors) => dstack_op.Invoke(tensors.ToArray());

    /// <summary>Vectors joined as columns.</summary>
    public static Tensor column_stack(IList<Tensor> tensors) => column_stack_op.Invoke(tensors.ToArray());

    /// <inheritdoc cref="column_stack(IList{Tensor})"/>
    public static Tensor column_stack(params Tensor[] tensors) => column_stack_op.Invoke(tensors);

    /// <inheritdoc cref="column_stack(IList{Tensor})"/>
    public static Tensor column_stack(ReadOnlySpan<Tensor> tensors) => column_stack_op.Invoke(tensors.ToArray());

    /// <summary>A block-diagonal matrix of the given matrices.</summary>
    public static Tensor block_diag(params Tensor[] tensors) => block_diag_op.Invoke(tensors);

    /// <summary>Coordinate grids of vectors; <c>indexing</c> is "ij" (matrix) or "xy" (image).</summary>
    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij")
        => meshgrid_indexing_op.InvokeList(tensors.ToArray(), indexing);

    /// <summary>All combinations of one element from each vector, one a row.</summary>
    public static Tensor cartesian_prod(IList<Tensor> tensors) => cartesian_prod_op.Invoke(tensors.ToArray());

    /// <inheritdoc cref="cartesian_prod(IList{Tensor})"/>
    public static Tensor cartesian_prod(params Tensor[] tensors) => cartesian_prod_op.Invoke(tensors);

    /// <inheritdoc cref="cartesian_prod(IList{Tensor})"/>
    public static Tensor cartesian_prod(ReadOnlySpan<Tensor> tensors) => cartesian_prod_op.Invoke(tensors.ToArray());

    /// <summary>All combinations of <c>r</c> elements of a vector, one a row.</summary>
    public static Tensor combinations(Tensor input, int r = 2, bool with_replacement = false) => combinations_op.Invoke(input, r, with_replacement);

    /// <summary>The tensors expanded to their common shape.</summary>
    public static IList<Tensor> broadcast_tensors(params Tensor[] tensors) => broadcast_tensors_op.InvokeList(tensors);

    private static readonly Operator
        block_diag_op = new("aten::block_diag"),
        broadcast_tensors_op = new("aten::broadcast_tensors"),
        cartesian_prod_op = new("aten::cartesian_prod"),
        cat_op = new("aten::cat"),
        column_stack_op = new("aten::column_stack"),
        combinations_op = new("aten::combinations"),
        dstack_op = new("aten::dstack"),
        hstack_op = new("aten::hstack"),
        meshgrid_indexing_op = new("aten::meshgrid", "indexing"),
        stack_op = new("aten::stack"),
        vstack_op = new("aten::vstack");
}
