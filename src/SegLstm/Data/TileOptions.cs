namespace SegLstm.Data;

/// <summary>How tiles are cut from a scene.</summary>
public sealed record TileOptions
{
    /// <summary>Rows and columns of a tile.</summary>
    public required int Size { get; init; }

    /// <summary>
    /// 0 cuts a fixed grid that shows each labelled pixel of the split once, for evaluation; more cuts so many random crops an
    /// epoch, flipped and turned, for training.
    /// </summary>
    public int RandomCrops { get; init; }

    /// <summary>The seed of random crops; item i of epoch e is the same whenever and wherever it is asked for.</summary>
    public long Seed { get; init; }

    /// <summary>
    /// Whether image pixels of other splits may be seen around the split's own. Their labels never are. Where false, such pixels
    /// read as the mean (0 after normalisation).
    /// </summary>
    public bool Context { get; init; }

    /// <summary>Checks the numbers.</summary>
    /// <exception cref="ArgumentException">A size below 1, or a negative number of crops.</exception>
    public void Validate()
    {
        if (Size < 1 || RandomCrops < 0)
            throw new ArgumentException($"A tile size of {Size} and {RandomCrops} random crops: expected at least 1 and at least 0.");
    }
}
