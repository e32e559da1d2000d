namespace SegLstm.Tests.EndToEnd.Jupyter;

/// <summary>Tests that start kernels and browsers run one at a time, after all others: they measure time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class JupyterCollection : ICollectionFixture<InstalledKernel>
{
    public const string Name = "Jupyter";
}
