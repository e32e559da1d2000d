namespace SegLstm.Models;

/// <summary>Collects all that is wrong with a configuration, in words.</summary>
internal sealed class Problems : List<string>
{
    /// <summary>None yet.</summary>
    public Problems()
    {
    }

    /// <summary>Begins with those of a part.</summary>
    public Problems(IEnumerable<string> ofPart) : base(ofPart)
    {
    }

    /// <summary>Notes a problem unless a condition holds.</summary>
    public void Require(bool holds, string problem)
    {
        if (!holds)
        {
            Add(problem);
        }
    }

    /// <summary>Throws where there are any.</summary>
    /// <param name="model">What was to be made.</param>
    /// <param name="problems">What <c>Validate()</c> of its configuration gave.</param>
    /// <exception cref="ArgumentException">There are; the message lists all of them.</exception>
    public static void ThrowIfAny(string model, IReadOnlyList<string> problems)
    {
        if (problems.Count > 0)
        {
            throw new ArgumentException($"{model}: {string.Join(" ", problems)}", "config");
        }
    }
}
