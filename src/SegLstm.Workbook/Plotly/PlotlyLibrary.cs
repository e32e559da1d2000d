using System.Text.Json.Nodes;

namespace SegLstm.Workbook.Plotly;

/// <summary>plotly.js and the few lines that draw our figures with it, as a script that a page holds once.</summary>
internal static class PlotlyLibrary
{
    internal const string FileName = "plotly-cartesian.min.js";

    private static int s_embedded;

    /// <summary>Where plotly.js lies: beside this assembly.</summary>
    internal static string Path =>
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(typeof(PlotlyLibrary).Assembly.Location)!, FileName);

    /// <summary>Whether this process has given the script to a page already.</summary>
    internal static bool IsEmbedded => Volatile.Read(ref s_embedded) != 0;

    /// <summary>The script element; figures that are shown later rely on it.</summary>
    /// <exception cref="FileNotFoundException">plotly.js is not there; the message says how to fetch it.</exception>
    internal static string Embed()
    {
        string script = Script();
        Volatile.Write(ref s_embedded, 1);
        return script;
    }

    /// <summary>As if nothing was embedded yet.</summary>
    internal static void Forget() => Volatile.Write(ref s_embedded, 0);

    internal static string Script()
    {
        if (!File.Exists(Path))
        {
            throw new FileNotFoundException(
                $"plotly.js is missing: expected {Path}. Fetch it with `bash environment/setup.sh`, build again, and restart the kernel.", Path);
        }

        // Module loaders (require.js in classic Notebook) would take the library for themselves and leave no window.Plotly.
        return "<script>(function(define,module,exports,require){if(window.Plotly)return;\n"
            + File.ReadAllText(Path).Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase)
            + "\n}).call(window);\n" + Drawing() + "</script>";
    }

    private static string Drawing()
    {
        using var stream = typeof(PlotlyLibrary).Assembly.GetManifestResourceStream("figures.js")!;
        using var reader = new StreamReader(stream);
        var templates = new JsonObject { ["light"] = Template.Of(Theme.Light), ["dark"] = Template.Of(Theme.Dark) };
        return reader.ReadToEnd().Replace("/*templates*/", templates.ToJsonString(), StringComparison.Ordinal);
    }
}
