namespace SegLstm.Data.Synthetic;

/// <summary>Places a house in each cell of a grid, inset by its own margins, on a share of the cells; trees stand in some gaps.</summary>
/// <param name="noise">Says which cell has what.</param>
/// <param name="length">Pixels of a lot along the street.</param>
/// <param name="depth">Pixels of a lot away from it.</param>
/// <param name="built">The share of lots with a house.</param>
/// <param name="trees">The share of gaps with a tree.</param>
internal readonly struct Lots(CounterNoise noise, float length, float depth, float built, float trees)
{
    private const float TreeCell = 11;

    /// <summary>The house or tree at a place, or null.</summary>
    internal Spot? At(float u, float v)
    {
        int i = (int)MathF.Floor(u / length), j = (int)MathF.Floor(v / depth);
        float du = u - i * length, dv = v - j * depth;
        float left = 2 + 0.25f * length * noise.Stream(1).At(i, j), right = 2 + 0.25f * length * noise.Stream(2).At(i, j);
        float front = 2 + 0.25f * depth * noise.Stream(3).At(i, j), back = 2 + 0.25f * depth * noise.Stream(4).At(i, j);
        if (noise.At(i, j) < built && du > left && du < length - right && dv > front && dv < depth - back)
            return new Spot(AerialLayout.Building, noise.Stream(5).Pick(i, j, 1 << 20), (byte)(3 + noise.Stream(6).Pick(i, j, 9)));

        int a = (int)MathF.Floor(u / TreeCell), b = (int)MathF.Floor(v / TreeCell);
        float cu = u - (a + 0.3f + 0.4f * noise.Stream(7).At(a, b)) * TreeCell, cv = v - (b + 0.3f + 0.4f * noise.Stream(8).At(a, b)) * TreeCell;
        float radius = 2 + 2.5f * noise.Stream(9).At(a, b);
        return noise.Stream(10).At(a, b) < trees && cu * cu + cv * cv < radius * radius
            ? new Spot(AerialLayout.Forest, noise.Stream(11).Pick(a, b, 1 << 20), 3) : null;
    }
}
