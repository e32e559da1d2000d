using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Display;
using SegLstm.Jupyter.Sessions;

namespace SegLstm.Jupyter.Magics;

/// <summary>Runs the commands among the magics.</summary>
internal sealed class MagicCommands(
    LanguageSet languages, SessionOptions options, ICellOutput output, CancellationToken interrupt)
{
    private readonly Sharing sharing = new(languages, output, interrupt);

    /// <summary>Runs a command.</summary>
    /// <param name="step">The command.</param>
    /// <param name="run">The run of the cell, which imported code joins.</param>
    /// <exception cref="MagicException">It cannot do what it is asked.</exception>
    public async Task RunAsync(CommandStep step, CellRun run)
    {
        try
        {
            switch (step.Call.Magic.Name)
            {
                case "who":
                    output.Display(MimeBundle.Plain(
                        string.Join("\n", sharing.All().Select(variable => variable.Variable.Name).Distinct())));
                    break;
                case "whos":
                    output.Display(VariableTable.Of(sharing.All()));
                    break;
                case "lsmagic":
                    output.Display(MimeBundle.Plain(string.Join("\n\n", MagicTable.All.Select(magic => magic.Help()))));
                    break;
                case "about":
                    output.Display(About.Bundle(languages));
                    break;
                case "import":
                    await ImportAsync(step, run);
                    break;
                case "share":
                    await ShareAsync(step);
                    break;
                case "set":
                    await SetAsync(step);
                    break;
                default:
                    throw new InvalidOperationException($"#!{step.Call.Magic.Name} has no command");
            }
        }
        catch (Exception failure) when (
            failure is ArgumentException or IOException or UnauthorizedAccessException or SharingException)
        {
            throw new MagicException(failure.Message, step.Text, step.Line, 0);
        }
    }

    /// <summary>Keeps what `#!value` says under its name.</summary>
    /// <exception cref="MagicException">It is not said, or said twice, or the file cannot be read.</exception>
    public async Task KeepAsync(CodeStep part)
    {
        var call = part.Switch!;
        var text = "#!value";
        var sources = new[] { "--from-file", "--from-value", "--from-url" }.Where(call.Options.ContainsKey).ToList();
        if (sources.Count > 1 || (sources.Count == 1 && !part.IsBlank))
        {
            throw new MagicException(
                $"expected one source of the value, got {string.Join(", ", sources)}{(part.IsBlank ? "" : " and text below")}",
                text, call.Line, 0);
        }

        if (sources is ["--from-url"])
        {
            throw new MagicException(
                $"--from-url {call.Options["--from-url"]!.Text}: this kernel works without network and fetches nothing; "
                + "save the file beside the notebook and use --from-file", text, call.Line, 0);
        }

        try
        {
            var name = sharing.Text(call.Options["--name"]!);
            var value = sources switch
            {
                ["--from-file"] => await File.ReadAllTextAsync(
                    InFolder(sharing.Text(call.Options["--from-file"]!)), interrupt),
                ["--from-value"] => sharing.Value(call.Options["--from-value"]!, null).Value,
                _ => part.Text.Trim('\n', '\r'),
            };
            await languages["value"].SetVariableAsync(name, value, value?.GetType() ?? typeof(string));
            if (call.Options.GetValueOrDefault("--mime-type") is { } mimeType)
            {
                output.Display(value is string shown
                    ? ValueFormatter.Literal(shown, mimeType.Text)
                    : ValueFormatter.Format(value, [mimeType.Text]));
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or SharingException)
        {
            throw new MagicException(failure.Message, text, call.Line, 0);
        }
    }

    private async Task ShareAsync(CommandStep step)
    {
        var call = step.Call;
        var name = sharing.Text(call.Options["--name"]!);
        var from = call.Options.GetValueOrDefault("--from") is { } given ? sharing.Text(given) : null;
        var target = call.Options.GetValueOrDefault("--as") is { } renamed ? sharing.Text(renamed) : name;
        var value = sharing.Find(name, from, except: step.Language);
        await sharing.DeclareAsync(step.Language, target, value, call.Options.GetValueOrDefault("--mime-type")?.Text);
    }

    private async Task SetAsync(CommandStep step)
    {
        var call = step.Call;
        var mimeType = call.Options.GetValueOrDefault("--mime-type")?.Text;
        if (mimeType is not null && call.Options.ContainsKey("--byref"))
        {
            throw new SharingException("--byref and --mime-type contradict each other: expected one of them");
        }

        var name = sharing.Text(call.Options["--name"]!);
        var value = sharing.Value(call.Options["--value"]!, name);
        await sharing.DeclareAsync(step.Language, name, value, mimeType);
    }

    private async Task ImportAsync(CommandStep step, CellRun run)
    {
        var path = InFolder(sharing.Text(step.Call.Options["--file"]!));
        if (Path.GetExtension(path).ToLowerInvariant() is ".json" or ".txt" or ".csv")
        {
            var name = Path.GetFileNameWithoutExtension(path);
            await languages["value"].SetVariableAsync(name, await File.ReadAllTextAsync(path, interrupt), typeof(string));
            return;
        }

        await run.ImportAsync(path, ImportedFile.Read(path));
    }

    private string InFolder(string path) => Path.GetFullPath(path, options.WorkingDirectory);
}
