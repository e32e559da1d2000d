namespace SegLstm.Soak;

/// <summary>A kind of file and the reader that is to withstand it.</summary>
/// <param name="name">What the report calls it.</param>
/// <param name="extension">How its files are called.</param>
/// <param name="seeds">Good files to start from.</param>
internal abstract class SoakTarget(string name, string extension, IReadOnlyList<SoakSeed> seeds)
{
    /// <summary>What the report calls it.</summary>
    public string Name { get; } = name;

    /// <summary>How its files are called, with the dot.</summary>
    public string Extension { get; } = extension;

    /// <summary>Good files to start from.</summary>
    public IReadOnlyList<SoakSeed> Seeds { get; } = seeds;

    /// <summary>An input: a good file, changed in ways that its format knows of, and now and then in any way.</summary>
    /// <param name="random">The same gives the same input.</param>
    /// <param name="seed">The file it was.</param>
    public byte[] Input(Random random, out SoakSeed seed)
    {
        seed = Seeds[random.Next(Seeds.Count)];
        var input = random.Next(10) == 0 ? seed.Bytes : Change(seed.Bytes, random);
        return random.Next(6) == 0 ? Mutations.OfBytes(input, random) : input;
    }

    /// <summary>Reads a file whole, as a user would.</summary>
    /// <returns>Whether it was accepted; a refusal in the reader's own words is none.</returns>
    public abstract bool Read(string path);

    /// <summary>Changes a good file by the structure of its format.</summary>
    protected abstract byte[] Change(byte[] seed, Random random);
}
