using SegLstm.Torch;

namespace TorchSharp;

// Window functions: weights that fade towards the ends.
public static partial class torch
{
    /// <summary>The triangular window of <paramref name="len"/> points; periodic, or symmetric.</summary>
    public static Tensor bartlett_window(
        long len, bool periodic = true, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Made(
        bartlett_window_op.Invoke(len, periodic, dtype ?? get_default_dtype(), Argument.None, device ?? get_default_device()), requires_grad, null);

    /// <summary>The Blackman window of <paramref name="len"/> points; periodic, or symmetric.</summary>
    public static Tensor blackman_window(
        long len, bool periodic = true, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Made(
        blackman_window_op.Invoke(len, periodic, dtype ?? get_default_dtype(), Argument.None, device ?? get_default_device()), requires_grad, null);

    /// <summary>The raised-cosine window of <paramref name="len"/> points; periodic, or symmetric.</summary>
    public static Tensor hann_window(
        long len, bool periodic = true, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Made(
        hann_window_op.Invoke(len, periodic, dtype ?? get_default_dtype(), Argument.None, device ?? get_default_device()), requires_grad, null);

    /// <summary>The Hamming window: alpha - beta cos of <paramref name="len"/> points; periodic, or symmetric.</summary>
    public static Tensor hamming_window(
        long len, bool periodic = true, float alpha = 0.54f, float beta = 0.46f, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Made(
        hamming_window_op.Invoke(len, periodic, alpha, beta, dtype ?? get_default_dtype(), Argument.None, device ?? get_default_device()), requires_grad, null);

    /// <summary>The Kaiser window of <paramref name="len"/> points; periodic, or symmetric.</summary>
    public static Tensor kaiser_window(
        long len, bool periodic = true, float beta = 12f, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Made(
        kaiser_window_op.Invoke(len, periodic, beta, dtype ?? get_default_dtype(), Argument.None, device ?? get_default_device()), requires_grad, null);

    private static readonly Operator
        bartlett_window_op = new("aten::bartlett_window", "periodic"),
        blackman_window_op = new("aten::blackman_window", "periodic"),
        hamming_window_op = new("aten::hamming_window", "periodic_alpha_beta"),
        hann_window_op = new("aten::hann_window", "periodic"),
        kaiser_window_op = new("aten::kaiser_window", "beta");
}
