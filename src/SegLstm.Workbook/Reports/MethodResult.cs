using SegLstm.Metrics;

namespace SegLstm.Workbook.Reports;

/// <summary>What a method reaches on the held-out pixels.</summary>
/// <param name="Name">The method, such as "9 nearest neighbours".</param>
/// <param name="Matrix">Counts of the held-out pixels.</param>
public sealed record MethodResult(string Name, ConfusionMatrix Matrix);
