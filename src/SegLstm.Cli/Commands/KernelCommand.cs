using System.CommandLine;
using SegLstm.Cli.Output;
using SegLstm.Jupyter.Installation;
using Spectre.Console;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm kernel`: makes Jupyter know the C# kernel.</summary>
internal static class KernelCommand
{
    private static readonly Option<bool> User = new("--user")
    {
        Description = "For this user alone (where nothing else is said).",
    };
    private static readonly Option<string?> Prefix = new("--prefix")
    {
        Description = "Under DIR/share/jupyter, such as /usr/local for all users.", HelpName = "DIR",
    };
    private static readonly Option<bool> SystemPrefix = new("--sys-prefix")
    {
        Description = "In the Python environment that is active.",
    };

    public static Command Create()
    {
        var install = new ExampleCommand("install", "Make Jupyter know the kernel.",
            "seglstm kernel install",
            "seglstm kernel install --prefix /usr/local       for all users of this machine")
        {
            User, Prefix, SystemPrefix,
        };
        install.SetAction(arguments => Install(Folder(arguments)));
        var list = new ExampleCommand("list", "List the kernels that Jupyter finds.", "seglstm kernel list");
        list.SetAction(_ => List());
        var remove = new ExampleCommand("remove", "Make Jupyter forget the kernel; kernels of other programs stay.",
            "seglstm kernel remove",
            "seglstm kernel remove --prefix /usr/local")
        {
            User, Prefix, SystemPrefix,
        };
        remove.SetAction(arguments => Remove(Folder(arguments)));
        return new ExampleCommand("kernel", "Install, list or remove the C# kernel for Jupyter.",
            "seglstm kernel install        then: jupyter notebook, and choose C# (SegLstm)",
            "seglstm kernel list",
            "seglstm kernel remove")
        {
            install, list, remove,
        };
    }

    private static string Folder(ParseResult arguments)
    {
        string? prefix = arguments.GetValue(Prefix);
        bool system = arguments.GetValue(SystemPrefix);
        if (new[] { arguments.GetValue(User), prefix is not null, system }.Count(given => given) > 1)
        {
            throw new UsageException("--user, --prefix and --sys-prefix each name a place: give one of them");
        }

        if (prefix is not null) return KernelSpecFolders.Under(prefix);
        if (!system) return KernelSpecFolders.User;
        return KernelSpecFolders.Environmental ?? throw new UsageException(
            "--sys-prefix: no Python environment is active (neither VIRTUAL_ENV nor CONDA_PREFIX is set); "
            + "give its folder with --prefix");
    }

    private static int Install(string folder)
    {
        Require.WritableFolder(folder, Prefix.Name);
        IReadOnlyList<KernelSpec> written = KernelSpecs.Install(folder, KernelSpecFolders.All);
        foreach (KernelSpec spec in written) Terminal.Out.WriteLine($"{spec.Name} ({spec.DisplayName}): {spec.Folder}");
        if (written.All(spec => spec.Name != KernelSpecs.CompatibleName))
        {
            Terminal.Out.WriteLine($"{KernelSpecs.CompatibleName} is another program's kernel and stays as it is");
        }

        if (!KernelSpecFolders.All.Contains(folder))
        {
            Terminal.Out.WriteLine($"Jupyter looks there only with JUPYTER_PATH={Path.GetDirectoryName(folder)}");
        }

        return 0;
    }

    private static int List()
    {
        Table table = new Table().Border(Tables.Border).AddColumns("kernel", "name", "ours", "folder");
        foreach (KernelSpec spec in KernelSpecs.List(KernelSpecFolders.All))
        {
            table.AddRow(new[] { spec.Name, spec.DisplayName, spec.IsOurs ? "yes" : "no", spec.Folder }
                .Select(Markup.Escape).ToArray());
        }

        Terminal.Out.Write(table);
        return 0;
    }

    private static int Remove(string folder)
    {
        IReadOnlyList<KernelSpec> removed = KernelSpecs.Remove(folder);
        foreach (KernelSpec spec in removed) Terminal.Out.WriteLine($"removed {spec.Name}: {spec.Folder}");
        if (removed.Count == 0)
        {
            Terminal.Out.WriteLine($"no kernel of ours is in {folder}. Those that Jupyter finds: seglstm kernel list");
        }

        return 0;
    }
}
