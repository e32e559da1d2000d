using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SegLstm.Workbook.Plotly;

/// <summary>Numbers as JSON and as text, the same on every machine.</summary>
internal static class Numbers
{
    /// <summary>A JSON array; what is NaN or infinite becomes null, which Plotly draws as a gap.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="single">Whether they were of single precision, so that fewer digits tell them apart.</param>
    internal static JsonNode Json(IEnumerable<double> numbers, bool single) => Write(writer => WriteRow(writer, numbers, single));

    /// <summary>A JSON array of rows.</summary>
    internal static JsonNode Json(Matrix matrix) => Write(writer =>
    {
        writer.WriteStartArray();
        for (int row = 0; row < matrix.Rows; row++)
            WriteRow(writer, matrix.Numbers.Slice(row * matrix.Columns, matrix.Columns).ToArray(), matrix.Single);
        writer.WriteEndArray();
    });

    /// <summary>A JSON array of texts.</summary>
    internal static JsonArray Json(IEnumerable<string> texts) =>
        new([.. texts.Select(t => (JsonNode)JsonValue.Create(Caption.Escape(t)))]);

    /// <summary>A number with four significant digits.</summary>
    internal static string Text(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static JsonNode Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) write(writer);
        return JsonNode.Parse(buffer.WrittenSpan)!;
    }

    private static void WriteRow(Utf8JsonWriter writer, IEnumerable<double> numbers, bool single)
    {
        writer.WriteStartArray();
        foreach (double number in numbers)
        {
            if (!double.IsFinite(number)) writer.WriteNullValue();
            else if (single) writer.WriteNumberValue((float)number);
            else writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }
}
