using System.IO.Compression;
using System.Net;
using SegLstm.Data;
using SegLstm.Data.Rasters;

namespace SegLstm.Cli.Tests.Commands;

/// <summary>Collections of images, as a user types it: checked, got, trained on, evaluated.</summary>
public sealed class CollectionCommandTests : IDisposable
{
    private static readonly Rgb[] Palette = [new(0, 114, 178), new(213, 94, 0)];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("seglstm-");

    [Fact]
    public void A_collection_is_checked_trained_on_resumed_listed_and_evaluated()
    {
        Fabricate();
        string[] data = ["--root", At("tiles"), "--layout", At("mine.yaml")];
        var check = SeglstmProcess.Run(["data", "check", "folders", .. data]);
        Assert.True(check.ExitCode == 0, check.Output + check.Error);
        Assert.Matches(@"train +\| +4 \| +4 \| not stated", check.Output);
        Assert.Contains("sizes: 6 of 24 x 32", check.Output);
        Assert.Contains("mine can be used", check.Output);

        string[] recipe = ["--model", "seglstm_nano", "--size", "16", "--batch", "2", "--iterations", "4", "--warmup", "1"];
        var train = SeglstmProcess.Run(["train", "--collection", "folders", .. data, .. recipe, "--set", "collection.patch=16",
            "--set", "collection.augmentation.flip=0", "--out", At("run")]);
        Assert.True(train.ExitCode == 0, train.Output + train.Error);
        Assert.Contains("4 images train, 1 validate; 3 bands, 2 classes; scored on 1 test images", train.Output);
        Assert.Matches(@"of which steps waited \d+\.\d %", train.Output);
        Assert.Contains("patch: 16", File.ReadAllText(At("run/recipe.yaml")));

        var resume = SeglstmProcess.Run("train", "--resume", At("run"), "--set", "training.schedule.iterations=4");
        Assert.True(resume.ExitCode == 0, resume.Output + resume.Error);
        Assert.Contains("finished", SeglstmProcess.Run("runs", "--in", folder.FullName).Output);
        var evaluate = SeglstmProcess.Run("evaluate", "-c", At("run/best.safetensors"), "--split", "validation");
        Assert.True(evaluate.ExitCode == 0, evaluate.Output + evaluate.Error);
        Assert.Contains("mine, 1 images of Validation: 768 pixels, in windows", evaluate.Output);
    }

    [Fact]
    public void A_collection_is_learnt_by_two_processes()
    {
        Fabricate();
        var train = SeglstmProcess.Run("train", "--collection", "folders", "--root", At("tiles"), "--layout", At("mine.yaml"), "--model",
            "seglstm_nano", "--size", "16", "--batch", "3", "--iterations", "3", "--warmup", "1", "--threads", "1", "--balance",
            "--set", "training.workers=1", "--processes", "2", "--out", At("shared"));
        Assert.True(train.ExitCode == 0, train.Output + train.Error);
        Assert.Contains("scored on 1 test images", train.Output);
        Assert.Contains("\"kind\":\"test\"", File.ReadAllText(At("shared/metrics.jsonl")));
        Assert.Contains("\"processes\": 2", File.ReadAllText(At("shared/environment.json")));
    }

    [Fact]
    public void What_is_wrong_with_a_collection_is_listed_and_the_exit_code_says_so()
    {
        Fabricate();
        File.Delete(At("tiles/masks/a1.png"));
        Mask("a2", new Rgb(1, 2, 3));
        var check = SeglstmProcess.Run("data", "check", "folders", "--root", At("tiles"), "--layout", At("mine.yaml"));
        Assert.Equal(1, check.ExitCode);
        Assert.Contains("a1.png' has no labels", check.Output);
        Assert.Contains("#010203 at column 0, row 0", check.Output);
        Assert.Contains("2 faults", check.Output);
        string line = SeglstmProcess.Run("train", "--collection", "folders", "--root", At("tiles"), "--layout", At("mine.yaml"))
            .FailureLine();
        Assert.Contains("a1.png' has no labels", line);
    }

