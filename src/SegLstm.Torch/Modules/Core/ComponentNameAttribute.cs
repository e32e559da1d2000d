namespace TorchSharp.Utils;

/// <summary>Gives the parameter, buffer or submodule in a field another name than the field's, for state dictionaries.</summary>
[AttributeUsage(AttributeTargets.Field)]
public class ComponentNameAttribute : Attribute
{
    /// <summary>The name of the component; the field's where this is null.</summary>
    public string? Name { get; set; }
}
