using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels;

/// <summary>All kernels and their forms.</summary>
public static class KernelCatalog
{
    private const string Floats = "float32/64";
    private const string Float = "float32";

    // The same sources are compiled for CUDA (GpuKernels.Cuda); no model calls either yet.
    private const string OnGpus = "in tests only";
    private const string Libtorch = "libtorch's";

    /// <summary>The forms, family by family. A new form is a line here.</summary>
    public static IReadOnlyList<KernelForm> Forms { get; } =
    [
        new("selective_scan", "reference", "any", Floats, Libtorch, "off the CPU, on request; the oracle",
            "SelectiveScanTests, goldens/selective_scan"),
        new("selective_scan", "portable", "CPU", Floats, OwnVectors, "by default",
            "SelectiveScanTests, SelectiveScanGoldenTests, InstructionSetTests, goldens/selective_scan"),
        new("selective_scan", "opencl", "OpenCL", Float, "", OnGpus, "GpuScanTests"),
        new("selective_scan", "step", "any", Floats, Libtorch, "for streams", "SelectiveScanStepTests"),
        new("cross_scan", "reference", "any", Floats, Libtorch, "off the CPU, on request; the oracle", "CrossSelectiveScanTests"),
        new("cross_scan", "portable", "CPU", Floats, OwnVectors, "by default",
            "CrossSelectiveScanTests, InstructionSetTests, goldens/vmamba"),
        new("mlstm", "parallel", "any", Floats, Libtorch, "on request; the oracle", "MlstmFormsTests, goldens/mlstm"),
        new("mlstm", "parallel_stable", "any", Floats, Libtorch, "on request", "MlstmFormsTests, goldens/mlstm"),
        new("mlstm", "chunkwise", "any", Floats, Libtorch, "on request", "MlstmFormsTests, goldens/mlstm"),
        new("mlstm", "recurrent", "any", Floats, Libtorch, "on request; for streams", "MlstmFormsTests, goldens/mlstm"),
        new("mlstm", "sequence", "any", Floats, Libtorch, "off the CPU, on request", "MlstmFormsTests"),
        new("mlstm", "portable", "CPU", Floats, OwnVectors, "by default", "MlstmTests, InstructionSetTests, goldens/vil"),
        new("mlstm", "opencl", "OpenCL", Float, "", OnGpus, "GpuMlstmTests"),
        new("causal_conv", "reference", "any", Floats, Libtorch, "off the CPU, on request; the oracle", "CausalConvTests"),
        new("causal_conv", "portable", "CPU", Floats, OwnVectors, "by default",
            "CausalConvTests, InstructionSetTests, goldens/vim"),
        new("causal_conv", "opencl", "OpenCL", Float, "", OnGpus, "GpuDepthwiseConvTests"),
        new("grid_conv", "reference", "any", Floats, Libtorch, "off the CPU, on request; the oracle", "GridConvTests"),
        new("grid_conv", "portable", "CPU", Floats, OwnVectors, "by default", "GridConvTests, InstructionSetTests, goldens/vil"),
        new("grid_conv", "opencl", "OpenCL", Float, "", OnGpus, "GpuDepthwiseConvTests"),
        new("head_norm", "reference", "any", Floats, Libtorch, "off the CPU, on request; the oracle", "HeadNormTests"),
        new("head_norm", "portable", "CPU", Floats, OwnVectors, "by default", "HeadNormTests, InstructionSetTests, goldens/vil"),
        new("head_norm", "opencl", "OpenCL", Float, "", OnGpus, "GpuHeadNormTests"),
        new("skip_gate", "reference", "any", Floats, Libtorch, "off the CPU, on request; the oracle", "SkipGateTests"),
        new("skip_gate", "portable", "CPU", Floats, OwnVectors, "by default", "SkipGateTests, InstructionSetTests, goldens/vil"),
        new("block_linear", "reference", "any", Floats, Libtorch, "for blocks but of 4, on request; the oracle", "BlockLinearTests"),
        new("block_linear", "portable", "CPU", Floats, OwnVectors, "by default",
            "BlockLinearTests, InstructionSetTests, goldens/vil"),
        new("dense_linear", "reference", "any", Floats, Libtorch, "off the CPU, for a few tokens, on request; the oracle",
            "DenseLinearTests"),
        new("dense_linear", "portable", "CPU", Floats, OwnVectors, "by default",
            "DenseLinearTests, InstructionSetTests, goldens/vil, goldens/vit"),
        new("attention", "reference", "any", Floats, Libtorch, "off the CPU, in mixed precision, on request; the oracle",
            "AttentionReferenceTests"),
        new("attention", "portable", "CPU", Floats, OwnVectors, "by default",
            "AttentionTests, InstructionSetTests, goldens/vit, goldens/swin, goldens/clip"),
        new("conv3x3", "reference", "any", Floats, Libtorch,
            "in training mode, with gradients, on small maps, off the CPU, on request; the oracle", "WinogradTests"),
        new("conv3x3", "winograd", "CPU", Floats, OwnVectors, "by default, in decoders in evaluation mode",
            "WinogradTests, InstructionSetTests"),
        new("vil_layer", "parts", "any", Floats, Libtorch,
            "off the CPU, in mixed precision, where a part has hooks, on request; the oracle", "VilLayerTests, goldens/vil"),
        new("vil_layer", "joined", "CPU", Floats, OwnVectors, "by default, with gradients", "VilLayerTests, goldens/vil"),
        new("vil_block", "layers", "any", Floats, Libtorch, "in training, with gradients, off the CPU, on request; the oracle",
            "VilBlockTests, goldens/vil"),
        new("vil_block", "fused", "CPU", Floats, OwnVectors, "by default, in evaluation mode", "VilBlockTests, goldens/vil"),
    ];

    /// <summary>The widths that kernels of ours are compiled for and this machine has, the one that is taken first.</summary>
    private static string OwnVectors => string.Join(" ", Enum.GetValues<LaneWidth>()
        .Where(width => width <= LaneWidths.Widest).OrderDescending().Select(width => (int)width));
}
