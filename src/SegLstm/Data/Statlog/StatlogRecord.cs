namespace SegLstm.Data.Statlog;

/// <summary>One record of the Statlog set: a 3 x 3 neighbourhood of 4 bands and the class of its centre.</summary>
/// <param name="Samples">36 values: nine pixels row by row, four bands each.</param>
/// <param name="Class">The class of the centre, from 1.</param>
internal sealed record StatlogRecord(byte[] Samples, byte Class)
{
    internal const int Side = 3, Bands = 4;

    /// <summary>The records of R's data frame "Satellite" of the package mlbench: x.1 … x.36 and the factor classes.</summary>
    /// <exception cref="InvalidDataException">The frame is another one.</exception>
    internal static (IReadOnlyList<StatlogRecord> Records, IReadOnlyList<string> Classes) Parse(byte[] serialized)
    {
        const int fields = Side * Side * Bands;
        var workspace = RSerializationReader.Read(serialized);
        if (workspace.Values.FirstOrDefault() is not RValue.List { Values: { Length: fields + 1 } columns }
            || columns[^1] is not RValue.Integers codes || !codes.Attributes.TryGetValue("levels", out var levels)
            || levels is not RValue.Strings names)
        {
            throw new InvalidDataException(
                $"Expected a data frame of {fields} numbers and a factor; this workspace holds {string.Join(", ", workspace.Keys)}.");
        }

        var numbers = columns[..fields].Select((column, i) => column is RValue.Reals r && r.Values.Length == codes.Values.Length
            ? r.Values : throw new InvalidDataException($"Column {i + 1} is not {codes.Values.Length} numbers.")).ToArray();
        var records = codes.Values.Select((code, row) => new StatlogRecord(
            [.. numbers.Select(column => Sample(column[row], row))],
            code >= 1 && code <= names.Values.Length
                ? (byte)code : throw new InvalidDataException($"Row {row + 1} has class {code} of {names.Values.Length}.")));
        return ([.. records], names.Values);
    }

    /// <summary>The two columns (or rows) of pixels from <paramref name="first"/> on, as a key that equal ones share.</summary>
    internal string Overlap(int first, bool columns) => string.Create(2 * Side * Bands, (Samples, first, columns), static (key, from) =>
    {
        int at = 0;
        for (int row = 0; row < Side; row++)
        {
            for (int column = 0; column < Side; column++)
            {
                int place = from.columns ? column : row;
                for (int band = 0; band < Bands && place >= from.first && place < from.first + 2; band++)
                    key[at++] = (char)from.Samples[(row * Side + column) * Bands + band];
            }
        }
    });

    private static byte Sample(double value, int row) => value is >= 0 and <= 255 && value == Math.Floor(value)
        ? (byte)value : throw new InvalidDataException($"Row {row + 1} holds {value}; samples are whole numbers from 0 to 255.");
}
