using System.Globalization;

namespace SegLstm.Jupyter.Notebooks.Running;

/// <summary>Time spans as people read them.</summary>
public static class Durations
{
    /// <summary>A time span as "1.2 s", "12 s", "3 min 20 s" or "2 h 5 min".</summary>
    public static string Readable(TimeSpan span) => span switch
    {
        { TotalSeconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s"),
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0} s"),
        { TotalHours: < 1 } => $"{(int)span.TotalMinutes} min {span.Seconds} s",
        _ => $"{(int)span.TotalHours} h {span.Minutes} min",
    };
}
