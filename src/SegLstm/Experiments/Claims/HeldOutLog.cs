using System.Text.Json;
using SegLstm.Data;
using SegLstm.Experiments.Records;
using SegLstm.Experiments.Tables;
using SegLstm.Experiments.ZeroShot;
using SegLstm.Training;
using static TorchSharp.torch;

namespace SegLstm.Experiments.Claims;

/// <summary>The scores behind a claim of <see cref="ClaimKind.HeldOut"/>: read from its logs, or made again.</summary>
/// <param name="Folder">Where they are.</param>
/// <param name="Command">What made the table.</param>
/// <param name="Trainings">How many trainings they are of.</param>
/// <param name="Table">The table.</param>
/// <param name="Faults">What is wrong with the scores; empty where nothing is.</param>
internal sealed record HeldOutLog(string Folder, string Command, int Trainings, SeedTable Table, string Faults)
{
    /// <summary>Reads them.</summary>
    /// <exception cref="IOException">They are not there.</exception>
    /// <exception cref="InvalidDataException">They are none.</exception>
    public static HeldOutLog Read(ClaimFolder claim, string folder)
    {
        IReadOnlyList<HeldOutScore> scores = ScoreFolder<HeldOutScore>.Read(folder, HeldOutScore.Columns);
        string settings = Path.Combine(folder, ScoreFolder<HeldOutScore>.SettingsFile);
        var told = JsonSerializer.Deserialize<HeldOutSettings>(File.ReadAllText(settings), RunJson.Indented);
        using Scene scene = SceneOf(claim);
        return Of(claim, scene, folder, "seglstm reproduce --verify", scores, Told(claim, settings, told?.Recipe));
    }

    /// <summary>Trains without each class, and with all.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="folder">Where the scores go.</param>
    /// <param name="resume">Whether scores that are there already count.</param>
    /// <param name="stop">Ends the work.</param>
    public static HeldOutLog Make(ClaimFolder claim, string folder, bool resume, CancellationToken stop)
    {
        SceneRecipe recipe = RecipeOf(claim);
        Directory.CreateDirectory(folder);
        if (!resume) File.Delete(Path.Combine(folder, ScoreFolder<HeldOutScore>.ScoresFile));
        using Scene scene = SceneOf(claim);
        int threads = get_num_threads();
        // One thread: the results are those of the logs to the last digit, on the same machine.
        set_num_threads(1);
        try
        {
            var kept = ScoreFolder<HeldOutScore>.Open(folder, HeldOutScore.Columns, HeldOutSettings.Of(scene, recipe));
            HeldOutStudy.Run(scene, recipe, scene.Legend.Names, claim.Sweep!.Recipe.Seeds, null, stop, kept);
            return Of(claim, scene, folder, $"seglstm reproduce {claim.Name} --quick", kept.Scores, "");
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    private static HeldOutLog Of(
        ClaimFolder claim, Scene scene, string folder, string command, IReadOnlyList<HeldOutScore> scores, string faults)
    {
        string[] missing =
        [
            .. from seed in claim.Sweep!.Recipe.Seeds
               from name in scene.Legend.Names
               from isShown in new[] { true, false }
               where !scores.Any(score => score.Class == name && score.Seed == seed && score.IsShown == isShown)
               select $"{name} {(isShown ? "shown" : "left out")}, seed {seed}",
        ];
        if (missing.Length > 0) faults = $"{missing.Length} scores are missing, such as {missing[0]}";
        int trainings = scores.Count(score => !score.IsShown) + scores.Where(score => score.IsShown).DistinctBy(score => score.Seed).Count();
        return new HeldOutLog(folder, command, trainings, HeldOutStudy.Table(HeldOutStudy.Rows(scores)), faults);
    }

    private static SceneRecipe RecipeOf(ClaimFolder claim) => claim.Sweep!.Runs[0].Recipe;

    private static Scene SceneOf(ClaimFolder claim) => SceneCatalog.Load(claim.Sweep!.Recipe.Data ?? "olinda");

    private static string Told(ClaimFolder claim, string file, string? recipe)
    {
        SceneRecipe expected = RecipeOf(claim);
        string Plain(SceneRecipe one) => RecordYaml.Write(one with { Training = one.Training with { Seed = 0 } });
        return recipe is not null && Plain(RecordYaml.Read<SceneRecipe>(recipe, file)) == Plain(expected) ? ""
            : "the scores are of another recipe than the sweep says";
    }
}
