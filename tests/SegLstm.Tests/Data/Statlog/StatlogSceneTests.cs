using System.Security.Cryptography;
using SegLstm.Data.Statlog;

namespace SegLstm.Tests.Data.Statlog;

public sealed class StatlogSceneTests
{
    private static byte[] Serialized => File.ReadAllBytes(Installed.File("statlog", "Satellite.xdr"));

    [Fact]
    public void The_rebuilt_scene_has_the_published_digests()
    {
        var (records, _) = StatlogRecord.Parse(Serialized);
        var mosaic = StatlogMosaic.Build(records);
        Assert.Equal((6435, 6434), (records.Count, mosaic.Placed));
        Assert.Equal((82, 100, 470), (mosaic.Height, mosaic.Width, mosaic.Known.Count(known => !known)));
        Assert.Equal("073b0aa6958e59038678138f03fdcb7ce15e1aeadd3f6f9a9ed9de212985f939", Convert.ToHexStringLower(SHA256.HashData(mosaic.Image)));
        Assert.Equal("87319c947a9d27bc0705fc15a4269ade2556c198020bd31493fce5846b10fd4b", Convert.ToHexStringLower(SHA256.HashData(mosaic.Classes)));
    }

    [Fact]
    public void Classes_have_their_published_counts()
    {
        var (records, names) = StatlogRecord.Parse(Serialized);
        Assert.Equal(["red soil", "cotton crop", "grey soil", "damp grey soil", "vegetation stubble", "very damp grey soil"], names);

        // The published counts are those of all 6,435 records less the one that is not placed.
        var scene = StatlogScene.Of(Serialized);
        int[] counts = [.. Enumerable.Range(0, 6).Select(c => scene.Labels!.Count(l => l == c))];
        Assert.Equal(6434, counts.Sum());
        Assert.Equal([1532, 703, 1358, 626, 707, 1508], counts);
        Assert.Equal(1, records.Count - counts.Sum());
    }

    [Fact]
    public void Labels_lie_on_the_inner_grid_and_bands_come_one_after_another()
    {
        var scene = StatlogScene.Of(Serialized);
        Assert.Equal(4 * 82 * 100, scene.Image.Length);
        for (int y = 0; y < 82; y++)
        {
            for (int x = 0; x < 100; x++)
            {
                int at = y * 100 + x;
                if (y is 0 or 81 || x is 0 or 99)
                    Assert.Equal(255, scene.Labels![at]);
                if (!scene.Known![at])
                    Assert.Equal((0f, 255), (scene.Image[at], scene.Labels![at]));
            }
        }

        // Vegetation stands out in the near infrared: cotton's mean there is above its mean in red.
        double Mean(int band) => Enumerable.Range(0, 8200).Where(i => scene.Labels![i] == 1).Average(i => scene.Image[band * 8200 + i]);
        Assert.True(Mean(2) > Mean(1));
    }

    [Fact]
    public void A_scene_cut_into_neighbourhoods_and_shuffled_is_put_together_again()
    {
        const int height = 17, width = 13;
        byte[] image = new byte[height * width * 4];
        new Random(3).NextBytes(image);
        var records = new List<StatlogRecord>();
        for (int y = 0; y < height - 2; y++)
        {
            for (int x = 0; x < width - 2; x++)
            {
                var samples = Enumerable.Range(0, 3).SelectMany(r => image.AsSpan(((y + r) * width + x) * 4, 12).ToArray());
                records.Add(new StatlogRecord([.. samples], (byte)(1 + (y + x) % 6)));
            }
        }

        var shuffled = records.ToArray();
        new Random(4).Shuffle(shuffled);
        var mosaic = StatlogMosaic.Build(shuffled);
        Assert.Equal((height, width, records.Count), (mosaic.Height, mosaic.Width, mosaic.Placed));
        Assert.Equal(image, mosaic.Image);
        Assert.Equal(1 + (4 + 5) % 6, mosaic.Classes[5 * width + 6]);
    }
}
