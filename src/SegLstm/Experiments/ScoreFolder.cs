using System.Globalization;
using System.Text.Json;
using Microsoft.VisualBasic.FileIO;
using SegLstm.Checkpoints;
using SegLstm.Experiments.Tables;
using SegLstm.Training;

namespace SegLstm.Experiments;

/// <summary>The scores of a comparison in a folder, kept run by run: one that was cut off goes on behind its last score, and what is
/// asked for later joins what is there. <c>environment.json</c> tells the versions and the machine that began it.</summary>
/// <typeparam name="TScore">A score, a line of the file.</typeparam>
public sealed class ScoreFolder<TScore>
{
    /// <summary>The scores.</summary>
    public const string ScoresFile = "scores.csv";

    /// <summary>What they depend on beside what stands in their lines.</summary>
    public const string SettingsFile = "settings.json";

    private const int Shown = 40;

    private readonly string folder;
    private readonly ScoreColumns<TScore> columns;
    private readonly List<TScore> scores;

    private ScoreFolder(string folder, ScoreColumns<TScore> columns, List<TScore> scores) =>
        (this.folder, this.columns, this.scores) = (folder, columns, scores);

    /// <summary>The scores, in the order of their runs.</summary>
    public IReadOnlyList<TScore> Scores => scores;

    /// <summary>Opens a folder, or begins one.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="columns">How a score is written.</param>
    /// <param name="settings">A record of all that the scores depend on beside what stands in their lines.</param>
    /// <exception cref="InvalidDataException">It holds scores of other settings, or a file that is none of scores.</exception>
    public static ScoreFolder<TScore> Open<TSettings>(string folder, ScoreColumns<TScore> columns, TSettings settings)
    {
        (string at, string ofSettings) = (Path.Combine(folder, ScoresFile), Path.Combine(folder, SettingsFile));
        string asked = JsonSerializer.Serialize(settings, RunJson.Indented);
        if (!File.Exists(at))
        {
            AtomicFile.WriteText(ofSettings, asked);
            AtomicFile.WriteText(Path.Combine(folder, RunEnvironment.FileName), JsonSerializer.Serialize(RunEnvironment.Now(), RunJson.Indented));
            return new ScoreFolder<TScore>(folder, columns, []);
        }

        if (!File.Exists(ofSettings))
        {
            throw new InvalidDataException(
                $"'{at}' has scores without the {SettingsFile} that says what they are of: take another folder, or delete it.");
        }

        string[] others = [.. Differences(ofSettings, asked)];
        return others.Length == 0 ? new ScoreFolder<TScore>(folder, columns, Lines(at, columns)) : throw new InvalidDataException(
            $"'{at}' is of other settings: {string.Join("; ", others)}. Take another folder, or the same settings.");
    }

    /// <summary>Reads the scores of a folder, whatever their settings.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="columns">How a score is written.</param>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is none of scores.</exception>
    public static IReadOnlyList<TScore> Read(string folder, ScoreColumns<TScore> columns) =>
        Lines(Path.Combine(folder, ScoresFile), columns);

    /// <summary>Keeps scores.</summary>
    /// <param name="more">Of a run that is not there yet.</param>
    public void Add(params IReadOnlyList<TScore> more)
    {
        scores.AddRange(more);
        AtomicFile.WriteText(Path.Combine(folder, ScoresFile),
            string.Join('\n', [Line(columns.Names), .. scores.Select(score => Line(columns.Write(score))), ""]));
    }

    private static IEnumerable<string> Differences(string file, string asked)
    {
        try
        {
            using JsonDocument there = JsonDocument.Parse(File.ReadAllText(file)), here = JsonDocument.Parse(asked);
            return [.. here.RootElement.EnumerateObject().Select(expected => (expected.Name, Expected: expected.Value.ToString(),
                    Got: there.RootElement.TryGetProperty(expected.Name, out JsonElement got) ? got.ToString() : "nothing"))
                .Where(pair => pair.Expected != pair.Got)
                .Select(pair => $"{pair.Name}: expected {Short(pair.Expected)}, got {Short(pair.Got)}")];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"'{file}' is no settings of a comparison: {error.Message} Take another folder.", error);
        }
    }

    private static string Short(string text) => text.Length <= Shown ? text : $"{text[..Shown]}…";

    private static List<TScore> Lines(string path, ScoreColumns<TScore> columns)
    {
        using var parser = new TextFieldParser(path) { Delimiters = [","], TrimWhiteSpace = false };
        var read = new List<TScore>();
        try
        {
            if (parser.EndOfData || !parser.ReadFields()!.SequenceEqual(columns.Names))
            {
                throw new InvalidDataException($"'{path}' does not begin with '{Line(columns.Names)}': it holds no such scores.");
            }

            while (!parser.EndOfData)
            {
                string[] fields = parser.ReadFields()!;
                read.Add(fields.Length == columns.Names.Count ? columns.Read(fields)
                    : throw new FormatException($"It has {fields.Length} fields."));
            }
        }
        catch (Exception error) when (error is FormatException or OverflowException or MalformedLineException)
        {
            throw new InvalidDataException($"'{path}', score {read.Count + 1}: expected {Line(columns.Names)}. {error.Message}", error);
        }

        return read;
    }

    private static string Line(IEnumerable<object> fields) => string.Join(',', fields.Select(field => CsvTable.Field(
        field is double number ? number.ToString("R", CultureInfo.InvariantCulture) : Convert.ToString(field, CultureInfo.InvariantCulture)!)));
}
