using System.Globalization;
using System.Text.Json;
using Microsoft.VisualBasic.FileIO;
using SegLstm.Checkpoints;
using SegLstm.Training;

namespace SegLstm.Experiments.Hyperspectral;

/// <summary>The scores of a comparison in a folder, kept run by run: one that was cut off goes on behind its last score, and methods
/// or draws that are asked for later join those that are there.</summary>
public sealed class PixelScoreFolder
{
    /// <summary>The scores, a run a line.</summary>
    public const string ScoresFile = "scores.csv";

    /// <summary>What they depend on.</summary>
    public const string SettingsFile = "settings.json";

    private const string Header = "method,split,labels,draw,oa,aa,kappa,seconds";

    private readonly string folder;
    private readonly List<PixelScore> scores;

    private PixelScoreFolder(string folder, List<PixelScore> scores) => (this.folder, this.scores) = (folder, scores);

    /// <summary>The scores, in the order of their runs.</summary>
    public IReadOnlyList<PixelScore> Scores => scores;

    /// <summary>Opens a folder, or begins one.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="settings">Those of the scores to come.</param>
    /// <exception cref="InvalidDataException">It holds scores of other settings, or a file that is none of scores.</exception>
    public static PixelScoreFolder Open(string folder, PixelComparisonSettings settings)
    {
        (string at, string ofSettings) = (Path.Combine(folder, ScoresFile), Path.Combine(folder, SettingsFile));
        if (!File.Exists(at))
        {
            AtomicFile.WriteText(ofSettings, JsonSerializer.Serialize(settings, RunJson.Indented));
            return new PixelScoreFolder(folder, []);
        }

        Require(settings, ofSettings, at);
        return new PixelScoreFolder(folder, Read(at));
    }

    /// <summary>Keeps a score.</summary>
    /// <param name="score">Of a run that is not there yet.</param>
    public void Add(PixelScore score)
    {
        scores.Add(score);
        AtomicFile.WriteText(Path.Combine(folder, ScoresFile), string.Join('\n', [Header, .. scores.Select(Line), ""]));
    }

    private static void Require(PixelComparisonSettings settings, string file, string scores)
    {
        PixelComparisonSettings? there;
        try
        {
            there = File.Exists(file) ? JsonSerializer.Deserialize<PixelComparisonSettings>(File.ReadAllText(file), RunJson.Indented) : null;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"'{file}' is no settings of a comparison: {error.Message} Take another folder.", error);
        }

        if (there is null)
        {
            throw new InvalidDataException(
                $"'{scores}' has scores without the {SettingsFile} that says what they are of: take another folder, or delete it.");
        }

        if (there != settings)
        {
            throw new InvalidDataException(
                $"'{scores}' is of other settings: expected {settings}, got {there}. Take another folder, or the same settings.");
        }
    }

    private static List<PixelScore> Read(string path)
    {
        using var parser = new TextFieldParser(path) { Delimiters = [","], TrimWhiteSpace = false };
        var read = new List<PixelScore>();
        try
        {
            if (parser.EndOfData || string.Join(',', parser.ReadFields()!) != Header)
            {
                throw new InvalidDataException($"'{path}' does not begin with '{Header}': it holds no scores. Take another folder.");
            }

            while (!parser.EndOfData)
            {
                string[] fields = parser.ReadFields()!;
                double Number(int column) => double.Parse(fields[column], CultureInfo.InvariantCulture);
                read.Add(new PixelScore(fields[0], fields[1], fields[2], int.Parse(fields[3], CultureInfo.InvariantCulture),
                    Number(4), Number(5), Number(6), Number(7)));
            }
        }
        catch (Exception error) when (error is FormatException or OverflowException or IndexOutOfRangeException or MalformedLineException)
        {
            throw new InvalidDataException($"'{path}', run {read.Count + 1}: expected the fields {Header}. {error.Message}", error);
        }

        return read;
    }

    private static string Line(PixelScore score) => string.Create(CultureInfo.InvariantCulture,
        $"\"{score.Method}\",{score.Split},{score.Labels},{score.Draw},{score.OverallAccuracy:R},{score.AverageAccuracy:R},{score.Kappa:R},{score.Seconds:0.00}");
}
