using System.Globalization;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>The styles of a printed tensor that are not PyTorch's: metadata, Julia's, NumPy's and C#'s.</summary>
internal sealed class StyledPrinter(Tensor tensor, PrintOptions options, CultureInfo culture)
{
    /// <summary>Shape, element type and device: <c>[2x3], type = Float32, device = cpu</c>.</summary>
    internal string Metadata() => $"[{string.Join("x", tensor.shape)}], type = {tensor.dtype}, device = {tensor.device}";

    /// <summary>Nested brackets; the ends only of long dimensions.</summary>
    internal string Numpy()
    {
        return Nested(tensor, 0);

        string Nested(Tensor part, int depth)
        {
            if (part.Dimensions == 0) return Number(part);
            bool row = part.Dimensions == 1;
            string between = row ? ", " : string.Concat(Enumerable.Repeat(options.NewLine, (int)part.Dimensions - 1)) + new string(' ', depth + 1);
            return $"[{Join(part, between, row ? "... " : " ..." + between, inner => Nested(inner, depth + 1))}]";
        }
    }

    /// <summary>Metadata and an array initialiser.</summary>
    internal string CSharp()
    {
        if (tensor.Dimensions == 0) return $"{Metadata()}, value = {Number(tensor)}";
        string suffix = tensor.dtype switch { ScalarType.Int64 => "L", ScalarType.Float32 => "f", _ => "" };
        string type = $"{Keyword(tensor.dtype)} [{new string(',', (int)tensor.Dimensions - 1)}] ";
        if (tensor.Dimensions == 1) return $"{Metadata()}, value = {type}{Nested(tensor, 0)}";
        string inner = Join(tensor, "," + options.NewLine + " ", " ..." + options.NewLine + " ", part => Nested(part, 1));
        return $"{Metadata()}, value = {options.NewLine}{type}{{{options.NewLine} {inner}{options.NewLine}}}";

        string Nested(Tensor part, int depth)
        {
            if (part.Dimensions == 0) return Number(part) + suffix;
            string between = part.Dimensions == 1 ? ", " : "," + options.NewLine + new string(' ', depth + 1);
            return $"{{{Join(part, between, part.Dimensions == 1 ? "... " : " ..." + between[1..], inner => Nested(inner, depth + 1))}}}";
        }
    }

    /// <summary>Metadata, then matrices in aligned columns, each under its position; rows are cut at the line's width.</summary>
    internal string Julia()
    {
        if (tensor.Dimensions == 0) return $"{Metadata()}, value = {Number(tensor)}";
        if (tensor.Dimensions == 1) return Metadata() + options.NewLine + Rows(tensor.unsqueeze(0));
        if (tensor.Dimensions == 2) return Metadata() + options.NewLine + Rows(tensor);
        string text = Metadata();
        long[] outer = tensor.shape[..^2];
        long count = outer.Aggregate(1L, (product, size) => product * size);
        for (long k = 0; k < count; k++)
        {
            long rest = k;
            var position = new long[outer.Length];
            for (int dim = outer.Length - 1; dim >= 0; rest /= outer[dim--]) position[dim] = rest % outer[dim];
            using Tensor matrix = tensor[position];
            text += $"{options.NewLine}[{string.Join(",", position)},..,..] ={options.NewLine}{Rows(matrix)}";
        }
        return text;
    }

    private string Rows(Tensor matrix)
    {
        string[][] rows = [.. matrix.unbind().Select(row => row.unbind().Select(Number).ToArray())];
        var widths = new List<int>();
        int left = options.LineWidth;
        for (int column = 0; column < matrix.shape[1]; column++)
        {
            int width = rows.Length == 0 ? 0 : rows.Max(row => row[column].Length);
            if (left - width - 4 < 0) break;
            widths.Add(width);
            left -= width + 1;
        }
        string cut = widths.Count < matrix.shape[1] ? " ..." : "";
        return string.Concat(rows.Select(row => string.Concat(widths.Select((width, k) => " " + row[k].PadLeft(width))) + cut + options.NewLine));
    }

    // The parts along the first dimension; of a long one, the first and the last few.
    private string Join(Tensor part, string between, string gap, Func<Tensor, string> write)
    {
        long size = part.shape[0];
        int most = part.Dimensions == 1 ? options.MaxColumns : options.MaxRows;
        long leading = size <= most ? size : most - (most / 2), trailing = size <= most ? 0 : most / 2;
        IEnumerable<string> Written(long from, long to)
        {
            for (long k = from; k < to; k++)
            {
                using Tensor inner = part[k];
                yield return write(inner);
            }
        }

        string head = string.Join(between, Written(0, leading));
        return trailing == 0 ? head : head + between + gap + string.Join(between, Written(size - trailing, size));
    }

    private string Number(Tensor element)
    {
        if (element.dtype == ScalarType.Bool) return element.ToBoolean() ? "True" : "False";
        string format = options.FloatFormat ?? "g5";
        if (torch.is_integral(element.dtype)) return element.ToInt64().ToString(culture);
        if (!torch.is_complex(element.dtype)) return element.dtype == ScalarType.Float64
            ? element.ToDouble().ToString(format, culture) : element.ToSingle().ToString(format, culture);
        System.Numerics.Complex value = element.ToComplexFloat64();
        string sign = value.Imaginary < 0 ? "-" : "+";
        return $"{value.Real.ToString(format, culture)}{sign}{Math.Abs(value.Imaginary).ToString(format, culture)}i";
    }

    private static string Keyword(ScalarType type) => type switch
    {
        ScalarType.Byte => "byte",
        ScalarType.Int8 => "sbyte",
        ScalarType.Int16 => "short",
        ScalarType.Int32 => "int",
        ScalarType.Int64 => "long",
        ScalarType.Float32 => "float",
        ScalarType.Float64 => "double",
        ScalarType.Bool => "bool",
        ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64 => "Complex",
        _ => "Half",
    };
}
