using System.Globalization;
using System.Runtime.InteropServices;
using SegLstm.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The tensor as PyTorch prints it, or in the style that <see cref="torch.TensorStringStyle"/> names.</summary>
        /// <remarks>A disposed tensor says so: printing it is no error.</remarks>
        public override string ToString() => IsInvalid ? "tensor(disposed)" : ToString(TensorStringStyle.Default);

        /// <summary>The tensor in the style that <see cref="torch.TensorStringStyle"/> names, or only its metadata.</summary>
        public string ToString(bool disamb, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null) =>
            ToString(disamb ? TensorStringStyle.Default : TensorStringStyle.Metadata, fltFormat, width, cultureInfo, newLine);

        /// <summary>The tensor as text.</summary>
        /// <param name="style">The style.</param>
        /// <param name="fltFormat">A .NET format for floating-point numbers, in the styles that are not PyTorch's.</param>
        /// <param name="width">Characters of a line.</param>
        /// <param name="cultureInfo">How numbers are written, in the styles that are not PyTorch's (default: invariant).</param>
        /// <param name="newLine">What ends a line.</param>
        public string ToString(
            TensorStringStyle style, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null)
        {
            PrintOptions options = printOptions with
            {
                FloatFormat = fltFormat ?? printOptions.FloatFormat,
                LineWidth = width ?? printOptions.LineWidth,
                NewLine = newLine ?? printOptions.NewLine,
            };
            if (style == TensorStringStyle.Default) style = options.Style;
            if (is_meta && style != TensorStringStyle.Default) style = TensorStringStyle.Metadata;
            var styled = new StyledPrinter(this, options, cultureInfo ?? CultureInfo.InvariantCulture);
            return style switch
            {
                TensorStringStyle.Metadata => styled.Metadata(),
                TensorStringStyle.Julia => styled.Julia(),
                TensorStringStyle.Numpy => styled.Numpy(),
                TensorStringStyle.CSharp => styled.CSharp(),
                TensorStringStyle.Default => TensorPrinter.Print(this, options),
                _ => throw new ArgumentOutOfRangeException(nameof(style), style, "expected a style of TensorStringStyle"),
            };
        }

        /// <summary>The name of the function that made the tensor, such as <c>AddBackward0</c>; null for a leaf.</summary>
        internal unsafe string? GradFunctionName
        {
            get
            {
                nint handle = Acquire();
                try
                {
                    Door.GradFunction(handle, out byte* name).Check();
                    if (name is null) return null;
                    string text = Marshal.PtrToStringUTF8((nint)name)!;
                    Door.Free(name);
                    return text[(text.LastIndexOf(':') + 1)..];
                }
                finally
                {
                    Release();
                }
            }
        }
    }
}
