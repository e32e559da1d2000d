namespace SegLstm.Data.FewShot;

/// <summary>The numbers of NumPy's older generator (<c>numpy.random.seed</c>, Mersenne Twister 19937), as benchmarks that draw their
/// episodes by it need them to be the authors' own.</summary>
/// <remarks>Source: Matsumoto and Nishimura 1998, MT19937 and its seeding by one number; NumPy's documented
/// <c>RandomState.choice(n, 1, replace=False)</c>, the first of a permutation that Fisher and Yates' method draws from the end, each
/// place by masked bits until they fit.</remarks>
internal sealed class NumpyRandom
{
    private const int Length = 624, Shift = 397;

    private readonly uint[] _state = new uint[Length];
    private int _next = Length;

    /// <summary>Begins as <c>numpy.random.seed(seed)</c>.</summary>
    public NumpyRandom(uint seed)
    {
        _state[0] = seed;
        for (uint i = 1; i < Length; i++) _state[i] = (1812433253u * (_state[i - 1] ^ (_state[i - 1] >> 30))) + i;
    }

    /// <summary>As <c>numpy.random.choice(count, 1, replace=False)[0]</c>: takes as many numbers as a permutation of all.</summary>
    /// <param name="count">How many there are to choose from, at least 1.</param>
    public int Choose(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            int j = (int)UpTo((uint)i);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order[0];
    }

    private uint UpTo(uint most)
    {
        uint mask = uint.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount(most);
        uint value = Next() & mask;
        while (value > most) value = Next() & mask;
        return value;
    }

    private uint Next()
    {
        if (_next == Length) Refill();
        uint value = _state[_next++];
        value ^= value >> 11;
        value ^= (value << 7) & 0x9D2C5680u;
        value ^= (value << 15) & 0xEFC60000u;
        return value ^ (value >> 18);
    }

    private void Refill()
    {
        for (int i = 0; i < Length; i++)
        {
            uint joined = (_state[i] & 0x80000000u) | (_state[(i + 1) % Length] & 0x7FFFFFFFu);
            _state[i] = _state[(i + Shift) % Length] ^ (joined >> 1) ^ ((joined & 1) * 0x9908B0DFu);
        }

        _next = 0;
    }
}
