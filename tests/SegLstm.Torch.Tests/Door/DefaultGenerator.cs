namespace SegLstm.Tests.Torch.Door;

/// <summary>Tests that expect certain numbers of the default generator run alone: any other test may draw from it.</summary>
[CollectionDefinition(nameof(DefaultGenerator), DisableParallelization = true)]
public class DefaultGenerator;
