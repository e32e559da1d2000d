namespace SegLstm.Jupyter.Sessions;

/// <summary>What a session starts with.</summary>
public sealed record SessionOptions
{
    /// <summary>The folder that relative paths in cells (`#r`, `#load`, `#!import`, SQL files) mean.</summary>
    public string WorkingDirectory { get; init; } = Environment.CurrentDirectory;
}
