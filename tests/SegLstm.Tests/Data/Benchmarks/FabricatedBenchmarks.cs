using SegLstm.Data;
using SegLstm.Data.Rasters;

namespace SegLstm.Tests.Data.Benchmarks;

/// <summary>Small twins of the benchmarks, in the layouts of the real ones; pictures of noise, labels in runs of all classes.</summary>
internal static class FabricatedBenchmarks
{
    public static readonly int[] VaihingenAreas =
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 20, 21, 22, 23, 24, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 37, 38];

    private static readonly Rgb[] IsprsColors =
        [new(255, 255, 255), new(0, 0, 255), new(0, 255, 255), new(0, 255, 0), new(255, 255, 0), new(255, 0, 0)];

    public static IEnumerable<string> PotsdamTiles =>
        from row in new[] { (2, 10, 14), (3, 10, 14), (4, 10, 15), (5, 10, 15), (6, 7, 15), (7, 7, 13) }
        from column in Enumerable.Range(row.Item2, row.Item3 - row.Item2 + 1)
        select $"{row.Item1}_{column}";

    /// <summary>The publishers' folders of Potsdam: 38 tiles with both kinds of labels.</summary>
    public static string Potsdam(string root, string images = "2_Ortho_RGB", int side = 20)
    {
        string ending = images.Split('_')[^1];
        foreach (string folder in new[] { images, "5_Labels_all", "5_Labels_all_noBoundary" }) Directory.CreateDirectory(
            Path.Combine(root, folder));
        foreach ((string tile, int seed) in PotsdamTiles.Select((tile, i) => (tile, i)))
        {
            Picture(Path.Combine(root, images, $"top_potsdam_{tile}_{ending}.tif"), side, side, ending == "RGBIR" ? 4 : 3, seed);
            Colors(Path.Combine(root, "5_Labels_all", $"top_potsdam_{tile}_label.tif"), side, side, IsprsColors);
            Colors(Path.Combine(root, "5_Labels_all_noBoundary", $"top_potsdam_{tile}_label_noBoundary.tif"), side, side,
                [.. IsprsColors, new(0, 0, 0)]);
        }

        return root;
    }

    /// <summary>The publishers' folders of Vaihingen: all areas, of which 9 has labels and no split.</summary>
    public static string Vaihingen(string root)
    {
        Directory.CreateDirectory(Path.Combine(root, "top"));
        foreach (int area in VaihingenAreas)
        {
            if (area != 9) Picture(Path.Combine(root, "top", $"top_mosaic_09cm_area{area}.tif"), 18 + area, 25, 3, area);
            Colors(Path.Combine(root, $"top_mosaic_09cm_area{area}.tif"), 18 + area, 25, IsprsColors);
        }

        return root;
    }

    /// <summary>LoveDA's folders.</summary>
    public static string LoveDa(string root, int train = 3, int validation = 2, int test = 2, int side = 32)
    {
        int number = 0;
        foreach ((string part, int count) in new[] { ("Train", train), ("Val", validation), ("Test", test) })
        {
            foreach (string place in new[] { "Urban", "Rural" })
            {
                Directory.CreateDirectory(Path.Combine(root, part, place, "images_png"));
                if (part != "Test") Directory.CreateDirectory(Path.Combine(root, part, place, "masks_png"));
                for (int i = 0; i < count; i++)
                {
                    string name = $"{number++}.png";
                    Picture(Path.Combine(root, part, place, "images_png", name), side, side, 3, number);
                    if (part != "Test") Numbers(Path.Combine(root, part, place, "masks_png", name), side, side, 8);
                }
            }
        }

        return root;
    }

    /// <summary>mmsegmentation's folders, with labels 0 to the number of classes.</summary>
    public static string Flattened(string root, int classes, string below = "", int side = 24)
    {
        foreach ((string part, int count) in new[] { ("train", 4), ("val", 2) })
        {
            Directory.CreateDirectory(Path.Combine(root, "img_dir", below, part));
            Directory.CreateDirectory(Path.Combine(root, "ann_dir", part));
            for (int i = 0; i < count; i++)
            {
                Picture(Path.Combine(root, "img_dir", below, part, $"2_10_{i}_0_512_512.png"), side, side, 3, i);
                Numbers(Path.Combine(root, "ann_dir", part, $"2_10_{i}_0_512_512.png"), side, side, classes + 1);
            }
        }

        return root;
    }

    /// <summary>The challenge's packing of DeepGlobe: masks of the training images only.</summary>
    public static string DeepGlobeChallenge(string root)
    {
        foreach (string part in new[] { "train", "valid", "test" })
        {
            Directory.CreateDirectory(Path.Combine(root, part));
            for (int i = 0; i < 3; i++)
            {
                byte[] noise = new byte[3 * 16 * 16];
                new Random(i).NextBytes(noise);
                File.WriteAllBytes(Path.Combine(root, part, $"{i}_sat.jpg"), Jpeg.Encode(noise, 3, 16, 16));
                // Off pure 0 and 255, as the real masks may be.
                if (part == "train") Colors(Path.Combine(root, part, $"{i}_mask.png"), 16, 16,
                    [new(3, 250, 255), new(255, 255, 255), new(0, 2, 1)]);
            }
        }

        return root;
    }

    /// <summary>A picture of noise; its name says whether it is a GeoTIFF or a PNG.</summary>
    public static void Picture(string path, int height, int width, int bands, int seed)
    {
        byte[] noise = new byte[bands * height * width];
        new Random(seed).NextBytes(noise);
        Write(path, noise, bands, height, width);
    }

    /// <summary>Labels by colour, in vertical runs.</summary>
    public static void Colors(string path, int height, int width, IReadOnlyList<Rgb> colors)
    {
        int area = height * width;
        byte[] planes = new byte[3 * area];
        for (int i = 0; i < area; i++)
        {
            Rgb color = colors[i % width * colors.Count / width];
            (planes[i], planes[area + i], planes[2 * area + i]) = (color.R, color.G, color.B);
        }

        Write(path, planes, 3, height, width);
    }

    /// <summary>Labels 0 to <paramref name="count"/> - 1, in vertical runs.</summary>
    public static void Numbers(string path, int height, int width, int count) => Write(
        path, [.. Enumerable.Range(0, height * width).Select(i => (byte)(i % width * count / width))], 1, height, width);

    private static void Write(string path, byte[] planes, int bands, int height, int width)
    {
        if (path.EndsWith(".png", StringComparison.Ordinal))
        {
            File.WriteAllBytes(path, Png.Encode(planes, bands, height, width));
            return;
        }

        using var writer = RasterWriter.Create(path, new RasterSpec { Width = width, Height = height, Bands = bands });
        writer.Write<byte>(planes, new Window(0, 0, width, height));
        writer.Commit();
    }
}
