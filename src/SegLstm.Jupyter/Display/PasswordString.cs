// The namespace and name of .NET Interactive, so that notebooks written for it compile unchanged.
namespace Microsoft.DotNet.Interactive;

/// <summary>A secret that a person has typed. Shown, it is stars.</summary>
/// <param name="clearTextPassword">The secret.</param>
public class PasswordString(string clearTextPassword)
{
    /// <summary>The secret.</summary>
    public string GetClearTextPassword() => clearTextPassword;

    /// <inheritdoc/>
    public override string ToString() => "************";
}
