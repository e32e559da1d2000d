using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using SegLstm.Jupyter.Messaging.Wire;

namespace SegLstm.Jupyter.Server;

/// <summary>Answers kernel_info_request: who this kernel is, and what its language looks like to an editor.</summary>
internal static class KernelInfo
{
    private const string LanguageVersion = "14.0";

    /// <summary>The version of this kernel.</summary>
    public static string Version { get; } =
        typeof(KernelInfo).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>The answer.</summary>
    public static Reply Describe() => new("kernel_info_reply", new JsonObject
    {
        ["status"] = "ok",
        ["protocol_version"] = WireCodec.ProtocolVersion,
        ["implementation"] = "SegLstm.Jupyter",
        ["implementation_version"] = Version,
        ["language_info"] = new JsonObject
        {
            ["name"] = "C#",
            ["version"] = LanguageVersion,
            ["mimetype"] = "text/x-csharp",
            ["file_extension"] = ".cs",
            ["pygments_lexer"] = "csharp",
            ["codemirror_mode"] = "text/x-csharp",
            ["nbconvert_exporter"] = "script",
        },
        ["banner"] = $"SegLstm.Jupyter {Version}: C# {LanguageVersion} on {RuntimeInformation.FrameworkDescription}. "
            + "#!lsmagic lists the languages and commands of cells; name? tells about a name.",
        ["debugger"] = false,
        ["help_links"] = new JsonArray(
            Link("C# reference", "https://learn.microsoft.com/dotnet/csharp/"),
            Link(".NET API browser", "https://learn.microsoft.com/dotnet/api/")),
        ["supported_features"] = new JsonArray(),
    });

    private static JsonObject Link(string text, string url) => new() { ["text"] = text, ["url"] = url };
}
