// The namespace and name of .NET Interactive, so that notebooks written for it compile unchanged.
namespace Microsoft.DotNet.Interactive;

/// <summary>What cells call without a qualifier: `display`, `HTML` and the like.</summary>
public static class Kernel;
