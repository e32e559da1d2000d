using System.CommandLine;
using System.Globalization;
using SegLstm.Checkpoints;
using SegLstm.Cli.Output;
using SegLstm.Data.Hyperspectral;
using SegLstm.Experiments.Hyperspectral;
using SegLstm.Experiments.Tables;
using SegLstm.Training.Hyperspectral;
using Spectre.Console;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm spectral compare`: OA, AA and kappa of all methods on a scene, random pixels beside disjoint ones.</summary>
internal static class SpectralCompareCommand
{
    private static readonly Option<string> Methods = new("--methods")
    {
        Description = "Names with commas between (default: all).",
        HelpName = "NAMES",
        DefaultValueFactory = _ => string.Join(",", PixelMethods.Names),
    };
    private static readonly Option<string> Shares = new("--shares")
    {
        Description = "Shares of the labels to learn from, with commas between.",
        HelpName = "SHARES",
        DefaultValueFactory = _ => "0.01,0.05",
    };
    private static readonly Option<int> Draws = new("--draws")
    {
        Description = "Draws of each kind and share.", HelpName = "N", DefaultValueFactory = _ => 10,
    };
    private static readonly Option<string?> Out = new("--out", "-o")
    {
        Description = "Folder for the score of every run, and the table as Markdown, LaTeX and CSV; runs that are there are taken.",
        HelpName = "FOLDER",
    };

    public static Command Create()
    {
        var command = new ExampleCommand("compare",
            "Train and judge methods on draws of one scene: mean and deviation of OA, AA and kappa.",
            "seglstm spectral compare synthetic --methods neighbours,svm,spectralmamba_pixel --draws 3",
            "seglstm spectral compare scene.mat --labels labels.mat --out out/scene",
            "seglstm spectral compare houston2013 --folder 2013_DFTC --shares 0.01 --out out/houston")
        {
            Methods, Shares, Draws, Out,
        };
        SpectralScene.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        string[] names = Words(arguments.GetValue(Methods)!);
        double[] shares = [.. Words(arguments.GetValue(Shares)!).Select(Share)];
        int draws = Require.AtLeast(arguments.GetValue(Draws), 1, Draws.Name), block = SpectralScene.BlockSize(arguments);
        PixelTrainingOptions options = SpectralScene.Training(arguments);
        IPixelMethod[] methods = [.. names.Select(name => Method(name, options))];
        string? folder = arguments.GetValue(Out) is { } path ? Require.WritableFolder(path, Out.Name) : null;

        SceneAudit audit = SceneAudit.Of(SpectralScene.Read(arguments));
        HyperspectralScene scene = audit.Clean();
        Terminal.Out.WriteLine($"{scene.Name}: {scene.Height} x {scene.Width} pixels, {scene.Bands} bands, {scene.Classes} classes; {audit.Describe()}");
        IReadOnlyList<PixelDraw> all = PixelDraws.Of(scene, shares, draws, PixelMethods.WidestWindow, block);
        PixelScoreFolder? kept = folder is null ? null : PixelScoreFolder.Open(
            folder, PixelComparisonSettings.Of(scene, block, PixelMethods.WidestWindow, options));
        using var interruption = new Interruption();
        IReadOnlyList<PixelScore> scores = ProgressDisplay.Run("runs", all.Count * methods.Length, tell =>
            new PixelComparison(SpectralCube.Of(scene), scene.Labels, scene.Classes).Run(
                methods, all, (done, _, score) => tell(done, $"{score.Method} {score.Split} {score.Labels}"), interruption.Token, kept));
        SeedTable table = PixelScoreTable.Of([.. scores.OrderBy(score => score.Split != PixelDraws.Random)]);
        Terminal.Out.Write(SeedTables.Of(table));
        if (folder is not null) Write(folder, table);
        return 0;
    }

    private static IPixelMethod Method(string name, PixelTrainingOptions options) => PixelMethods.Names.Contains(name)
        ? PixelMethods.Make(name, options)
        : throw new UsageException(
            $"{Methods.Name}: there is no method '{name}'{Suggestions.Phrase(name, PixelMethods.Names)}. All: {string.Join(", ", PixelMethods.Names)}");

    private static double Share(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double share) && share is > 0 and < 1
            ? share
            : throw new UsageException($"{Shares.Name}: expected numbers above 0 and below 1 such as 0.05, got '{text}'");

    private static string[] Words(string list) =>
        [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];

    private static void Write(string folder, SeedTable table)
    {
        foreach ((TableFormat format, string extension) in new[]
        {
            (TableFormat.Markdown, "md"), (TableFormat.Latex, "tex"), (TableFormat.Csv, "csv"),
        })
        {
            AtomicFile.WriteText(Path.Combine(folder, $"comparison.{extension}"), TableText.Write(table, format));
        }

        Terminal.Out.WriteLine($"wrote comparison.md, .tex and .csv in {folder}, beside {PixelScoreFolder.ScoresFile}");
    }
}
