using System.Collections;

namespace SegLstm.Jupyter.Display;

/// <summary>Sequences that are computed while they are read.</summary>
internal static class Sequences
{
    /// <summary>
    /// A query (LINQ or an iterator) as a sequence that computes each element once, since every form of a value reads it again;
    /// any other value as it is.
    /// </summary>
    public static object? Remember(object? value)
    {
        if (value is not IEnumerable || value is ICollection || !IsComputed(value.GetType()))
        {
            return value;
        }

        var element = value.GetType().GetInterfaces()
            .FirstOrDefault(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            ?.GetGenericArguments()[0];
        return element is null || element.IsByRefLike
            ? value
            : Activator.CreateInstance(typeof(Sequence<>).MakeGenericType(element), value);
    }

    private static bool IsComputed(Type type) =>
        (type.FullName?.StartsWith("System.Linq.Enumerable+", StringComparison.Ordinal) ?? false)
        || (type.Name.StartsWith('<') && typeof(IEnumerator).IsAssignableFrom(type));

    // Its name stands in the text form of a query.
    private sealed class Sequence<T>(IEnumerable<T> source) : IEnumerable<T>
    {
        private readonly List<T> known = [];
        private IEnumerator<T>? rest;
        private bool ended;

        public IEnumerator<T> GetEnumerator()
        {
            for (var i = 0; Reach(i); i++)
            {
                yield return known[i];
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        private bool Reach(int index)
        {
            if (index < known.Count)
            {
                return true;
            }

            if (ended)
            {
                return false;
            }

            rest ??= source.GetEnumerator();
            if (rest.MoveNext())
            {
                known.Add(rest.Current);
                return true;
            }

            ended = true;
            rest.Dispose();
            return false;
        }
    }
}
