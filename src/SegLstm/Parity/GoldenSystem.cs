namespace SegLstm.Parity;

/// <summary>
/// Builds what the side files of one system describe. Adding a system is one such class and one line in
/// <see cref="GoldenSystems"/>.
/// </summary>
public abstract class GoldenSystem
{
    /// <summary>The value of <c>system</c> in the side files.</summary>
    public abstract string Name { get; }

    /// <summary>Builds the subject of a case. Parameters are loaded and moved to the precision afterwards.</summary>
    /// <param name="config">What to build. Every key must be asked for.</param>
    /// <param name="tensors">The inputs. Every input must be asked for.</param>
    /// <exception cref="GoldenException">The configuration is unknown or contradicts the tensors.</exception>
    public abstract Subject Build(GoldenConfig config, GoldenTensors tensors);

    /// <summary>Reads a case that has its numbers in the side file, and builds its subject.</summary>
    /// <param name="golden">The case.</param>
    /// <exception cref="GoldenException">The system has no such cases, or lacks what this one needs.</exception>
    public virtual (Subject Subject, GoldenTensors Tensors) BuildWithoutFiles(GoldenCase golden) =>
        throw new GoldenException($"cannot be built: it names no tensor files, and the system {Name} has no cases without");
}
