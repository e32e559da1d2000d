namespace TorchSharp.Modules;

/// <summary>Hooks in the order of their registration. The array is replaced at each change, so a hook may remove itself while it runs.</summary>
internal sealed class HookList<THook>
{
    private (string Key, THook Hook)[] _entries = [];

    internal bool IsEmpty => _entries.Length == 0;

    internal (string Key, THook Hook)[] Entries => _entries;

    internal void Add(string key, THook hook) => _entries = [.. _entries, (key, hook)];

    internal void Remove(string key) => _entries = Array.FindAll(_entries, entry => entry.Key != key);
}
