namespace SegLstm.Data.Synthetic;

/// <summary>What lies where in a made-up aerial scene: a class, a thing (for its colour) and a height for each pixel.</summary>
internal sealed class AerialLayout
{
    internal const byte Background = 0, Building = 1, Road = 2, Water = 3, Barren = 4, Forest = 5, Agriculture = 6;

    private readonly CounterNoise _noise;
    private readonly float _cos;
    private readonly float _sin;

    /// <summary>Lays a scene out.</summary>
    internal AerialLayout(int height, int width, SceneDomain domain, long seed)
    {
        (Height, Width, _noise) = (height, width, new CounterNoise(seed).Stream(1));
        float angle = (_noise.At(0, 0) - 0.5f) * 1.2f;
        (_sin, _cos) = MathF.SinCos(angle);
        Class = new byte[height * width];
        Thing = new int[height * width];
        Lift = new byte[height * width];
        Func<float, float, Spot> plan = domain == SceneDomain.Urban ? new UrbanPlan(_noise.Stream(2)).At : new RuralPlan(_noise.Stream(3)).At;
        Parallel.For(0, height, y =>
        {
            for (int x = 0; x < width; x++)
            {
                // The plan's own axes, turned, and bent a little so that no line is quite straight.
                float bend = 10 * (_noise.Stream(4).Smooth(x, y, 240) - 0.5f);
                var spot = plan(Along(x, y) + bend, Across(x, y) - bend);
                int at = y * width + x;
                (Class[at], Thing[at], Lift[at]) = (spot.Class, spot.Thing, spot.Lift);
            }
        });
    }

    internal int Height { get; }

    internal int Width { get; }

    /// <summary>LoveDA's class, 0 to 6.</summary>
    internal byte[] Class { get; }

    /// <summary>A number that the pixels of one field, roof or wood share.</summary>
    internal int[] Thing { get; }

    /// <summary>How high it stands, in pixels of shadow.</summary>
    internal byte[] Lift { get; }

    /// <summary>The plan's axis along which streets and crop rows run.</summary>
    internal float Along(float x, float y) => x * _cos + y * _sin;

    /// <summary>The plan's other axis.</summary>
    internal float Across(float x, float y) => y * _cos - x * _sin;
}
