// The namespace and name of .NET Interactive, so that notebooks written for it compile unchanged.
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.Formatting.TabularData;
using SegLstm.Jupyter.Sessions;

namespace System;

/// <summary>Shows values below the cell that is running.</summary>
public static class DisplayExtensions
{
    /// <summary>Shows a value.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="mimeTypes">The forms to show it in; by default those that are registered for its type.</param>
    /// <returns>What can replace the value later.</returns>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) =>
        DisplayedValue.Show(RunningCell.Current, value, mimeTypes);

    /// <summary>Shows text that is in a format already.</summary>
    /// <param name="value">The text; base64 for pictures.</param>
    /// <param name="mimeType">Its format.</param>
    /// <returns>What can replace the value later.</returns>
    public static DisplayedValue DisplayAs(this string value, string mimeType) =>
        DisplayedValue.ShowAs(RunningCell.Current, value, mimeType);

    /// <summary>Shows a sequence as a table, one column a property.</summary>
    /// <param name="value">The rows.</param>
    /// <param name="mimeTypes">The forms to show it in; by default those that are registered for tables.</param>
    /// <returns>What can replace the value later.</returns>
    public static DisplayedValue DisplayTable<T>(this IEnumerable<T>? value, params string[] mimeTypes) =>
        value is null ? Display(null, mimeTypes) : value.ToTabularDataResource().Display(mimeTypes);
}
