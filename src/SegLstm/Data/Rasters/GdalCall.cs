using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SegLstm.Data.Rasters;

/// <summary>
/// One call, or a few, into GDAL: gathers what it reports on this thread, so that messages become exceptions and nothing is printed.
/// Calls may nest; each sees its own messages.
/// </summary>
internal sealed unsafe class GdalCall : IDisposable
{
    private const int Warning = 2;

    [ThreadStatic]
    private static GdalCall? t_current;

    private readonly GdalCall? _outer = t_current;
    private readonly List<string> _failures = [];
    private readonly List<string> _warnings = [];

    internal GdalCall()
    {
        GdalLibrary.Prepare();
        GdalImports.CPLErrorReset();
        GdalImports.CPLPushErrorHandler(&OnMessage);
        t_current = this;
    }

    internal IReadOnlyList<string> Failures => _failures;

    internal IReadOnlyList<string> Warnings => _warnings;

    /// <summary>GDAL's words, the first three, or <paramref name="otherwise"/> where it said nothing.</summary>
    internal string Words(string otherwise)
    {
        var said = _failures.Count > 0 ? _failures : _warnings;
        return said.Count == 0 ? otherwise : string.Join("; ", said.Distinct().Take(3));
    }

    /// <summary>
    /// The first message that means missing or damaged samples, or null. Decoders of JPEG fill what is missing with grey and only
    /// warn; bytes between two markers are harmless.
    /// </summary>
    internal string? Damage() => _failures.Concat(_warnings).FirstOrDefault(text =>
        _failures.Contains(text)
        || text.Contains("premature end", StringComparison.OrdinalIgnoreCase)
        || (text.Contains("corrupt", StringComparison.OrdinalIgnoreCase)
            && !text.Contains("extraneous bytes", StringComparison.OrdinalIgnoreCase)));

    public void Dispose()
    {
        GdalImports.CPLPopErrorHandler();
        t_current = _outer;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnMessage(int severity, int number, byte* text)
    {
        // An exception must not cross native frames: this body cannot throw but for want of memory.
        if (t_current is not { } call || severity < Warning)
            return;
        var messages = severity == Warning ? call._warnings : call._failures;
        if (messages.Count < 100)
            messages.Add((Marshal.PtrToStringUTF8((nint)text) ?? "").Split(" (this warning can be")[0].Trim().TrimEnd('.'));
    }
}
