namespace SegLstm.Jupyter.Installation;

/// <summary>A kernel that Jupyter finds.</summary>
/// <param name="Name">The name that notebooks store.</param>
/// <param name="Folder">Where its kernel.json is.</param>
/// <param name="DisplayName">The name that people choose from.</param>
/// <param name="IsOurs">Whether <see cref="KernelSpecs.Install"/> made it.</param>
/// <param name="Command">What starts it.</param>
public sealed record KernelSpec(string Name, string Folder, string DisplayName, bool IsOurs, IReadOnlyList<string> Command);
