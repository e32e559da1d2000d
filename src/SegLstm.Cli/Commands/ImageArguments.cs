using System.CommandLine;
using SegLstm.Data;
using SegLstm.Data.Augmentation;
using SegLstm.Data.Classification;
using SegLstm.Experiments.Classification;

namespace SegLstm.Cli.Commands;

/// <summary>Which images a command classifies as wholes, and where they lie.</summary>
/// <param name="collections">Has the option of the folder, which both share.</param>
internal sealed class ImageArguments(CollectionArguments collections)
{
    /// <summary>Stands for all tasks of VTAB-1K, one after the other.</summary>
    public const string AllTasks = "all";

    private readonly Option<string?> _classify = new("--classify")
    {
        Description = $"Classify whole images: {string.Join(", ", ImageSource.Kinds)} in the folder of --root, or tiles of an installed "
            + "scene such as olinda. Without it, what the recipe says.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _task = new("--task")
    {
        Description = $"vtab: one of the 19 tasks, such as eurosat, or {AllTasks} of them with their averages.", HelpName = "NAME",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_classify);
        command.Add(_task);
    }

    /// <summary>Whether any of them is given.</summary>
    public bool AreGiven(ParseResult arguments) =>
        new Option[] { _classify, _task }.Any(option => arguments.GetResult(option) is { Implicit: false });

    /// <summary>The part of a recipe that the options spell; null where they ask for none.</summary>
    public ClassificationRecipe? Recipe(ParseResult arguments) => arguments.GetValue(_classify) is not { } data ? null : new()
    {
        Data = data.ToLowerInvariant(),
        Augmentation = data.ToLowerInvariant() is "imagenet" or "folders" ? new ImageAugmentation() : null,
        Fit = data.Equals("vtab", StringComparison.OrdinalIgnoreCase) ? ImageFit.Stretch : ImageFit.CentreCrop,
    };

    /// <summary>The images that are asked for; null where pixels are classified.</summary>
    /// <param name="arguments">The parsed command line.</param>
    /// <param name="recipe">The recipe's part; null where it has none.</param>
    /// <param name="kept">What a run's folder says of its images; null where there is no such run.</param>
    /// <exception cref="UsageException">Options are missing, or mean nothing.</exception>
    public ImageSource? Source(ParseResult arguments, ClassificationRecipe? recipe, ImageSource? kept)
    {
        string? root = collections.Root(arguments), task = arguments.GetValue(_task), named = arguments.GetValue(_classify);
        if (recipe is null)
        {
            return !AreGiven(arguments) ? null : throw new UsageException(
                $"{(named is null ? _task.Name : _classify.Name)} is for classifiers of whole images, and this model or recipe tells the "
                + "class of each pixel: choose another (seglstm presets), or leave it out");
        }

        if (kept is not null && named is null && root is null && task is null) return kept;
        string data = (named ?? kept?.Data ?? recipe.Data).ToLowerInvariant();
        bool isFiles = ImageSource.Kinds.Contains(data), isVtab = data == "vtab";
        if (!isFiles && !SceneCatalog.Names.Contains(data) && data is not ("cbers" or "synthetic"))
        {
            string[] known = [.. ImageSource.Kinds, .. SceneCatalog.Names];
            throw new UsageException(
                $"{_classify.Name} {data}: there are no such images{Suggestions.Phrase(data, known)}. Expected {string.Join(", ", known)}");
        }

        if (isFiles && root is null && kept is null)
            throw new UsageException($"{data} lies in a folder of yours: name it with --root FOLDER");
        if (!isFiles && root is not null) throw new UsageException($"--root is for pictures in files; {data} is a scene that is installed");
        if (!isVtab && task is not null) throw new UsageException($"{_task.Name} is for vtab; {data} is one task");
        if (isVtab && (task ?? kept?.Task) is null)
            throw new UsageException($"vtab has 19 tasks: name one with {_task.Name}, or {_task.Name} {AllTasks}");
        if (isVtab && task is not null && task != AllTasks && Vtab.Tasks.All(known => known.Name != task.ToLowerInvariant()))
        {
            string[] names = [.. Vtab.Tasks.Select(known => known.Name)];
            throw new UsageException($"{_task.Name} {task}: VTAB has no such task{Suggestions.Phrase(task, names)}. Tasks: "
                + $"{string.Join(", ", names)}, {AllTasks}");
        }

        return new ImageSource
        {
            Data = data, Root = isFiles ? root ?? kept!.Root : null, Task = isVtab ? (task ?? kept!.Task)!.ToLowerInvariant() : null,
        };
    }
}
