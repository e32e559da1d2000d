using SegLstm.Torch;

namespace TorchSharp;

public static partial class torch
{
    private static readonly Operator ArangeOperator = new("aten::arange", "start_step");
    private static readonly Operator LinspaceOperator = new("aten::linspace");
    private static readonly Operator LogspaceOperator = new("aten::logspace");
    private static readonly Operator EyeOperator = new("aten::eye", "m");
    private static readonly Operator EmptyStridedOperator = new("aten::empty_strided");

    /// <summary>The numbers from start up to, not including, stop.</summary>
    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        ScalarType type = dtype ?? (start.IsInteger && stop.IsInteger && step.IsInteger ? ScalarType.Int64 : get_default_dtype());
        return Made(ArangeOperator.Invoke(start, stop, step, type, Argument.None, device ?? get_default_device()), requires_grad, null);
    }

    /// <summary>The numbers from start up to, not including, stop, in steps of 1.</summary>
    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    /// <summary>The numbers from 0 up to, not including, stop, in steps of 1.</summary>
    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    /// <summary>Evenly spaced numbers from start to end, both included.</summary>
    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Made(LinspaceOperator.Invoke(start, end, steps, dtype ?? get_default_dtype(), Argument.None, device ?? get_default_device()), requires_grad, null);

    /// <summary>Numbers from base^start to base^end, evenly spaced in the exponent.</summary>
    public static Tensor logspace(double start, double end, long steps, double @base = 10, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Made(LogspaceOperator.Invoke(start, end, steps, @base, dtype ?? get_default_dtype(), Argument.None, device ?? get_default_device()), requires_grad, null);

    /// <summary>Ones on the diagonal, zeros elsewhere.</summary>
    public static Tensor eye(long rows, long columns = -1L, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Made(EyeOperator.Invoke(rows, columns < 0 ? rows : columns, dtype ?? get_default_dtype(), Argument.None, device ?? get_default_device()), requires_grad, names);

    /// <summary>A tensor of given sizes and strides whose elements are not set.</summary>
    public static Tensor empty_strided(long[] size, long[] strides, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Made(EmptyStridedOperator.Invoke(size, strides, dtype ?? get_default_dtype(), Argument.None, device ?? get_default_device()), requires_grad, names);
}
