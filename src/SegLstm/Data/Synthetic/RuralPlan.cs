namespace SegLstm.Data.Synthetic;

/// <summary>Farmland: parcels of crops, fallow and grass, woods and ponds, a river, country roads, and villages along them.</summary>
/// <param name="noise">Says what is where.</param>
internal sealed class RuralPlan(CounterNoise noise)
{
    private const float ParcelLength = 170, ParcelDepth = 95;

    private readonly Lots _village = new(noise.Stream(1), 24, 22, 0.6f, 0.3f);

    /// <summary>What is at a place, in the plan's own axes.</summary>
    internal Spot At(float u, float v)
    {
        float river = MathF.Abs(v - 420 * (noise.Stream(2).Smooth(u, 0, 420) - 0.5f) - 600);
        float road = MathF.Min(
            MathF.Abs(u - 300 * (noise.Stream(3).Smooth(0, v, 600) - 0.5f) - 250),
            MathF.Abs(v - 200 * (noise.Stream(4).Smooth(u, 9, 500) - 0.5f) - 180));
        float second = MathF.Abs(u - 260 * (noise.Stream(5).Smooth(5, v, 700) - 0.5f) - 900);
        road = MathF.Min(road, second);
        if (road < 5)
            return new Spot(AerialLayout.Road, 0);
        if (river < 14 + 10 * noise.Stream(6).Smooth(u, 3, 90))
            return new Spot(AerialLayout.Water, 1);
        if (road < 52 && noise.Stream(7).Smooth(u, v, 260) > 0.6f)
            return _village.At(u, v) ?? new Spot(AerialLayout.Background, 2);
        float wood = noise.Stream(8).Fractal(u, v, 260, 4);
        if (wood > 0.62f)
            return new Spot(AerialLayout.Forest, 3, 4);
        return noise.Stream(9).Fractal(u, v, 110, 3) > 0.80f ? new Spot(AerialLayout.Water, 4) : Parcel(u, v);
    }

    /// <summary>The nearest of jittered centres owns the place; a strip of grass separates two parcels.</summary>
    private Spot Parcel(float u, float v)
    {
        int i = (int)MathF.Floor(u / ParcelLength), j = (int)MathF.Floor(v / ParcelDepth);
        float nearest = float.MaxValue, next = float.MaxValue;
        int owner = 0;
        float kind = 0;
        for (int b = j - 1; b <= j + 1; b++)
        {
            for (int a = i - 1; a <= i + 1; a++)
            {
                float du = u / ParcelLength - a - 0.2f - 0.6f * noise.Stream(10).At(a, b);
                float dv = v / ParcelDepth - b - 0.2f - 0.6f * noise.Stream(11).At(a, b);
                float distance = MathF.Max(MathF.Abs(du), MathF.Abs(dv));
                if (distance < nearest)
                    (next, nearest, owner, kind) = (nearest, distance, noise.Stream(12).Pick(a, b, 1 << 20), noise.Stream(13).At(a, b));
                else if (distance < next)
                    next = distance;
            }
        }

        byte use = next - nearest < 0.02f ? AerialLayout.Background
            : kind < 0.66f ? AerialLayout.Agriculture
            : kind < 0.78f ? AerialLayout.Barren
            : kind < 0.84f ? AerialLayout.Forest : AerialLayout.Background;
        return new Spot(use, owner, use == AerialLayout.Forest ? (byte)3 : (byte)0);
    }
}
