using System.Text;
using SegLstm.Checkpoints;

namespace SegLstm.Experiments.Records;

/// <summary>
/// Records with init properties, such as <see cref="SceneRecipe"/>, as YAML files and as single overrides
/// (<c>training.learning_rate=1e-3</c>). Keys are the properties in snake_case, as in the other files of a run.
/// </summary>
/// <remarks>
/// Reading is strict. A key that no property has, a value of another type, a value that the record's own <c>Validate()</c>
/// complains about: all of them are told at once, each with its line; but what a record complains about is not told while one of
/// its own values cannot be read. What is not given keeps its value. Texts may come from anybody: nothing but the record and its
/// parts is made, and tags, anchors, aliases, deep nesting and long texts are refused.
/// </remarks>
public static class RecordYaml
{
    /// <summary>Reads a record.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="source">What to call the text where something is wrong with it.</param>
    /// <param name="start">Has what the text does not give; null: the defaults of the type.</param>
    /// <param name="overrides">Assignments that come after the text, such as "training.seed=3".</param>
    /// <exception cref="RecordException">Something is wrong; all of it is told.</exception>
    public static T Read<T>(string text, string source, T? start = null, IEnumerable<string>? overrides = null)
        where T : class
    {
        var binder = new RecordBinder();
        object record = start ?? binder.Start(typeof(T));
        record = YamlTree.Parse(text, line => line > 0 ? $"{source}:{line}" : source) switch
        {
            null or ScalarNode { IsNull: true } => record,
            MapNode map => binder.Bind(record, map),
            { } other => throw new RecordException($"{other.Place}: expected keys and values, got {other.Words}."),
        };
        foreach (string assignment in overrides ?? []) record = binder.Bind(record, RecordOverride.Parse(assignment));
        binder.Finish(record, source);
        return (T)record;
    }

    /// <summary>Reads a record from a file.</summary>
    /// <inheritdoc cref="Read{T}"/>
    /// <param name="path">A YAML file in UTF-8.</param>
    /// <param name="start">Has what the file does not give; null: the defaults of the type.</param>
    /// <param name="overrides">Assignments that come after the file.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static T Load<T>(string path, T? start = null, IEnumerable<string>? overrides = null)
        where T : class => Read(Text(path), path, start, overrides);

    /// <summary>A record with some values replaced, as <c>with</c> does in C#.</summary>
    /// <param name="record">The record; unchanged.</param>
    /// <param name="overrides">Assignments of a path and a value in YAML, such as "training.class_weights=[1, 2]".</param>
    /// <param name="source">What to call the record where something is wrong with a value that is not overridden.</param>
    /// <exception cref="RecordException">Something is wrong; all of it is told.</exception>
    public static T Apply<T>(T record, IEnumerable<string> overrides, string source = "the record")
        where T : class => Read("", source, record, overrides);

    /// <summary>The text of a record with all its values; reading it gives an equal record.</summary>
    public static string Write(object record) => RecordWriter.Write(record);

    /// <summary>Writes a record to a file, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="record">The record.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, object record) => AtomicFile.WriteText(path, Write(record));

    // No more is read than a record may have, whatever the file system says of the length.
    private static string Text(string path)
    {
        using FileStream file = File.OpenRead(path);
        byte[] bytes = new byte[YamlTree.MostCharacters + 1];
        int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length == bytes.Length)
        {
            throw new RecordException($"{path}: longer than {YamlTree.MostCharacters} bytes: expected a record, which is short.");
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw new RecordException($"{path}: this is no text in UTF-8: expected a record in YAML.");
        }
    }
}
