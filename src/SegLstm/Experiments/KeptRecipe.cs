using SegLstm.Experiments.Records;
using SegLstm.Training;

namespace SegLstm.Experiments;

/// <summary>The recipe in a run's folder: written when it begins, compared when it goes on.</summary>
internal static class KeptRecipe
{
    /// <summary>Keeps the recipe; of a run that goes on, compares the part that says how images are read.</summary>
    /// <param name="run">The run.</param>
    /// <param name="recipe">Its recipe.</param>
    /// <param name="name">What the part is called.</param>
    /// <param name="part">The part.</param>
    /// <exception cref="ArgumentException">The run was begun with another part.</exception>
    internal static void Keep(RunFolder run, SceneRecipe recipe, string name, Func<SceneRecipe, object> part)
    {
        string path = Path.Combine(run.Path, SceneRecipe.FileName);
        if (!run.HasState)
        {
            RecordYaml.Save(path, recipe);
            return;
        }

        // The trainer compares its own options; how images are cut and varied is not among them.
        if (!File.Exists(path)) return;
        string kept = RecordYaml.Write(part(RecordYaml.Load<SceneRecipe>(path))), given = RecordYaml.Write(part(recipe));
        if (kept != given)
        {
            throw new ArgumentException(
                $"{path} has another {name} part than the recipe that is to go on: expected\n{kept}got\n{given}Resume with the run's own "
                + "recipe.");
        }
    }
}
