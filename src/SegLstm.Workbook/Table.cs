using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace SegLstm.Workbook;

/// <summary>
/// A small table to show in a notebook: a caption, a head, rows of texts and numbers. Methods change the table and return it.
/// </summary>
/// <example><code>new Table("form", "time (ms)").Row("parallel", 12.5).Row("chunkwise", 3.1)</code></example>
public sealed class Table
{
    private readonly List<object?[]> _rows = [];

    /// <summary>A table without rows.</summary>
    /// <param name="columns">What heads each column, with its unit.</param>
    /// <exception cref="ArgumentException">No column.</exception>
    public Table(params string[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Length == 0) throw new ArgumentException("A table without columns: expected at least one.", nameof(columns));
        Columns = [.. columns];
    }

    /// <summary>What heads each column.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The rows; the first value names the row.</summary>
    public IReadOnlyList<IReadOnlyList<object?>> Rows => _rows;

    /// <summary>What stands above the table; empty for nothing.</summary>
    public string Title { get; private set; } = "";

    /// <summary>What stands below the table; empty for nothing.</summary>
    public string Note { get; private set; } = "";

    /// <summary>A table of objects: a row for each, a column for each public property.</summary>
    /// <param name="rows">Records, tuples or objects of anonymous types.</param>
    /// <exception cref="ArgumentException">Objects without properties.</exception>
    public static Table Of<T>(IEnumerable<T> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (typeof(ITuple).IsAssignableFrom(typeof(T)))
        {
            T[] all = [.. rows];
            int size = all.Length == 0 ? typeof(T).GetGenericArguments().Length : ((ITuple)all[0]!).Length;
            var tuples = new Table([.. Enumerable.Range(1, size).Select(i => $"Item{i}")]);
            foreach (T row in all) tuples.Row([.. Enumerable.Range(0, size).Select(i => ((ITuple)row!)[i])]);
            return tuples;
        }

        PropertyInfo[] properties = [.. typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetIndexParameters().Length == 0)];
        var table = new Table([.. properties.Select(p => p.Name)]);
        foreach (T row in rows) table.Row([.. properties.Select(p => p.GetValue(row))]);
        return table;
    }

    /// <summary>Adds a row.</summary>
    /// <param name="values">A value for each column; numbers stand right, with four significant digits where they are
    /// fractions.</param>
    /// <exception cref="ArgumentException">Another number of values than columns.</exception>
    public Table Row(params object?[] values)
    {
        if (values.Length != Columns.Count)
            throw new ArgumentException($"A row of {values.Length} values in a table of {Columns.Count} columns ({string.Join(", ", Columns)}).", nameof(values));
        _rows.Add([.. values]);
        return this;
    }

    /// <summary>Names the table.</summary>
    public Table Titled(string title)
    {
        Title = title;
        return this;
    }

    /// <summary>Writes a remark below the table.</summary>
    public Table Noted(string note)
    {
        Note = note;
        return this;
    }

    /// <summary>The table in plain text, its columns aligned.</summary>
    public override string ToString()
    {
        string[][] cells = [[.. Columns], .. _rows.Select(r => Array.ConvertAll(r, Text))];
        int[] widths = [.. Enumerable.Range(0, Columns.Count).Select(c => cells.Max(row => row[c].Length))];
        var lines = cells.Select(row =>
            string.Join("  ", row.Select((cell, c) => IsNumeric(c) ? cell.PadLeft(widths[c]) : cell.PadRight(widths[c])))
            .TrimEnd());
        return string.Join("\n", [.. Title.Length == 0 ? [] : new[] { Title }, .. lines,
            .. Note.Length == 0 ? [] : new[] { Note }]);
    }

    /// <summary>Whether a column holds only numbers.</summary>
    internal bool IsNumeric(int column) => _rows.Count > 0
        && _rows.All(r =>
            r[column] is null or sbyte or byte or short or ushort or int or uint or long or ulong
                or float or double or decimal or Half or Percentage);

    /// <summary>A value as a cell shows it.</summary>
    internal static string Text(object? value) => value switch
    {
        null => "–",
        double number => Fraction(number),
        float number => Fraction(number),
        Half number => Fraction((double)number),
        decimal number => number.ToString("G6", CultureInfo.InvariantCulture),
        sbyte or byte or short or ushort or int or uint or long or ulong =>
            string.Format(CultureInfo.InvariantCulture, "{0:N0}", value),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Fraction(double number)
    {
        double size = Math.Abs(number);
        return !double.IsFinite(number) || (size < 1e6 && size >= 1e-3) || number == 0
            ? double.IsNaN(number) ? "–" : size >= 1000 ? number.ToString("N0", CultureInfo.InvariantCulture)
                : number.ToString("G4", CultureInfo.InvariantCulture)
            : number.ToString("0.###e+0", CultureInfo.InvariantCulture);
    }
}
