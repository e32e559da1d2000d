using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;

namespace SegLstm.Models.SpectralMamba.Lanes;

/// <summary>SpectralMamba on as many pixels at once as a vector has lanes: sequences are short and widths small, so whatever is
/// computed stays in the processor's second cache, and no tensor is turned round between two steps.</summary>
internal sealed unsafe class LanePass<TLanes, TVector>
    where TLanes : ILanes<TVector, float>
    where TVector : unmanaged
{
    private static readonly int Lanes = TLanes.Count;

    private readonly LaneWeights weights;
    private readonly int tokens, dim, inner, states, rank, taps;

    public LanePass(LaneWeights weights)
    {
        this.weights = weights;
        var mixer = weights.Config.Mixer;
        (tokens, dim, inner) = (weights.Pieces.Count, (int)mixer.Dim, (int)mixer.Inner);
        (states, rank, taps) = ((int)mixer.StateSize, (int)mixer.Rank, (int)mixer.ConvKernelSize);
    }

    private int Selected => rank + (2 * states);

    /// <summary>Scores of up to as many pixels as a vector has lanes.</summary>
    /// <param name="spectra">Spectra of pixels, one behind the other.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="logits">Their scores, likewise.</param>
    public void Run(float* spectra, int count, float* logits)
    {
        var (bands, width, classes) = (weights.Pieces.Bands, weights.Pieces.Width, weights.Classes);
        using var scratch = new Scratch<float>(
            (tokens * (width + dim + (4 * inner) + Selected)) + dim + (2 * inner) + classes, 10, Lanes);
        var pieces = scratch.TakeCleared(tokens * width);
        for (var pixel = 0; pixel < count; pixel++)
        {
            for (var band = 0; band < bands; band++)
            {
                pieces[(band * Lanes) + pixel] = spectra[(pixel * bands) + band];
            }
        }

        var h = scratch.Take(tokens * dim);
        fixed (float* embed = weights.Embed, bias = weights.EmbedBias)
        {
            for (var t = 0; t < tokens; t++)
            {
                LaneMaps<TLanes, TVector>.Affine(
                    embed, bias, width, dim, pieces + (t * width * Lanes), h + (t * dim * Lanes), add: false);
            }
        }

        var room = new Room(scratch.Take(dim), scratch.Take(2 * inner), scratch.Take(tokens * inner), scratch.Take(tokens * inner),
            scratch.Take(tokens * inner), scratch.Take(tokens * inner), scratch.Take(tokens * Selected));
        foreach (var layer in weights.Layers)
        {
            Layer(layer, h, room);
        }

        Classify(h, scratch.Take(classes), count, logits);
    }

    private void Layer(LaneLayerWeights layer, float* h, Room room)
    {
        fixed (float* normWeight = layer.NormWeight, normBias = layer.NormBias, into = layer.In, outOf = layer.Out)
        {
            for (var t = 0; t < tokens; t++)
            {
                LaneMaps<TLanes, TVector>.Norm(normWeight, normBias, dim, h + (t * dim * Lanes), room.Normed);
                LaneMaps<TLanes, TVector>.Affine(into, null, dim, 2 * inner, room.Normed, room.Both, add: false);
                var bytes = (long)inner * Lanes * sizeof(float);
                Buffer.MemoryCopy(room.Both, room.Steps + (t * inner * Lanes), bytes, bytes);
                Buffer.MemoryCopy(room.Both + (inner * Lanes), room.Gates + (t * inner * Lanes), bytes, bytes);
            }

            Convolve(layer, room.Steps, room.Values);
            Select(layer, room);
            Scan(layer, room);
            for (var t = 0; t < tokens; t++)
            {
                LaneMaps<TLanes, TVector>.Affine(
                    outOf, null, inner, dim, room.Y + (t * inner * Lanes), h + (t * dim * Lanes), add: true);
            }
        }
    }

    /// <summary>Causal convolution and SiLU.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Convolve(LaneLayerWeights layer, float* from, float* to)
    {
        for (var t = 0; t < tokens; t++)
        {
            for (var channel = 0; channel < inner; channel++)
            {
                var sum = TLanes.Broadcast(layer.TapsBias[channel]);
                for (var tap = Math.Max(0, taps - 1 - t); tap < taps; tap++)
                {
                    var seen = from + ((((t + tap - taps + 1) * inner) + channel) * Lanes);
                    sum = TLanes.MultiplyAdd(TLanes.Broadcast(layer.Taps[(channel * taps) + tap]), TLanes.Load(seen), sum);
                }

                TLanes.Store(LaneFunctions<TLanes, TVector, float>.Silu(sum), to + (((t * inner) + channel) * Lanes));
            }
        }
    }

    /// <summary>Step sizes and weights of every token; what enters the memory; the output's start, the skip.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Select(LaneLayerWeights layer, Room room)
    {
        fixed (float* select = layer.Select, steps = layer.Steps, stepsBias = layer.StepsBias)
        {
            for (var t = 0; t < tokens; t++)
            {
                float* values = room.Values + (t * inner * Lanes), selected = room.Selected + (t * Selected * Lanes);
                float* delta = room.Steps + (t * inner * Lanes), y = room.Y + (t * inner * Lanes);
                LaneMaps<TLanes, TVector>.Affine(select, null, inner, Selected, values, selected, add: false);
                LaneMaps<TLanes, TVector>.Affine(steps, stepsBias, rank, inner, selected, delta, add: false);
                for (var channel = 0; channel < inner; channel++)
                {
                    var value = TLanes.Load(values + (channel * Lanes));
                    var step = LaneFunctions<TLanes, TVector, float>.Softplus(TLanes.Load(delta + (channel * Lanes)));
                    TLanes.Store(step, delta + (channel * Lanes));
                    TLanes.Store(TLanes.Multiply(value, TLanes.Broadcast(layer.Skip[channel])), y + (channel * Lanes));
                    TLanes.Store(TLanes.Multiply(value, step), values + (channel * Lanes));
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scan(LaneLayerWeights layer, Room room)
    {
        fixed (float* decay = layer.Decay)
        {
            for (var channel = 0; channel < inner; channel++)
            {
                var place = channel * Lanes;
                LaneScan<TLanes, TVector>.Run(
                    tokens, states, decay + (channel * states), room.Steps + place, room.Values + place, room.Y + place, inner * Lanes,
                    room.Selected + (rank * Lanes), Selected * Lanes);
            }
        }

        for (var i = 0; i < tokens * inner; i++)
        {
            var gate = LaneFunctions<TLanes, TVector, float>.Silu(TLanes.Load(room.Gates + (i * Lanes)));
            TLanes.Store(TLanes.Multiply(TLanes.Load(room.Y + (i * Lanes)), gate), room.Y + (i * Lanes));
        }
    }

    private void Classify(float* h, float* scores, int count, float* logits)
    {
        fixed (float* normWeight = weights.NormWeight, normBias = weights.NormBias, head = weights.Head, headBias = weights.HeadBias)
        {
            for (var t = 0; t < tokens; t++)
            {
                LaneMaps<TLanes, TVector>.Norm(normWeight, normBias, dim, h + (t * dim * Lanes), h + (t * dim * Lanes));
            }

            float* features = weights.Config.Pooling switch
            {
                SpectrumPooling.Mean => Mean(h),
                SpectrumPooling.Last => h + ((tokens - 1) * dim * Lanes),
                _ => h,
            };
            var width = weights.Head.Length / weights.Classes;
            LaneMaps<TLanes, TVector>.Affine(head, headBias, width, weights.Classes, features, scores, add: false);
        }

        for (var pixel = 0; pixel < count; pixel++)
        {
            for (var c = 0; c < weights.Classes; c++)
            {
                logits[(pixel * weights.Classes) + c] = scores[(c * Lanes) + pixel];
            }
        }
    }

    /// <summary>The mean of the tokens, in the place of the first.</summary>
    private float* Mean(float* h)
    {
        var factor = TLanes.Broadcast(1f / tokens);
        for (var i = 0; i < dim; i++)
        {
            var sum = TLanes.Load(h + (i * Lanes));
            for (var t = 1; t < tokens; t++)
            {
                sum = TLanes.Add(sum, TLanes.Load(h + (((t * dim) + i) * Lanes)));
            }

            TLanes.Store(TLanes.Multiply(sum, factor), h + (i * Lanes));
        }

        return h;
    }

    /// <summary>Where a layer computes: a token's norm and both its halves; of all tokens step sizes (first what the convolution
    /// reads), values, gates, outputs, and what is selected.</summary>
    private readonly struct Room(
        float* normed, float* both, float* steps, float* values, float* gates, float* y, float* selected)
    {
        public float* Normed { get; } = normed;

        public float* Both { get; } = both;

        public float* Steps { get; } = steps;

        public float* Values { get; } = values;

        public float* Gates { get; } = gates;

        public float* Y { get; } = y;

        public float* Selected { get; } = selected;
    }
}
