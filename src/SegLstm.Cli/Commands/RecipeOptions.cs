using System.CommandLine;
using System.CommandLine.Parsing;
using SegLstm.Experiments;
using SegLstm.Experiments.Presets;
using SegLstm.Experiments.Records;

namespace SegLstm.Cli.Commands;

/// <summary>Where a command's recipe comes from: a preset, a file over it, single values over both.</summary>
internal sealed class RecipeOptions
{
    private readonly Option<string?> _preset = new("--preset")
    {
        Description = "A recipe by name (see: seglstm presets), in place of the options that spell one.", HelpName = "NAME",
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description = "A recipe in YAML, such as recipe.yaml of a run; over the preset where both are given. What it does not "
            + "give has its default, which `seglstm presets` and recipe.yaml show.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "A value of the recipe, after all others, such as training.learning_rate=1e-3; may be repeated. The paths "
            + "are those of recipe.yaml, which every run keeps.",
        HelpName = "PATH=VALUE",
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _preset, _config, _set }) command.Add(option);
    }

    /// <summary>Whether any of the options is given.</summary>
    public bool AreGiven(ParseResult arguments) =>
        new Option[] { _preset, _config, _set }.Any(option => IsGiven(arguments, option));

    /// <summary>The recipe, which can be used.</summary>
    /// <param name="arguments">The parsed command line.</param>
    /// <param name="spelled">Options that are values of a recipe, and their paths.</param>
    /// <param name="recipe">The recipe that those spell, where there is neither preset nor file.</param>
    /// <param name="kept">The file of a run that goes on, where nothing spells, names or holds a recipe; may be null.</param>
    /// <exception cref="UsageException">Options exclude each other.</exception>
    /// <exception cref="RecordException">Something is wrong with the recipe; all of it is told.</exception>
    /// <exception cref="ArgumentException">There is no such preset, or it is for another command.</exception>
    public TRecipe Resolve<TRecipe>(
        ParseResult arguments, (Option Option, string Path)[] spelled, Func<TRecipe> recipe, string? kept = null)
        where TRecipe : class
    {
        string[] overrides = arguments.GetValue(_set) ?? [];
        string? preset = arguments.GetValue(_preset), config = arguments.GetValue(_config);
        if (preset is null && config is null)
        {
            return kept is null || IsSpelled(arguments, spelled)
                ? RecordYaml.Apply(recipe(), overrides, "the recipe")
                : RecordYaml.Load<TRecipe>(kept, overrides: overrides);
        }

        if (spelled.FirstOrDefault(one => IsGiven(arguments, one.Option)) is { Option: { } option, Path: var path })
        {
            throw new UsageException(
                $"{option.Name} and {(config is null ? _preset.Name : _config.Name)} exclude each other: give --set {path}=VALUE "
                + "in its place");
        }

        TRecipe? start = preset is null ? null : PresetCatalog.Find<TRecipe>(preset).Recipe;
        return config is null
            ? RecordYaml.Apply(start!, overrides, $"the preset {preset}")
            : RecordYaml.Load(Require.File(config, _config.Name), start, overrides);
    }

    /// <summary>Whether options spell a recipe, or part of one.</summary>
    public static bool IsSpelled(ParseResult arguments, (Option Option, string Path)[] spelled) =>
        spelled.Any(one => IsGiven(arguments, one.Option));

    private static bool IsGiven(ParseResult arguments, Option option) => arguments.GetResult(option) is { Implicit: false };
}
