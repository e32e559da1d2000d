using FSharp.Compiler.Interactive;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.FSharp.Core;

namespace SegLstm.Jupyter.Languages.FSharp;

/// <summary>Starts F#'s interactive session with what cells find in it.</summary>
internal static class FSharpSession
{
    // Two instances of .NET's types, one by name and one by keyword, are otherwise not the same to values that come from outside.
    private const string SameTypes = "--usesdkrefs-";

    private const string Prelude = """
        open System
        open System.IO
        open System.Text
        open Microsoft.DotNet.Interactive.Formatting
        open type Microsoft.DotNet.Interactive.Kernel
        [<AutoOpen>]
        module Notebook =
            let display (value: obj) = Microsoft.DotNet.Interactive.Kernel.display(value)
            let HTML (content: string) = Microsoft.DotNet.Interactive.Kernel.HTML(content)
            let CSS (content: string) = Microsoft.DotNet.Interactive.Kernel.CSS(content)
            let Javascript (content: string) = Microsoft.DotNet.Interactive.Kernel.Javascript(content)
        """;

    /// <summary>A session that knows the display functions.</summary>
    public static Shell.FsiEvaluationSession Start()
    {
        string[] references = [.. new[] { typeof(IHtmlContent), typeof(Kernel), typeof(Formatter) }
            .Select(type => $"-r:{type.Assembly.Location}").Distinct()];
        string[] arguments =
        [
            "fsi", "--nologo", "--gui-", "--readline-", "--noninteractive", SameTypes, "--debug:portable", "--optimize+",
            .. references,
        ];

        // What the session itself says, such as the types of values, goes nowhere: values are displayed, errors come as
        // diagnostics.
        var session = Shell.FsiEvaluationSession.Create(
            Shell.FsiEvaluationSession.GetDefaultConfiguration(), arguments, TextReader.Null, TextWriter.Null, TextWriter.Null,
            FSharpOption<bool>.Some(false), null);
        session.EvalInteraction(Prelude, "prelude.fsx", null);
        FSharpFormatters.Register();
        return session;
    }
}
