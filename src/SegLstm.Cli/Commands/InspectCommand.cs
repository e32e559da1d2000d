using System.CommandLine;
using System.Globalization;
using System.IO.Enumeration;
using SegLstm.Checkpoints;
using SegLstm.Checkpoints.Pickle;
using SegLstm.Cli.Output;
using Spectre.Console;
using static TorchSharp.torch;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm inspect`: what a checkpoint holds, without running anything of it.</summary>
internal static class InspectCommand
{
    private static readonly Argument<string> Checkpoint = new("file") { Description = "A .safetensors, .pth or .pt file." };

    private static readonly Option<string?> Tensors = new("--tensors")
    {
        Description = "Only tensors whose names match, with * and ?.", HelpName = "WILDCARD",
    };

    private static readonly Option<bool> Statistics = new("--statistics")
    {
        Description = "Read the tensors: least, greatest, mean, standard deviation, and how many values are not finite.",
    };

    public static Command Create()
    {
        var command = new ExampleCommand(
            "inspect", "Show the tensors of a checkpoint (.safetensors, .pth): names, types, shapes. Nothing in it is executed.",
            "seglstm inspect vil2_tiny16_e800_in1k.th",
            "seglstm inspect best.safetensors --tensors 'decode_head.*' --statistics")
        {
            Checkpoint, Tensors, Statistics,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        string path = Require.File(arguments.GetValue(Checkpoint)!, Checkpoint.Name);
        using CheckpointFile file = Checkpoints.Checkpoint.Open(path);
        string? wildcard = arguments.GetValue(Tensors);
        CheckpointTensor[] chosen = wildcard is null ? [.. file.Tensors]
            : [.. file.Tensors.Where(tensor => FileSystemName.MatchesSimpleExpression(wildcard, tensor.Name, ignoreCase: false))];
        if (chosen.Length == 0 && file.Tensors.Count > 0)
        {
            throw new UsageException(
                $"no tensor of {path} matches '{wildcard}'; the first of {file.Tensors.Count} is "
                + $"'{Shown(file.Tensors[0].Name)}'");
        }

        string place = file.StateDictPath.Count == 0 ? "" : $"; state dict under '{string.Join("' / '", file.StateDictPath)}'";
        Terminal.Out.WriteLine($"{path}: {Described(file.Format)}, {Readable.Bytes(new FileInfo(path).Length)}{place}");
        if (chosen.Length > 0) Terminal.Out.Write(List(file, chosen, arguments.GetValue(Statistics)));
        Terminal.Out.WriteLine(Total(chosen) + (wildcard is null ? "" : $", of {file.Tensors.Count} in the file"));
        ShowOthers(file);
        return 0;
    }

    /// <summary>The number of tensors and values, and their bytes by type.</summary>
    public static string Total(IReadOnlyCollection<CheckpointTensor> tensors)
    {
        string types = string.Join(", ", tensors.GroupBy(tensor => tensor.DType, tensor => tensor.ByteCount)
            .OrderByDescending(group => group.Sum()).Select(group => $"{group.Key} {Readable.Bytes(group.Sum())}"));
        (long values, long bytes) = (tensors.Sum(tensor => tensor.Elements), tensors.Sum(tensor => tensor.ByteCount));
        string count = tensors.Count switch { 0 => "no tensors", 1 => "1 tensor", var many => $"{many} tensors" };
        return tensors.Count == 0 ? count
            : string.Create(CultureInfo.InvariantCulture, $"{count}, {values:N0} values, {Readable.Bytes(bytes)} ({types})");
    }

    private static Table List(CheckpointFile file, CheckpointTensor[] tensors, bool withStatistics)
    {
        string[] columns = ["tensor", "type", "shape", "values"];
        Table table = Tables.New(withStatistics ? [.. columns, "min", "max", "mean", "std", "not finite"] : columns);
        foreach (CheckpointTensor tensor in tensors)
        {
            string shape = tensor.Shape.Count == 0 ? "scalar" : string.Join(" x ", tensor.Shape);
            string[] row = [Shown(tensor.Name), tensor.DType, shape, $"{tensor.Elements}"];
            table.AddRow([.. (withStatistics ? [.. row, .. Measure(file, tensor)] : row).Select(Markup.Escape)]);
        }

        return table;
    }

    private static string[] Measure(CheckpointFile file, CheckpointTensor tensor)
    {
        using var scope = NewDisposeScope();
        TensorStatistics found = TensorStatistics.Of(file.Load(tensor.Name));
        return
        [
            Number(found.Minimum), Number(found.Maximum), Number(found.Mean), Number(found.StandardDeviation),
            $"{found.NotFinite}",
        ];
    }

    private static void ShowOthers(CheckpointFile file)
    {
        (string Key, string Value)[] others = [.. Others(file)];
        if (others.Length == 0) return;
        Terminal.Out.WriteLine("also in the file:");
        int width = Math.Min(30, others.Max(other => other.Key.Length));
        foreach ((string key, string value) in others) Terminal.Out.WriteLine($"  {key.PadRight(width)}  {value}");
    }

    /// <summary>What a file holds beside its state dict: metadata, or what lies in the dictionaries around it.</summary>
    public static IEnumerable<(string Key, string Value)> Others(CheckpointFile file)
    {
        foreach ((string key, string value) in file.Metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            yield return (Shown(key), Shown(value));
        }

        PickleValue? level = file.Tree;
        string before = "";
        for (int depth = 0; depth <= file.StateDictPath.Count; depth++)
        {
            bool isStateDict = depth == file.StateDictPath.Count;
            foreach ((PickleValue key, PickleValue value) in (level as PickleValue.Dictionary)?.Values ?? [])
            {
                string name = key is PickleValue.Text text ? text.Value : $"{key}";
                // The tensors of the state dict itself are in the table.
                if (isStateDict ? value is not (PickleValue.TensorView or PickleValue.Dictionary or PickleValue.List)
                    : name != file.StateDictPath[depth])
                {
                    yield return (Shown(before + name), $"{value}");
                }
            }

            if (isStateDict) yield break;
            before += file.StateDictPath[depth] + ".";
            level = level?[file.StateDictPath[depth]];
        }
    }

    private static string Described(CheckpointFormat format) => format switch
    {
        CheckpointFormat.SafeTensors => "safetensors",
        CheckpointFormat.TorchZip => "PyTorch's zip format",
        _ => "PyTorch's format before 1.6",
    };

    private static string Shown(string text) => Printable.Of(text, 160);

    private static string Number(double value) => double.IsNaN(value) ? "-" : value.ToString("G4", CultureInfo.InvariantCulture);
}
