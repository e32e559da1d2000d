namespace SegLstm.Data.Synthetic;

/// <summary>Paints a layout as a camera would see it: ground textures, crop rows, roofs in two lights, shadows, haze and sensor noise.</summary>
internal sealed class AerialPainter
{
    private static readonly (float R, float G, float B)[] TownRoofs =
        [(172, 170, 168), (208, 206, 200), (140, 132, 128), (112, 134, 160), (160, 96, 80)];

    private static readonly (float R, float G, float B)[] VillageRoofs = [(164, 88, 68), (150, 104, 84), (180, 176, 170), (128, 92, 78)];

    private static readonly (float R, float G, float B)[] Crops =
        [(118, 140, 74), (92, 124, 62), (160, 156, 92), (150, 128, 92), (132, 150, 96)];

    private readonly AerialLayout _layout;
    private readonly CounterNoise _noise;
    private readonly bool _urban;
    private readonly bool[] _shadow;

    /// <summary>Prepares the shadows.</summary>
    internal AerialPainter(AerialLayout layout, SceneDomain domain, long seed)
    {
        (_layout, _noise, _urban) = (layout, new CounterNoise(seed).Stream(99), domain == SceneDomain.Urban);
        _shadow = Shadows();
    }

    /// <summary>The picture, 3 x height x width, red, green, blue, 0 to 255.</summary>
    internal float[] Paint()
    {
        int height = _layout.Height, width = _layout.Width, pixels = height * width;
        float[] image = new float[3 * pixels];
        Parallel.For(0, height, y =>
        {
            for (int x = 0; x < width; x++)
            {
                int at = y * width + x;
                var (r, g, b) = Ground(x, y, at);
                float light = (_shadow[at] ? 0.5f : 1) * (0.94f + 0.12f * _noise.Stream(1).Smooth(x, y, 300));

                // Towns lie under haze: less contrast, a little blue.
                (float haze, float veil) = _urban ? (0.86f, 20) : (0.97f, 4);
                image[at] = Sensor(r * light * haze + veil, x, y, 0);
                image[pixels + at] = Sensor(g * light * haze + veil, x, y, 1);
                image[2 * pixels + at] = Sensor(b * light * haze + veil * 1.3f, x, y, 2);
            }
        });

        return image;
    }

    private static (float R, float G, float B) Tint((float R, float G, float B) color, float factor) =>
        (color.R * factor, color.G * factor, color.B * factor);

    private bool[] Shadows()
    {
        bool[] shadow = new bool[_layout.Class.Length];
        var (down, right) = _noise.At(5, 5) < 0.5f ? (0.8f, 0.6f) : (0.7f, -0.7f);
        for (int y = 0; y < _layout.Height; y++)
        {
            for (int x = 0; x < _layout.Width; x++)
            {
                byte lift = _layout.Lift[y * _layout.Width + x];
                for (int step = 1; step <= lift; step++)
                {
                    int row = y + (int)(step * down), column = x + (int)(step * right);
                    if (row >= _layout.Height || column < 0 || column >= _layout.Width)
                        break;
                    int at = row * _layout.Width + column;
                    shadow[at] |= _layout.Lift[at] < lift - step;
                }
            }
        }

        return shadow;
    }

    private (float R, float G, float B) Ground(int x, int y, int at)
    {
        int thing = _layout.Thing[at];
        float fine = _noise.Stream(2).Fractal(x, y, 6, 2) - 0.5f, coarse = _noise.Stream(3).Fractal(x, y, 40, 3) - 0.5f;
        float u = _layout.Along(x, y), v = _layout.Across(x, y);
        switch (_layout.Class[at])
        {
            case AerialLayout.Building:
                var roofs = _urban ? TownRoofs : VillageRoofs;
                bool sunny = ((int)MathF.Floor(v / 12) & 1) == 0;
                return Tint(roofs[thing % roofs.Length], 1 + 0.12f * fine + (sunny ? 0.06f : -0.08f));
            case AerialLayout.Road:
                return Tint(_urban ? (112, 112, 116) : (168, 158, 142), 1 + 0.12f * fine + 0.1f * coarse);
            case AerialLayout.Water:
                return Tint(_urban ? (66, 84, 92) : (74, 100, 92), 1 + 0.05f * fine + 0.2f * coarse);
            case AerialLayout.Barren:
                return Tint((182, 158, 128), 1 + 0.22f * fine + 0.3f * coarse);
            case AerialLayout.Forest:
                return Tint(_urban ? (66, 92, 58) : (52, 82, 46), 1 + 1.0f * fine + 0.3f * coarse);
            case AerialLayout.Agriculture:
                float row = (thing & 32) == 0 ? u : v, spacing = 5 + thing % 5;
                return Tint(Crops[thing % Crops.Length], 1 + 0.14f * fine + 0.18f * coarse + 0.09f * MathF.Sin(row * (MathF.Tau / spacing)));
            default:
                return Tint(_urban && (thing & 3) != 0 ? (150, 146, 136) : (122, 136, 92), 1 + 0.35f * fine + 0.35f * coarse);
        }
    }

    private float Sensor(float value, int x, int y, int band)
    {
        float noise = 7 * (_noise.Stream(10 + band).At(x, y) + _noise.Stream(20 + band).At(x, y) - 1);
        return Math.Clamp(MathF.Round(value + noise), 0, 255);
    }
}
