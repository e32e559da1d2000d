using System.Globalization;
using System.Text.Json;
using SegLstm.Checkpoints;

namespace SegLstm.Workbook;

/// <summary>How far a piece of work is; what a progress bar shows and its file holds.</summary>
public sealed record ProgressState
{
    /// <summary>What is being done.</summary>
    public required string Title { get; init; }

    /// <summary>Units done.</summary>
    public long Done { get; init; }

    /// <summary>Units of the whole work.</summary>
    public required long Total { get; init; }

    /// <summary>What a unit is, such as "steps".</summary>
    public string Unit { get; init; } = "steps";

    /// <summary>What else there is to know, such as the loss.</summary>
    public string Note { get; init; } = "";

    /// <summary>Wall-clock time since the beginning.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Expected time until the end; null where it is not known yet.</summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>Whether it goes on, is done, or has failed.</summary>
    public ProgressStatus Status { get; init; }

    /// <summary>When this was written, UTC.</summary>
    public DateTime Written { get; init; }

    /// <summary>The part that is done, 0 to 1.</summary>
    public double Share => Total <= 0 ? 0 : Math.Clamp((double)Done / Total, 0, 1);

    /// <summary>Reads a state that a progress bar wrote.</summary>
    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    public static ProgressState Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<ProgressState>(File.ReadAllText(path))
                ?? throw new InvalidDataException($"'{path}' is empty.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"'{path}' is no progress file: {error.Message}", error);
        }
    }

    /// <summary>Writes the state, atomically.</summary>
    public void Write(string path) => AtomicFile.WriteText(path, JsonSerializer.Serialize(this));

    /// <summary>The state in one line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Title}: {Done:N0} of {Total:N0} {Unit} ({100 * Share:0.0} %), {Durations.Readable(Elapsed)} elapsed, ")
        + Status switch
        {
            ProgressStatus.Finished => "finished",
            ProgressStatus.Stopped => "stopped before the end",
            _ => Remaining is { } left ? $"{Durations.Readable(left)} remaining" : "remaining time unknown",
        } + (Note.Length == 0 ? "" : $"; {Note}");
}
