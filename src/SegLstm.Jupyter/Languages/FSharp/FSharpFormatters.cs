using System.Collections;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace SegLstm.Jupyter.Languages.FSharp;

/// <summary>Shows the collections of F# as collections, and options as what they hold.</summary>
internal static class FSharpFormatters
{
    private static readonly string[] MimeTypes = ["text/plain", "text/html"];

    /// <summary>Registers them for this session.</summary>
    public static void Register()
    {
        foreach (var mimeType in MimeTypes)
        {
            Formatter.Register(typeof(FSharpList<>), (value, context) =>
                Show(ToArray((IEnumerable)value), context, mimeType), mimeType);
            Formatter.Register(typeof(FSharpSet<>), (value, context) =>
                Show(ToArray((IEnumerable)value), context, mimeType), mimeType);
            Formatter.Register(typeof(FSharpOption<>), (value, context) => Show(
                value.GetType().GetProperty("Value")!.GetValue(value), context, mimeType), mimeType);
        }
    }

    private static bool Show(object? value, FormatContext context, string mimeType)
    {
        Formatter.FormatTo(value, context, mimeType);
        return true;
    }

    private static Array ToArray(IEnumerable values)
    {
        var items = values.Cast<object?>().ToArray();
        var array = Array.CreateInstance(values.GetType().GetGenericArguments()[0], items.Length);
        Array.Copy(items, array, items.Length);
        return array;
    }
}
