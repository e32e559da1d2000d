using System.Collections.Concurrent;
using System.ComponentModel;

namespace SegLstm.Jupyter.Languages.CSharp.Running;

/// <summary>Hands values of other languages to the submission that declares a variable for them.</summary>
/// <remarks>Public because submissions call it; not meant for cells.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Handover
{
    private static readonly ConcurrentDictionary<long, object?> Waiting = [];
    private static long count;

    /// <summary>Takes a value, once.</summary>
    public static T Take<T>(long number)
    {
        Waiting.TryRemove(number, out object? value);
        return (T)value!;
    }

    /// <summary>The statement that declares a variable and takes its value, and the number to <see cref="Drop"/> then.</summary>
    internal static (string Code, long Number) Declaration(string name, object? value, string type)
    {
        long number = Interlocked.Increment(ref count);
        Waiting[number] = value;
        return ($"{type} @{name} = global::{typeof(Handover).FullName}.Take<{type}>({number});", number);
    }

    /// <summary>Forgets a value that was not taken.</summary>
    internal static void Drop(long number) => Waiting.TryRemove(number, out _);
}
