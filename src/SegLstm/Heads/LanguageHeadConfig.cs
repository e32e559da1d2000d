using System.Text.Json.Serialization;

namespace SegLstm.Heads;

/// <summary>What a <see cref="LanguageHead"/> is made of. The defaults are the published model's.</summary>
public sealed record LanguageHeadConfig
{
    /// <summary>Channels in DPT's fusion.</summary>
    public int Features { get; init; } = 256;

    /// <summary>Spatial regularisation of the scores.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<LanguageBlock>))]
    public LanguageBlock Block { get; init; } = LanguageBlock.None;

    /// <summary>How often the block is applied, always with the same ten numbers: the last time without activation. 0 is 1, as in
    /// the authors' code.</summary>
    public int BlockDepth { get; init; } = 1;

    /// <summary>What follows each application but the last.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<LanguageActivation>))]
    public LanguageActivation Activation { get; init; } = LanguageActivation.LeakyRelu;

    /// <summary>All that is wrong with this configuration, in words; empty if nothing is.</summary>
    public IEnumerable<string> Validate()
    {
        if (Features < 1) yield return $"Features is {Features}: expected at least 1.";
        if (BlockDepth < 0) yield return $"BlockDepth is {BlockDepth}: expected 0 or more.";
    }
}
