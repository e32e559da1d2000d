using System.Globalization;

namespace SegLstm.Workbook;

/// <summary>Time spans as people read them.</summary>
internal static class Durations
{
    /// <summary>A time span as "12.3 s", "3 min 20 s" or "2 h 5 min".</summary>
    internal static string Readable(TimeSpan time)
    {
        if (time.TotalSeconds < 99.95) return string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
        long seconds = (long)Math.Round(time.TotalSeconds), minutes = seconds / 60;
        return minutes < 60 ? $"{minutes} min {seconds % 60} s" : $"{minutes / 60} h {minutes % 60} min";
    }
}
