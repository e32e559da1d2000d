using System.CommandLine;
using System.Globalization;
using SegLstm.Cli.Output;
using SegLstm.Data;
using SegLstm.Experiments;
using SegLstm.Experiments.Tables;
using SegLstm.Experiments.ZeroShot;
using SegLstm.Models.LSeg;
using Spectre.Console;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm zeroshot`: classes left out of training and found by their words.</summary>
internal static class ZeroShotCommand
{
    private static readonly SceneOptions Scenes = new();
    private static readonly RecipeOptions Recipes = new();
    private static readonly Option<int?> Threads = CommonOptions.Threads();

    private static readonly Option<string> Model = new("--model", "-m")
    {
        Description = "Name of the model (see: seglstm models).", HelpName = "NAME", DefaultValueFactory = _ => DemoRecipe.Olinda.Model,
    };

    private static readonly Option<string> Words = new("--words")
    {
        Description = "Who encodes the words: glove, or the file of CLIP's weights.", HelpName = "ENCODER",
        DefaultValueFactory = _ => WordsRecipe.Glove,
    };

    private static readonly Option<int> Iterations = new("--iterations")
    {
        Description = "Optimizer steps of each training.", HelpName = "N",
        DefaultValueFactory = _ => DemoRecipe.Olinda.Training.Schedule.Iterations,
    };

    private static readonly Option<string?> Hold = new("--hold")
    {
        Description = "Classes to leave out, one after the other (default: each).", HelpName = "a,b",
    };

    private static readonly Option<string> Seeds = new("--seeds")
    {
        Description = "Seeds of the trainings.", HelpName = "0,1,2", DefaultValueFactory = _ => "0,1,2",
    };

    private static readonly Option<string?> Out = new("--out", "-o")
    {
        Description = "Folder for the score of every training; trainings that are there are taken.", HelpName = "FOLDER",
    };

    public static Command Create()
    {
        var command = new ExampleCommand(
            "zeroshot", "Leave classes of a scene out of training and find them by their words, beside chance and full training.",
            "seglstm zeroshot --data olinda",
            "seglstm zeroshot --data statlog --hold \"cotton crop\" --seeds 0 --iterations 100",
            "seglstm zeroshot --data olinda --set words.head.block=bottleneck --set words.head.block_depth=2");
        Scenes.AddTo(command);
        Recipes.AddTo(command);
        foreach (Option option in new Option[] { Model, Words, Iterations, Hold, Seeds, Out, Threads }) command.Add(option);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        SceneRecipe recipe = Recipes.Resolve(
            arguments, [(Model, "model"), (Words, "words.encoder"), (Iterations, "training.schedule.iterations")], () => Spelled(arguments));
        if (recipe.Words is null) throw new UsageException("the recipe compares with no words: give --set words.encoder=glove");
        LSegModels.Check(recipe.Model, words: true);
        long[] seeds = [.. arguments.GetValue(Seeds)!.Split(',').Select(seed =>
            long.TryParse(seed, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
                CultureInfo.InvariantCulture, out long number) ? number
            : throw new UsageException($"{Seeds.Name}: '{seed}' is no whole number"))];
        if (seeds.Distinct().Count() != seeds.Length) throw new UsageException($"{Seeds.Name}: a seed stands twice");
        CommonOptions.Use(arguments.GetValue(Threads));
        using Scene scene = Scenes.Load(arguments, "olinda");
        string[] held = arguments.GetValue(Hold)?.Split(',', StringSplitOptions.TrimEntries) ?? [.. scene.Legend.Names];
        ScoreFolder<HeldOutScore>? kept = arguments.GetValue(Out) is { } path ? ScoreFolder<HeldOutScore>.Open(
            Require.WritableFolder(path, Out.Name), HeldOutScore.Columns, HeldOutSettings.Of(scene, recipe)) : null;
        using var interruption = new Interruption();
        IReadOnlyList<HeldOutRow> rows = ProgressDisplay.Run("trainings", seeds.Length * (1 + held.Length), report =>
            HeldOutStudy.Run(scene, recipe, held, seeds, (done, _, next) => report(done, next), interruption.Token, kept));
        Table table = Tables.New("IoU in %", "share", "chance", "never shown", "shown", "the others");
        foreach (HeldOutRow row in rows)
        {
            table.AddRow(Markup.Escape(row.Class), Readable.Percent(row.Share), Readable.Percent(row.Chance), Cell(row.Found), Cell(row.Shown),
                Cell(row.Seen));
        }

        Terminal.Out.Write(table);
        Terminal.Out.WriteLine(
            $"{recipe.Model} with {recipe.Words.Encoder} on {scene.Name}, {recipe.Training.Schedule.Iterations} steps, "
            + $"{(seeds.Length == 1 ? "one seed" : $"mean and deviation over {seeds.Length} seeds")}, held-out blocks");
        return 0;
    }

    private static string Cell(SeedCell cell) => Readable.Percent(cell.Mean)
        + (cell.Deviation is { } deviation ? $" ± {Readable.Percent(deviation)}" : "");

    private static SceneRecipe Spelled(ParseResult arguments)
    {
        SceneRecipe demo = DemoRecipe.Olinda;
        int iterations = Require.AtLeast(arguments.GetValue(Iterations), 1, Iterations.Name);
        return demo with
        {
            Model = arguments.GetValue(Model)!,
            Words = new WordsRecipe { Encoder = arguments.GetValue(Words)! },
            Training = demo.Training with
            {
                Schedule = demo.Training.Schedule with { Iterations = iterations, WarmupIterations = Math.Max(1, iterations / 10) },
                ValidateEvery = iterations,
            },
        };
    }
}
