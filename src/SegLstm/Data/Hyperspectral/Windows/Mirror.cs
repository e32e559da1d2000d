namespace SegLstm.Data.Hyperspectral.Windows;

/// <summary>Mirrors places beyond an image's border back into it; the border itself is not repeated: -1 is 1, as numpy's "reflect".</summary>
internal static class Mirror
{
    internal static int Place(int at, int length)
    {
        if (length == 1) return 0;
        int period = 2 * (length - 1), within = ((at % period) + period) % period;
        return within < length ? within : period - within;
    }
}