    [Fact]
    public void A_wrong_use_is_told_in_a_line()
    {
        Assert.Contains("none of the folders Train, Val, Test", SeglstmProcess.Run("data", "check", "loveda", "--root", folder.FullName)
            .FailureLine());
        Assert.Contains("there is no collection 'lovdea' (did you mean 'loveda'?)",
            SeglstmProcess.Run("data", "check", "lovdea", "--root", ".").FailureLine());
        Assert.Contains("name it with --root FOLDER", SeglstmProcess.Run("train", "--collection", "loveda").FailureLine());
        Assert.Contains("--root is for a collection", SeglstmProcess.Run("train", "--root", ".").FailureLine());
        Assert.Contains("--collection excludes --data",
            SeglstmProcess.Run("train", "--collection", "dubai", "--root", ".", "--data", "olinda").FailureLine());
        Assert.Contains("seglstm data download potsdam", SeglstmProcess.Run("data", "potsdam").FailureLine());
    }

    [Fact]
    public void Where_a_form_is_needed_it_is_said_and_archives_that_lie_there_are_unpacked()
    {
        string list = SeglstmProcess.Run("data", "download").Output;
        Assert.Contains("https://zenodo.org/records/5706578", list);
        Assert.Contains("md5:de2b196043ed9b4af1690b3f9a7d558f", list);
        Assert.Contains("Fill in the data request form", SeglstmProcess.Run("data", "download", "potsdam").Output);
        var none = SeglstmProcess.Run("data", "download", "potsdam", "--to", At("potsdam"));
        Assert.Equal(1, none.ExitCode);
        Assert.Contains("holds none of 4_Ortho_RGBIR.zip", none.Error);

        using (ZipArchive zip = ZipFile.Open(At("potsdam/2_Ortho_RGB.zip"), ZipArchiveMode.Create))
        using (var writer = new StreamWriter(zip.CreateEntry("2_Ortho_RGB/top_potsdam_2_10_RGB.tif").Open()))
            writer.Write("a tile");
        var unpacked = SeglstmProcess.Run("data", "download", "potsdam", "--to", At("potsdam"));
        Assert.True(unpacked.ExitCode == 0, unpacked.Error);
        Assert.True(File.Exists(At("potsdam/2_Ortho_RGB/top_potsdam_2_10_RGB.tif")));
        Assert.Contains("no digest is published", unpacked.Output);
    }

    [Fact]
    public void A_mirror_that_serves_other_bytes_is_refused_by_the_published_digest()
    {
        using var server = new HttpListener();
        int port = FreePort();
        server.Prefixes.Add($"http://127.0.0.1:{port}/");
        server.Start();
        _ = Task.Run(async () =>
        {
            HttpListenerContext asked = await server.GetContextAsync();
            await asked.Response.OutputStream.WriteAsync("no archive"u8.ToArray());
            asked.Response.Close();
        });
        string line = SeglstmProcess.Run("data", "download", "loveda", "--to", At("loveda"), "--only", "Val.zip", "--mirror",
            $"http://127.0.0.1:{port}").FailureLine();
        Assert.Contains("expected md5:84cae2577468ff0b5386758bb386d31d, got md5:", line);
        Assert.Empty(Directory.GetFiles(At("loveda")));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string At(string name) => Path.Combine(folder.FullName, name);

    private void Fabricate()
    {
        Directory.CreateDirectory(At("tiles/images"));
        Directory.CreateDirectory(At("tiles/masks"));
        foreach ((string name, int seed) in new[] { "a1", "a2", "a3", "a4", "v1", "z1" }.Select((name, i) => (name, i)))
        {
            byte[] image = new byte[3 * 24 * 32];
            new Random(seed).NextBytes(image);
            File.WriteAllBytes(At($"tiles/images/{name}.png"), Png.Encode(image, 3, 24, 32));
            Mask(name, Palette[0]);
        }

        File.WriteAllText(At("mine.yaml"), """
            name: mine
            classes: ["low #0072B2", "high #D55E00"]
            validation: [v]
            test: [z]
            """);
    }

    // The left half in the first colour, the right in the second of the palette.
    private void Mask(string name, Rgb left)
    {
        byte[] mask = new byte[3 * 24 * 32];
        for (int i = 0; i < 24 * 32; i++)
        {
            Rgb color = i % 32 < 16 ? left : Palette[1];
            (mask[i], mask[768 + i], mask[1536 + i]) = (color.R, color.G, color.B);
        }

        File.WriteAllBytes(At($"tiles/masks/{name}.png"), Png.Encode(mask, 3, 24, 32));
    }
}
