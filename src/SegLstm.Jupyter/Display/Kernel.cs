// The namespace and names of .NET Interactive, so that notebooks written for it compile unchanged.
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;
using SegLstm.Jupyter.Sessions;

namespace Microsoft.DotNet.Interactive;

/// <summary>What cells call without a qualifier: `display`, `HTML` and the like.</summary>
public static class Kernel
{
    /// <summary>Shows a value below the cell.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="mimeTypes">The forms to show it in; by default those that are registered for its type.</param>
    /// <returns>What can replace the value later.</returns>
    public static DisplayedValue display(object? value, params string[] mimeTypes) => value.Display(mimeTypes);

    /// <summary>A value that is shown as this HTML.</summary>
    public static IHtmlContent HTML(string content) => new HtmlString(content);

    /// <summary>Adds a style sheet to the page.</summary>
    public static void CSS(string content) => $"<style>\n{content}\n</style>".DisplayAs("text/html");

    /// <summary>Runs a script in the page.</summary>
    public static void Javascript(string scriptContent) =>
        $"<script type=\"text/javascript\">\n{scriptContent}\n</script>".DisplayAs("text/html");

    /// <summary>Runs a script in the page.</summary>
    public static void javascript(string scriptContent) => Javascript(scriptContent);

    /// <summary>Asks the person at the front end for a line.</summary>
    /// <param name="prompt">What to ask.</param>
    /// <param name="typeHint">`password` hides what is typed; Jupyter front ends know no other hints.</param>
    /// <exception cref="SegLstm.Jupyter.Cells.InputUnavailableException">Nobody can be asked here.</exception>
    public static Task<string> GetInputAsync(string prompt = "", string typeHint = "text") =>
        Task.FromResult(Ask(prompt, password: typeHint == "password"));

    /// <summary>Asks the person at the front end for a secret, which is not shown.</summary>
    /// <param name="prompt">What to ask.</param>
    /// <exception cref="SegLstm.Jupyter.Cells.InputUnavailableException">Nobody can be asked here.</exception>
    public static Task<PasswordString> GetPasswordAsync(string prompt = "") =>
        Task.FromResult(new PasswordString(Ask(prompt, password: true)));

    /// <summary>Asks the person at the front end for a line.</summary>
    /// <param name="prompt">What to ask.</param>
    /// <exception cref="SegLstm.Jupyter.Cells.InputUnavailableException">Nobody can be asked here.</exception>
    public static string input(string prompt = "") => Ask(prompt, password: false);

    /// <summary>Asks the person at the front end for a secret, which is not shown.</summary>
    /// <param name="prompt">What to ask.</param>
    /// <exception cref="SegLstm.Jupyter.Cells.InputUnavailableException">Nobody can be asked here.</exception>
    public static PasswordString password(string prompt = "") => new(Ask(prompt, password: true));

    private static string Ask(string prompt, bool password)
    {
        var cell = RunningCell.Current
            ?? throw new InvalidOperationException("no cell is running: input can be asked for by cells alone");
        return cell.Output.ReadInput(prompt, password, cell.Interrupt);
    }
}
