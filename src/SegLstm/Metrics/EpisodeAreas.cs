namespace SegLstm.Metrics;

/// <summary>Pixels of one few-shot episode: [background, foreground].</summary>
/// <param name="Intersection">Pixels where prediction and mask agree on it.</param>
/// <param name="Union">Pixels where prediction or mask have it.</param>
public sealed record EpisodeAreas(IReadOnlyList<long> Intersection, IReadOnlyList<long> Union)
{
    /// <summary>Measures an episode.</summary>
    /// <param name="prediction">0 or 1 a pixel.</param>
    /// <param name="mask">0 or 1 a pixel.</param>
    /// <param name="ignore">1 where the pixel is left out; empty: nowhere.</param>
    /// <exception cref="ArgumentException">Another value than 0 and 1, or an ignored foreground pixel.</exception>
    public static EpisodeAreas Of(ReadOnlySpan<long> prediction, ReadOnlySpan<long> mask, ReadOnlySpan<long> ignore)
    {
        long[] intersection = [0, 0], union = [0, 0];
        for (var i = 0; i < mask.Length; i++)
        {
            if (prediction[i] is not (0 or 1) || mask[i] is not (0 or 1))
            {
                throw new ArgumentException($"Expected masks of 0 and 1, got prediction {prediction[i]} and mask {mask[i]} at pixel {i}. Pixels to leave out belong in the ignore mask.");
            }

            if (!ignore.IsEmpty && ignore[i] != 0)
            {
                if (mask[i] == 1)
                {
                    throw new ArgumentException($"Pixel {i} is both foreground and ignored. Expected the ignore mask to lie outside the object.");
                }

                continue;
            }

            union[prediction[i]]++;
            if (prediction[i] == mask[i])
            {
                intersection[mask[i]]++;
            }
            else
            {
                union[mask[i]]++;
            }
        }

        return new EpisodeAreas(intersection, union);
    }
}
