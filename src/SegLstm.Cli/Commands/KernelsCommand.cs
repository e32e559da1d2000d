using System.CommandLine;
using SegLstm.Cli.Output;
using SegLstm.Kernels;
using Spectre.Console;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm kernels`: the kernels and their forms.</summary>
internal static class KernelsCommand
{
    public static Command Create()
    {
        var command = new ExampleCommand(
            "kernels", "List the kernels of the library: their forms, where each runs, when it is taken, what tests it.",
            "seglstm kernels",
            "seglstm bench 'mlstm*'       how fast they are");
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        var table = new Table().Border(Tables.Border)
            .AddColumns("kernel", "form", "device", "types", "vector bits", "taken", "tests");
        table.Columns[^1].NoWrap();
        foreach (KernelForm form in KernelCatalog.Forms)
        {
            table.AddRow(new[]
            {
                form.Family, form.Name, form.Device, form.Types, form.Vectors, form.Chosen,
                Terminal.IsInteractive ? form.Tests.Replace(", ", "\n", StringComparison.Ordinal) : form.Tests,
            }.Select(Markup.Escape).ToArray());
        }

        Terminal.Out.Write(table);
        Terminal.Out.WriteLine(
            "half precision is computed in float32; of several vector widths the first is taken; libtorch chooses its own");
        return 0;
    }
}
