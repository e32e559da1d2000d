namespace SegLstm.Data.Synthetic;

/// <summary>
/// Random numbers that are a function of a seed and a place, so that any pixel can be asked for in any order, on any machine, with
/// the same answer; and smooth noise made of them.
/// </summary>
/// <param name="seed">Another seed gives independent numbers.</param>
internal readonly struct CounterNoise(long seed)
{
    private readonly ulong _key = Mix((ulong)seed + 0x9E3779B97F4A7C15);

    /// <summary>An independent source, named by a number.</summary>
    internal CounterNoise Stream(int name) => new((long)Mix(_key ^ ((ulong)name * 0xD1B54A32D192ED03)));

    /// <summary>A number in [0, 1) of a place.</summary>
    internal float At(int x, int y) => (Bits(x, y) >> 40) * (1f / (1 << 24));

    /// <summary>A whole number in [0, <paramref name="count"/>) of a place.</summary>
    internal int Pick(int x, int y, int count) => (int)((Bits(x, y) >> 33) % (ulong)count);

    /// <summary>A number of a place, nearly normal, of mean 0 and standard deviation 1: the sum of four uniform ones; within 3.5.</summary>
    internal float Normal(int x, int y)
    {
        ulong bits = Bits(x, y);
        uint sum = (uint)(bits & 0xFFFF) + (uint)((bits >> 16) & 0xFFFF) + (uint)((bits >> 32) & 0xFFFF) + (uint)(bits >> 48);
        // Mean 2 * 65535; each of the four has the variance (65536^2 - 1) / 12.
        return (sum - 131_070f) * (1.7320508f / 65_536f);
    }

    /// <summary>Noise in [0, 1] that changes over <paramref name="scale"/> pixels: smoothly interpolated numbers of a grid.</summary>
    internal float Smooth(float x, float y, float scale)
    {
        float u = x / scale, v = y / scale, column = MathF.Floor(u), row = MathF.Floor(v);
        int i = (int)column, j = (int)row;
        float a = Fade(u - column), b = Fade(v - row);
        float top = At(i, j) + a * (At(i + 1, j) - At(i, j)), bottom = At(i, j + 1) + a * (At(i + 1, j + 1) - At(i, j + 1));
        return top + b * (bottom - top);
    }

    /// <summary>Smooth noise of several octaves, each half as strong and twice as fine; in [0, 1].</summary>
    internal float Fractal(float x, float y, float scale, int octaves)
    {
        float sum = 0, weight = 0, strength = 1;
        for (int octave = 0; octave < octaves; octave++, strength /= 2, scale /= 2)
        {
            sum += strength * Stream(octave + 1).Smooth(x, y, scale);
            weight += strength;
        }

        return sum / weight;
    }

    private static float Fade(float t) => t * t * t * (t * (t * 6 - 15) + 10);

    // The finaliser of SplitMix64 (Steele, Lea and Flood 2014).
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private ulong Bits(int x, int y) => Mix(Mix(_key + (uint)x * 0x9E3779B97F4A7C15) ^ ((uint)y * 0xC2B2AE3D27D4EB4F));
}
