using System.Text.Json.Serialization;

namespace SegLstm.Workbook;

/// <summary>Whether a piece of work goes on.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ProgressStatus>))]
public enum ProgressStatus
{
    /// <summary>It goes on.</summary>
    Running,

    /// <summary>All of it is done.</summary>
    Finished,

    /// <summary>It ended before all was done: it failed or was interrupted.</summary>
    Stopped,
}
