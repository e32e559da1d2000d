using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels;

/// <summary>All kernels and their forms.</summary>
public static class KernelCatalog
{
    private const string FloatAndDouble = "float32, float64";
    private const string Libtorch = "libtorch's";

    /// <summary>The forms, family by family. A new form is a line here.</summary>
    public static IReadOnlyList<KernelForm> Forms { get; } =
    [
        new("selective_scan", "reference", "any", FloatAndDouble, Libtorch, "beside the CPU; gradients of gradients; the oracle",
            "SelectiveScanTests, goldens/selective_scan"),
        new("selective_scan", "portable", "CPU", FloatAndDouble, OwnVectors, "on the CPU",
            "SelectiveScanTests, SelectiveScanGoldenTests, InstructionSetTests, goldens/selective_scan"),
        new("selective_scan", "step", "any", FloatAndDouble, Libtorch, "streams: SelectiveScanStep", "SelectiveScanStepTests"),
        new("mlstm", "parallel", "any", FloatAndDouble, Libtorch, "MlstmForm.Parallel; the oracle",
            "MlstmFormsTests, goldens/mlstm"),
        new("mlstm", "parallel_stable", "any", FloatAndDouble, Libtorch, "MlstmForm.ParallelStable",
            "MlstmFormsTests, goldens/mlstm"),
        new("mlstm", "chunkwise", "any", FloatAndDouble, Libtorch, "MlstmForm.Chunkwise", "MlstmFormsTests, goldens/mlstm"),
        new("mlstm", "recurrent", "any", FloatAndDouble, Libtorch, "MlstmForm.Recurrent; streams",
            "MlstmFormsTests, goldens/mlstm"),
        new("mlstm", "sequence", "any", FloatAndDouble, Libtorch, "MlstmForm.Automatic, the default",
            "MlstmFormsTests, goldens/vil"),
    ];

    /// <summary>The widths that kernels of ours are compiled for and this machine has, the one that is taken first.</summary>
    private static string OwnVectors => string.Join(
        ", ", Enum.GetValues<LaneWidth>().Where(width => width <= LaneWidths.Widest).OrderDescending().Select(width => (int)width));
}
