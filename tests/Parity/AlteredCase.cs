using System.Text.Json.Nodes;
using SegLstm.Checkpoints;
using SegLstm.Parity;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Parity;

/// <summary>A copy of a committed case that a test spoils in one place.</summary>
internal sealed class AlteredCase : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("seglstm-parity-");
    private readonly string side;

    public AlteredCase(string name)
    {
        var source = Goldens.Case(name);
        var stem = Path.GetFileNameWithoutExtension(source);
        side = Path.Combine(folder.FullName, stem + ".json");
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(source)!, stem + ".*"))
        {
            File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
        }
    }

    public string Folder => folder.FullName;

    public AlteredCase Side(Action<JsonObject> alter)
    {
        var json = JsonNode.Parse(File.ReadAllText(side))!.AsObject();
        alter(json);
        File.WriteAllText(side, json.ToJsonString());
        return this;
    }

    public AlteredCase Config(Action<JsonObject> alter) => Side(json => alter(json["config"]!.AsObject()));

    public AlteredCase Tensors(Action<Dictionary<string, Tensor>> alter, Precision precision = Precision.Float32)
    {
        var path = GoldenCase.Read(side).FileOf(precision)!;
        var tensors = SafeTensors.Load(path);
        alter(tensors);
        SafeTensors.Save(path, tensors);
        return this;
    }

    public CaseResult Check() => ParityRunner.Check(side);

    public void AssertFails(string because)
    {
        var result = Check();
        Assert.False(result.Passed);
        Assert.Contains(because, string.Join('\n', result.Problems));
    }

    public void Dispose() => folder.Delete(recursive: true);
}
