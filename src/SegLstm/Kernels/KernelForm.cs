namespace SegLstm.Kernels;

/// <summary>One of the ways in which a kernel is computed.</summary>
/// <param name="Family">The kernel, such as <c>selective_scan</c>.</param>
/// <param name="Name">The form.</param>
/// <param name="Device">Where it runs; <c>any</c>: where libtorch does.</param>
/// <param name="Types">What it computes in.</param>
/// <param name="Vectors">Vectors it uses on this machine.</param>
/// <param name="Chosen">When it is taken.</param>
/// <param name="Tests">Test classes, and <c>goldens/</c> with a folder of the authors' results.</param>
public sealed record KernelForm(
    string Family, string Name, string Device, string Types, string Vectors, string Chosen, string Tests);
