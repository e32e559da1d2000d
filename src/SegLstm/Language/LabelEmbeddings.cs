using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Language;

/// <summary>An encoder that remembers: each label is encoded once, told by its text alone, whichever list it stands in.</summary>
/// <param name="encoder">The encoder; owned from here on.</param>
public sealed class LabelEmbeddings(ITextEncoder encoder) : ITextEncoder
{
    // A label's vector has a few KiB; lists that change with every keystroke end somewhere.
    private const int MostLabels = 4096;

    private readonly Dictionary<string, Tensor> known = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <inheritdoc/>
    public string Name => encoder.Name;

    /// <inheritdoc/>
    public string Identity => encoder.Identity;

    /// <inheritdoc/>
    public int Width => encoder.Width;

    /// <summary>How many labels have been encoded, as opposed to remembered.</summary>
    public long Encoded { get; private set; }

    /// <inheritdoc/>
    public Tensor Encode(IReadOnlyList<string> labels)
    {
        lock (gate)
        {
            string[] fresh = [.. labels.Distinct(StringComparer.Ordinal).Where(label => !known.ContainsKey(label))];
            if (fresh.Length > 0)
            {
                if (known.Count + fresh.Length > MostLabels)
                {
                    Forget();
                    fresh = [.. labels.Distinct(StringComparer.Ordinal)];
                }

                using var vectors = encoder.Encode(fresh);
                foreach (var (k, label) in fresh.Index())
                {
                    known.Add(label, vectors[k].clone().DetachFromDisposeScope());
                }

                Encoded += fresh.Length;
            }

            return stack(labels.Select(label => known[label]));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Forget();
        encoder.Dispose();
    }

    private void Forget()
    {
        foreach (var vector in known.Values)
        {
            vector.Dispose();
        }

        known.Clear();
    }
}
