namespace SegLstm.Data.Synthetic;

/// <summary>A town: streets cut the ground into blocks of houses, halls, parks, squares, building sites, allotments and a few ponds.</summary>
/// <param name="noise">Says what is where.</param>
internal sealed class UrbanPlan(CounterNoise noise)
{
    private const float BlockLength = 150, BlockDepth = 120;

    private readonly Lots _houses = new(noise.Stream(1), 30, 26, 0.85f, 0.25f);
    private readonly Lots _halls = new(noise.Stream(2), 75, 60, 0.9f, 0.05f);
    private readonly Lots _park = new(noise.Stream(3), 60, 60, 0.04f, 0.85f);

    /// <summary>What is at a place, in the plan's own axes.</summary>
    internal Spot At(float u, float v)
    {
        if (MathF.Abs(v - 260 * (noise.Stream(4).Smooth(u, 0, 500) - 0.5f) - 330) < 13)
            return Canal(u, v);
        int i = (int)MathF.Floor(u / BlockLength), j = (int)MathF.Floor(v / BlockDepth);
        if (Street(u - i * BlockLength, i, BlockLength) || Street(v - j * BlockDepth, j, BlockDepth))
            return new Spot(AerialLayout.Road, 0);
        int block = noise.Stream(5).Pick(i, j, 1 << 20);
        Spot ground = new(AerialLayout.Background, block);
        return noise.Stream(6).At(i, j) switch
        {
            < 0.50f => _houses.At(u, v) ?? ground,
            < 0.68f => _halls.At(u, v) ?? ground,
            < 0.80f => _park.At(u, v) ?? ground,
            < 0.86f => new Spot(AerialLayout.Barren, block),
            < 0.90f => noise.Stream(7).Fractal(u, v, 60, 3) > 0.42f ? new Spot(AerialLayout.Water, block) : ground,
            < 0.97f => new Spot(AerialLayout.Agriculture, block),
            _ => ground,
        };
    }

    private static bool Street(float from, int index, float length)
    {
        // Every third street is a main one.
        float near = index % 3 == 0 ? 12 : 7, far = (index + 1) % 3 == 0 ? 12 : 7;
        return from < near || length - from < far;
    }

    /// <summary>Water, bridged by the main streets.</summary>
    private static Spot Canal(float u, float v)
    {
        int i = (int)MathF.Floor(u / BlockLength);
        float from = u - i * BlockLength;
        bool bridge = (i % 3 == 0 && from < 12) || ((i + 1) % 3 == 0 && BlockLength - from < 12);
        return new Spot(bridge ? AerialLayout.Road : AerialLayout.Water, 1);
    }
}
