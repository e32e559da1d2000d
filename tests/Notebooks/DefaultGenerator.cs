namespace SegLstm.Notebooks.Tests;

/// <summary>Tests that draw from libtorch's one default generator run one after the other.</summary>
[CollectionDefinition(nameof(DefaultGenerator))]
public sealed class DefaultGenerator;
