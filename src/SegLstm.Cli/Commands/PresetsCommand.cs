using System.CommandLine;
using SegLstm.Cli.Output;
using SegLstm.Experiments.Presets;
using SegLstm.Experiments.Records;
using Spectre.Console;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm presets`: the recipes that have a name.</summary>
internal static class PresetsCommand
{
    private static readonly Argument<string?> Name = new("name")
    {
        Description = "One preset in full: its command, cost, expected result, and all values.", Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Create()
    {
        var command = new ExampleCommand(
            "presets", "List the recipes of the papers, and ours: what each costs and is expected to reach.",
            "seglstm presets",
            "seglstm presets seglstm-loveda             its command, what it leaves out, all values in YAML",
            "seglstm presets olinda > my.yaml           to change and give to seglstm train --config my.yaml",
            "seglstm presets spectralmamba-botswana     for seglstm spectral train")
        {
            Name,
        };
        command.SetAction(arguments => arguments.GetValue(Name) is { } name ? Detail(PresetCatalog.Find(name)) : List());
        return command;
    }

    private static int List()
    {
        Table table = new Table().Border(Tables.Border).AddColumns("preset", "what it is", "length", "cost", "expected");
        table.Columns[2].RightAligned();
        foreach (Preset preset in PresetCatalog.All)
        {
            string expected = preset.Expected.Split(':')[0];
            table.AddRow(new[] { preset.Name, preset.Title, preset.Length, preset.Cost, expected }.Select(Markup.Escape).ToArray());
        }

        Terminal.Out.Write(table);
        Terminal.Out.WriteLine("command, source, expected result in full, all values: seglstm presets NAME");
        return 0;
    }

    // Remarks are comments, so that the whole is a recipe again.
    private static int Detail(Preset preset)
    {
        foreach ((string key, string value) in new[]
        {
            ("preset", preset.Name), ("what it is", preset.Title), ("source", preset.Source), ("command", preset.Command),
            ("cost", preset.Cost), ("expected", preset.Expected),
        }.Concat(preset.Without.Select(part => ("without", part))))
        {
            Console.Out.WriteLine($"# {key,-12}{value}");
        }

        Console.Out.Write(RecordYaml.Write(preset.Values));
        return 0;
    }
}
