using System.CommandLine;
using System.Globalization;
using SegLstm.Cli.Output;
using SegLstm.Models;
using Spectre.Console;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm models`: what can be trained, and what it costs.</summary>
internal static class ModelsCommand
{
    private static readonly Argument<string?> Wildcard = new("wildcard")
    {
        Description = "Only names that match, with * and ?.", Arity = ArgumentArity.ZeroOrOne,
    };
    private static readonly Option<int> Size = new("--size")
    {
        Description = "Side of the image that FLOPs are counted for, in pixels.",
        HelpName = "PIXELS",
        DefaultValueFactory = _ => 512,
    };
    private static readonly Option<int> Classes = new("--classes")
    {
        Description = "Number of classes.", HelpName = "N", DefaultValueFactory = _ => 7,
    };
    private static readonly Option<int> Channels = new("--channels")
    {
        Description = "Number of bands.", HelpName = "N", DefaultValueFactory = _ => 3,
    };

    public static Command Create()
    {
        var command = new ExampleCommand("models", "List the models by name, with parameters, FLOPs, strides and paper.",
            "seglstm models",
            "seglstm models 'seglstm_*' --size 256 --classes 6")
        {
            Wildcard, Size, Classes, Channels,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        string? wildcard = arguments.GetValue(Wildcard);
        int size = Require.AtLeast(arguments.GetValue(Size), 1, Size.Name);
        int classes = Require.AtLeast(arguments.GetValue(Classes), 1, Classes.Name),
            channels = Require.AtLeast(arguments.GetValue(Channels), 1, Channels.Name);
        IReadOnlyList<CatalogEntry> entries = Catalog.List(wildcard);
        if (entries.Count == 0)
        {
            string near = Suggestions.Phrase(wildcard!.Trim('*', '?'), Catalog.List().Select(entry => entry.Name));
            throw new UsageException($"no model matches '{wildcard}'{near}. All names: seglstm models");
        }

        Table table = Tables.New("model", "parameters M", $"GFLOPs at {size}", "strides").AddColumns("what it is", "paper");
        foreach (CatalogEntry entry in entries)
        {
            using Segmenter model = Outline.Of(() => entry.Create(classes, channels, entry.ImageSize));
            Complexity complexity = Complexity.Of(model, size, size);
            table.AddRow(Markup.Escape(entry.Name), Number(complexity.MegaParameters), Number(complexity.GigaFlops),
                string.Join(" ", model.Backbone.Strides), Markup.Escape(entry.Description), Markup.Escape(entry.Paper));
        }

        Terminal.Out.Write(table);
        Terminal.Out.WriteLine(
            $"for {classes} classes and {channels} bands; one FLOP is one multiply-add, "
            + "the auxiliary head counts in the parameters only");
        return 0;
    }

    private static string Number(double value) => value.ToString(value < 10 ? "0.000" : "0.0", CultureInfo.InvariantCulture);
}
