using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels;

/// <summary>All kernels and their forms.</summary>
public static class KernelCatalog
{
    private const string Floats = "float32/64";
    private const string Libtorch = "libtorch's";

    /// <summary>The forms, family by family. A new form is a line here.</summary>
    public static IReadOnlyList<KernelForm> Forms { get; } =
    [
        new("selective_scan", "reference", "any", Floats, Libtorch, "off the CPU; the oracle",
            "SelectiveScanTests, goldens/selective_scan"),
        new("selective_scan", "portable", "CPU", Floats, OwnVectors, "by default",
            "SelectiveScanTests, SelectiveScanGoldenTests, InstructionSetTests, goldens/selective_scan"),
        new("selective_scan", "step", "any", Floats, Libtorch, "for streams", "SelectiveScanStepTests"),
        new("mlstm", "parallel", "any", Floats, Libtorch, "on request; the oracle", "MlstmFormsTests, goldens/mlstm"),
        new("mlstm", "parallel_stable", "any", Floats, Libtorch, "on request", "MlstmFormsTests, goldens/mlstm"),
        new("mlstm", "chunkwise", "any", Floats, Libtorch, "on request", "MlstmFormsTests, goldens/mlstm"),
        new("mlstm", "recurrent", "any", Floats, Libtorch, "on request; for streams", "MlstmFormsTests, goldens/mlstm"),
        new("mlstm", "sequence", "any", Floats, Libtorch, "by default", "MlstmFormsTests, goldens/vil"),
    ];

    /// <summary>The widths that kernels of ours are compiled for and this machine has, the one that is taken first.</summary>
    private static string OwnVectors => string.Join(" ", Enum.GetValues<LaneWidth>()
        .Where(width => width <= LaneWidths.Widest).OrderDescending().Select(width => (int)width));
}
