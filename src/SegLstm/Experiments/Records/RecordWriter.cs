using System.Collections;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SegLstm.Experiments.Records;

/// <summary>Writes a record as the YAML that <see cref="YamlTree"/> reads: all values, defaults too.</summary>
internal sealed partial class RecordWriter
{
    private readonly StringWriter _text = new() { NewLine = "\n" };
    private readonly Emitter _emitter;

    private RecordWriter() => _emitter = new Emitter(_text, new EmitterSettings().WithBestWidth(120));

    /// <summary>The text of a record.</summary>
    public static string Write(object record)
    {
        var writer = new RecordWriter();
        writer.Emit(new StreamStart(), new DocumentStart(null, null, isImplicit: true));
        writer.Value(record);
        writer.Emit(new DocumentEnd(isImplicit: true), new StreamEnd());
        return writer._text.ToString();
    }

    private void Value(object? value)
    {
        switch (value)
        {
            case null:
                Plain("null");
                break;
            case string text when Unmistakable().IsMatch(text) && !Words().IsMatch(text):
                Plain(text);
                break;
            case string text:
                Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, ScalarStyle.DoubleQuoted, false, true));
                break;
            case IEnumerable list:
                object[] items = [.. list.Cast<object>()];
                bool flat = items.All(item => RecordScalars.Holds(item.GetType()));
                Emit(new SequenceStart(
                    AnchorName.Empty, TagName.Empty, true, flat ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (object item in items) Value(item);
                Emit(new SequenceEnd());
                break;
            case { } scalar when RecordScalars.Holds(scalar.GetType()):
                Plain(RecordScalars.Write(scalar));
                break;
            default:
                Emit(new MappingStart(AnchorName.Empty, TagName.Empty, true, MappingStyle.Block));
                foreach (RecordField field in RecordShape.Of(value.GetType()).Fields)
                {
                    Plain(field.Name);
                    Value(field.Get(value));
                }

                Emit(new MappingEnd());
                break;
        }
    }

    private void Plain(string text) =>
        Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, ScalarStyle.Plain, true, false));

    private void Emit(params ParsingEvent[] events)
    {
        foreach (ParsingEvent one in events) _emitter.Emit(one);
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_./+-]*\z")]
    private static partial Regex Unmistakable();

    // What some reader of YAML takes for something else than text.
    [GeneratedRegex(@"^(null|true|false|yes|no|on|off|y|n)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Words();
}
