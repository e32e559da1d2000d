using System.Globalization;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Writes a tensor as PyTorch does: <c>tensor([[1., 2.], [3., 4.]])</c>.</summary>
internal static class TensorPrinter
{
    private const string Prefix = "tensor(";

    internal static string Print(Tensor tensor, PrintOptions options)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable untracked = no_grad();
        ScalarType type = tensor.dtype, usual = get_default_dtype();
        bool isUsual = type == usual || type is ScalarType.Int64 or ScalarType.Bool
            || type == (usual == ScalarType.Float64 ? ScalarType.ComplexFloat64 : ScalarType.ComplexFloat32);

        var suffixes = new List<string>();
        if (!tensor.is_cpu()) suffixes.Add($"device='{tensor.device}'");
        string body;
        if (tensor.is_meta)
        {
            suffixes.Add("size=" + Tuple(tensor.shape));
            if (type != usual) suffixes.Add("dtype=" + Name(type));
            body = "...";
        }
        else if (tensor.numel() == 0)
        {
            if (tensor.Dimensions != 1) suffixes.Add("size=" + Tuple(tensor.shape));
            if (type != usual) suffixes.Add("dtype=" + Name(type));
            body = "[]";
        }
        else
        {
            if (!isUsual) suffixes.Add("dtype=" + Name(type));
            Tensor dense = tensor.is_sparse ? tensor.to_dense() : tensor;
            body = Elements(dense.detach(), options);
            if (tensor.is_sparse) suffixes.Add("layout=torch.sparse_coo");
        }
        if (tensor.GradFunctionName is { } function) suffixes.Add($"grad_fn=<{function}>");
        else if (tensor.requires_grad) suffixes.Add("requires_grad=True");
        return WithSuffixes(Prefix + body, suffixes, options) + ")";
    }

    /// <summary>PyTorch's name of an element type: <c>torch.float32</c>.</summary>
    internal static string Name(ScalarType type) => "torch." + type switch
    {
        ScalarType.Byte => "uint8",
        ScalarType.ComplexFloat32 => "complex64",
        ScalarType.ComplexFloat64 => "complex128",
        _ => type.ToString().ToLowerInvariant(),
    };

    private static string Elements(Tensor tensor, PrintOptions options)
    {
        bool summarize = tensor.numel() > options.Threshold;
        Tensor shown = summarize ? Ends(tensor, options) : tensor;
        string[] cells = Cells(shown.cpu(), options, out int width);
        int next = 0;
        return Write(0, Prefix.Length);

        string Write(int dim, int indent)
        {
            if (dim == shown.Dimensions) return cells[next++];
            bool last = dim == shown.Dimensions - 1;
            int count = (int)shown.shape[dim];
            var items = new List<string>(count + 1);
            for (int k = 0; k < count; k++)
            {
                if (count < tensor.shape[dim] && k == (count + 1) / 2) items.Add(last ? " ..." : "...");
                items.Add(Write(dim + 1, indent + 1));
            }
            if (count == 0) items.Add(last ? " ..." : "...");
            string pad = new(' ', indent + 1);
            if (!last) return $"[{string.Join("," + string.Concat(Enumerable.Repeat(options.NewLine, (int)shown.Dimensions - 1 - dim)) + pad, items)}]";
            int perLine = Math.Max(1, (options.LineWidth - indent) / (width + 2));
            return $"[{string.Join("," + options.NewLine + pad, items.Chunk(perLine).Select(line => string.Join(", ", line)))}]";
        }
    }

    // The ends of every long dimension: what a large tensor shows.
    private static Tensor Ends(Tensor tensor, PrintOptions options)
    {
        for (int dim = 0; dim < tensor.Dimensions; dim++)
        {
            long size = tensor.shape[dim];
            int most = dim == tensor.Dimensions - 1 ? options.MaxColumns : options.MaxRows;
            if (size <= most) continue;
            long[] kept = [.. Enumerable.Range(0, most).Select(k => k < (most + 1) / 2 ? k : size - most + k)];
            tensor = tensor.index_select(dim, torch.tensor(kept, device: tensor.device));
        }
        return tensor;
    }

    private static string[] Cells(Tensor tensor, PrintOptions options, out int width)
    {
        switch (tensor.dtype)
        {
            case ScalarType.Bool:
                width = tensor.all().item<bool>() ? 4 : 5;
                int common = width;
                return Array.ConvertAll(tensor.data<bool>().ToArray(), value => (value ? "True" : "False").PadLeft(common));
            case ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64:
                double[] parts = tensor.resolve_conj().view_as_real().to_type(ScalarType.Float64).data<double>().ToArray();
                double[] real = [.. parts.Where((_, k) => k % 2 == 0)], imaginary = [.. parts.Where((_, k) => k % 2 == 1)];
                NumberColumn first = new(real, options), second = new(imaginary, options);
                width = first.Width + second.Width + 1;
                return [.. real.Zip(imaginary, (re, im) => Complex(first.Format(re), second.Format(im)))];
            case ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64:
                double[] values = tensor.to_type(ScalarType.Float64).data<double>().ToArray();
                var column = new NumberColumn(values, options);
                width = column.Width;
                return Array.ConvertAll(values, column.Format);
            default:
                string[] numbers = Array.ConvertAll(
                    tensor.to_type(ScalarType.Int64).data<long>().ToArray(), value => value.ToString(CultureInfo.InvariantCulture));
                int widest = numbers.Max(text => text.Length);
                width = widest;
                return Array.ConvertAll(numbers, text => text.PadLeft(widest));
        }
    }

    private static string Complex(string real, string imaginary)
    {
        string trimmed = (imaginary + "j").TrimStart();
        return real + (trimmed[0] is '+' or '-' ? "" : "+") + trimmed;
    }

    private static string WithSuffixes(string body, List<string> suffixes, PrintOptions options)
    {
        int column = body.Length - body.LastIndexOf('\n') + 1;
        foreach (string suffix in suffixes)
        {
            bool wraps = column + suffix.Length + 2 > options.LineWidth;
            body += wraps ? "," + options.NewLine + new string(' ', Prefix.Length) + suffix : ", " + suffix;
            column = wraps ? Prefix.Length + suffix.Length : column + suffix.Length + 2;
        }
        return body;
    }

    private static string Tuple(long[] sizes) => sizes.Length == 1 ? $"({sizes[0]},)" : $"({string.Join(", ", sizes)})";
}
