using SegLstm.Data;
using SegLstm.Data.Benchmarks;
using SegLstm.Data.Rasters;
using SegLstm.Experiments;
using SegLstm.Training;

namespace SegLstm.Tests.Experiments;

/// <summary>A collection of ten pictures of 40 x 56 whose brightness and colour say the class, under noise; two validate, two are the
/// test.</summary>
internal static class StripedCollection
{
    public static SceneRecipe Recipe { get; } = new()
    {
        Model = "seglstm_nano", WindowSize = 16, Overlap = 8, Collection = new CollectionRecipe { Patch = 24 },
        Training = new TrainingOptions
        {
            Schedule = new LearningRateSchedule { Iterations = 40, WarmupIterations = 4 }, BatchSize = 4, LearningRate = 3e-3,
            ClipNorm = 1, ValidateEvery = 20,
        },
    };

    public static FolderLayout Layout { get; } = new()
    {
        Name = "stripes", Classes = ["low #0072B2", "middle #F0E442", "high #D55E00"], Validation = ["v"], Test = ["z"],
    };

    /// <summary>Writes the pictures, unless they are there.</summary>
    /// <param name="root">Their folder.</param>
    /// <returns>The folder.</returns>
    public static string Write(string root)
    {
        if (Directory.Exists(root)) return root;
        Directory.CreateDirectory(Path.Combine(root, "images"));
        Directory.CreateDirectory(Path.Combine(root, "masks"));
        Rgb[] palette = [new(0, 114, 178), new(240, 228, 66), new(213, 94, 0)];
        foreach ((string name, int number) in new[] { "a1", "a2", "a3", "b1", "b2", "b3", "v1", "v2", "z1",
            "z2" }.Select((name, i) => (name, i)))
        {
            var random = new Random(number);
            byte[] image = new byte[3 * 40 * 56], mask = new byte[3 * 40 * 56];
            for (int i = 0; i < 40 * 56; i++)
            {
                int label = (i / 56 + i % 56 + number) / 14 % 3;
                for (int band = 0; band < 3; band++)
                {
                    image[band * 2240 + i] = (byte)(70 + 55 * label + (band == label ? 30 : 0) + random.Next(20));
                    mask[band * 2240 + i] = band switch { 0 => palette[label].R, 1 => palette[label].G, _ => palette[label].B };
                }
            }

            File.WriteAllBytes(Path.Combine(root, "images", name + ".png"), Png.Encode(image, 3, 40, 56));
            File.WriteAllBytes(Path.Combine(root, "masks", name + ".png"), Png.Encode(mask, 3, 40, 56));
        }

        return root;
    }
}
