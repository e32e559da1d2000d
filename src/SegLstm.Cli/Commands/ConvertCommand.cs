using System.CommandLine;
using SegLstm.Checkpoints;
using SegLstm.Checkpoints.NameMaps;
using SegLstm.Cli.Output;
using Spectre.Console;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm convert`: a checkpoint in another format, or under the names of another source.</summary>
internal static class ConvertCommand
{
    private static readonly Argument<string> Input = new("in")
    {
        Description = "A .safetensors, .pth or .pt file; told from its contents.",
    };

    private static readonly Argument<string> Output = new("out")
    {
        Description = "The file to write: .safetensors, or .pth, .pt, .th, .bin, .ckpt for PyTorch's zip format.",
    };

    private static readonly Option<string[]> Maps = new("--map")
    {
        Description = "Change the names by this map; several in turn.", HelpName = "NAME",
    };

    public static Command Create()
    {
        var command = new ExampleCommand(
            "convert", "Write the state dict of a checkpoint in another format, or under the names of another source.",
            "seglstm convert best.safetensors best.pth                       for torch.load, also with weights_only=True",
            "seglstm convert vil2_tiny16.th vil2_tiny16.safetensors --map vil2-training",
            "seglstm convert vit.safetensors vit.pth --map hugging-face-vit --map timm-vit")
        {
            Input, Output, Maps,
        };
        command.AppendToHelp = _ => ShowMaps();
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        string input = Require.File(arguments.GetValue(Input)!, Input.Name);
        string output = Require.Writable(arguments.GetValue(Output)!, Output.Name);
        NameMap[] maps = [.. (arguments.GetValue(Maps) ?? []).Select(Map)];
        using var scope = NewDisposeScope();
        using CheckpointFile file = Checkpoint.Open(input);
        if (file.Tensors.Count == 0) throw new UsageException($"{input} holds no tensors: there is nothing to convert");
        Dictionary<string, Tensor> state = file.LoadAll();
        foreach (NameMap map in maps) state = Mapped(state, map, input);
        Checkpoint.Save(output, state);

        using CheckpointFile written = Checkpoint.Open(output);
        Terminal.Out.WriteLine($"wrote {output}: {InspectCommand.Total(written.Tensors)}");
        if (maps.Length > 0)
        {
            string names = string.Join(", ", maps.Select(map => map.Name));
            Terminal.Out.WriteLine($"names by {names}: {file.Tensors.Count} tensors in, {state.Count} out");
        }

        string[] left = [.. InspectCommand.Others(file).Select(other => other.Key)];
        if (left.Length > 0) Terminal.Out.WriteLine($"left out, being no tensors of the state dict: {string.Join(", ", left)}");
        return 0;
    }

    private static NameMap Map(string name) => NameMap.Names.Contains(name) ? NameMap.Get(name) : throw new UsageException(
        $"{Maps.Name} {name}: there is no such map{Suggestions.Phrase(name, NameMap.Names)}. All of them: "
            + "seglstm convert --help");

    private static Dictionary<string, Tensor> Mapped(Dictionary<string, Tensor> state, NameMap map, string input)
    {
        Dictionary<string, Tensor> mapped = map.Apply(state);
        if (mapped.Count == 0 || mapped.Keys.Order().SequenceEqual(state.Keys.Order()))
        {
            throw new UsageException(
                $"{Maps.Name} {map.Name} {(mapped.Count == 0 ? "drops all" : "changes none")} of the names of {input}, such as "
                + $"'{Printable.Of(state.Keys.First())}': it is for {map.About}");
        }

        return mapped;
    }

    private static void ShowMaps()
    {
        Terminal.Out.WriteLine("Maps:");
        int width = NameMap.Names.Max(name => name.Length);
        foreach (string name in NameMap.Names) Terminal.Out.WriteLine($"  {name.PadRight(width)}  {NameMap.Get(name).About}");
        Terminal.Out.WriteLine();
    }
}
