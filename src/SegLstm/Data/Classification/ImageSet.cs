namespace SegLstm.Data.Classification;

/// <summary>Pictures on the disk, each of one class, and who trains, validates or is tested on.</summary>
public sealed class ImageSet
{
    private readonly IReadOnlyDictionary<Split, IReadOnlyList<LabelledImage>> _parts;

    internal ImageSet(string name, string root, IReadOnlyList<string> classNames,
        IReadOnlyDictionary<Split, IReadOnlyList<LabelledImage>> parts)
    {
        (Name, Root, ClassNames, _parts) = (name, root, classNames, parts);
    }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>Its folder, absolute.</summary>
    public string Root { get; }

    /// <summary>The classes in label order.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The pictures of a split, in the order of their names or of the published list; empty where there is no such.</summary>
    public IReadOnlyList<LabelledImage> Of(Split split) => _parts.GetValueOrDefault(split) ?? [];
}
