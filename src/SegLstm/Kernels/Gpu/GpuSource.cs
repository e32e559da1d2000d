namespace SegLstm.Kernels.Gpu;

/// <summary>A file of kernels, written once for OpenCL and CUDA, that is embedded in the assembly.</summary>
/// <param name="Name">The file's name without its extension.</param>
internal sealed record GpuSource(string Name)
{
    /// <summary>The selective scan.</summary>
    public static readonly GpuSource SelectiveScan = new("selective_scan");

    /// <summary>The mLSTM.</summary>
    public static readonly GpuSource Mlstm = new("mlstm");

    /// <summary>Depthwise convolutions.</summary>
    public static readonly GpuSource DepthwiseConv = new("depthwise_conv");

    /// <summary>The norm of heads.</summary>
    public static readonly GpuSource HeadNorm = new("head_norm");

    /// <summary>Sums of what groups of tokens gave.</summary>
    public static readonly GpuSource Sums = new("sums");

    /// <summary>All files.</summary>
    public static IReadOnlyList<GpuSource> All { get; } = [SelectiveScan, Mlstm, DepthwiseConv, HeadNorm, Sums];

    /// <summary>The file as OpenCL C, behind the dialect.</summary>
    public string OpenCl { get; } = Text("dialect.h") + Text($"{Name}.cl");

    internal static string Text(string file) => TryText(file)
        ?? throw new InvalidOperationException($"Expected {file} embedded in SegLstm.dll, found none: build src/SegLstm again.");

    internal static string? TryText(string file)
    {
        using var stream = typeof(GpuSource).Assembly.GetManifestResourceStream($"Gpu/{file}");
        return stream is null ? null : new StreamReader(stream).ReadToEnd();
    }
}
