using Xunit.Sdk;

namespace SegLstm.Tests.EndToEnd.Jupyter;

/// <summary>A case of one of the Python suites.</summary>
public sealed record PythonCase : IXunitSerializable
{
    public PythonCase()
    {
    }

    public PythonCase(string suite, string name) => (Suite, Name) = (suite, name);

    public string Suite { get; private set; } = "";

    public string Name { get; private set; } = "";

    public void Serialize(IXunitSerializationInfo info)
    {
        info.AddValue(nameof(Suite), Suite);
        info.AddValue(nameof(Name), Name);
    }

    public void Deserialize(IXunitSerializationInfo info)
    {
        Suite = info.GetValue<string>(nameof(Suite))!;
        Name = info.GetValue<string>(nameof(Name))!;
    }

    public override string ToString() => $"{Suite}: {Name["test_".Length..].Replace('_', ' ')}";
}

/// <summary>How a case ended, as kernel.py reports it.</summary>
internal sealed record CaseOutcome(string Case, string Outcome, double Seconds, string Text, IReadOnlyList<string> Measured);
