namespace SegLstm.Experiments.Presets;

/// <summary>A recipe of one kind with a name.</summary>
/// <typeparam name="TRecipe">What the command that runs it takes.</typeparam>
public abstract record RecipePreset<TRecipe> : Preset
    where TRecipe : class
{
    /// <summary>The values.</summary>
    public required TRecipe Recipe { get; init; }

    /// <inheritdoc/>
    public override object Values => Recipe;
}
