using System.Numerics;
using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.Mlstm.Cpu;

/// <summary>Copies between a chunk of a tensor and memory of whole vectors.</summary>
internal static unsafe class ChunkCopies<TLanes, TVector, T>
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Copies tokens times a factor; what is not there becomes 0.</summary>
    /// <param name="source">The first token.</param>
    /// <param name="step">Elements to the next.</param>
    /// <param name="tokens">Tokens.</param>
    /// <param name="width">Elements of a token.</param>
    /// <param name="padded">Tokens in whole vectors.</param>
    /// <param name="target">Place for <c>(padded, paddedWidth)</c>.</param>
    /// <param name="paddedWidth">Elements of a token in whole vectors.</param>
    /// <param name="factor">Factor of all tokens.</param>
    /// <param name="factors">Factor of each token besides; null: 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Read(
        T* source, nint step, int tokens, int width, int padded, T* target, int paddedWidth, T factor, T* factors)
    {
        var whole = width / TLanes.Count * TLanes.Count;
        for (var t = 0; t < tokens; t++, source += step, target += paddedWidth)
        {
            var scale = factors is null ? factor : factor * factors[t];
            var scales = TLanes.Broadcast(scale);
            for (var at = 0; at < whole; at += TLanes.Count)
            {
                TLanes.Store(TLanes.Multiply(TLanes.Load(source + at), scales), target + at);
            }

            for (var at = whole; at < width; at++)
            {
                target[at] = source[at] * scale;
            }

            new Span<T>(target + width, paddedWidth - width).Clear();
        }

        new Span<T>(target, (padded - tokens) * paddedWidth).Clear();
    }

    /// <summary>Tokens where they are, if they are whole rows and of whole vectors; else copied, and followed by 0.</summary>
    /// <param name="source">The first token.</param>
    /// <param name="step">Elements to the next.</param>
    /// <param name="tokens">Tokens.</param>
    /// <param name="width">Elements of a token.</param>
    /// <param name="rows">Tokens in whole rows.</param>
    /// <param name="copy">Room for <c>(rows, paddedWidth)</c>.</param>
    /// <param name="paddedWidth">Elements of a token in whole vectors.</param>
    public static Panels<T> InPlaceOrCopied(
        T* source, nint step, int tokens, int width, int rows, T* copy, int paddedWidth)
    {
        if (rows == tokens && paddedWidth == width)
        {
            return new Panels<T>(source, step, TLanes.Count);
        }

        Read(source, step, tokens, width, rows, copy, paddedWidth, T.One, null);
        return new Panels<T>(copy, paddedWidth, TLanes.Count);
    }

    /// <summary>Transposes tokens into panels <c>(padded / lanes, paddedWidth, lanes)</c>: vectors of tokens. Tokens that are not
    /// there become 0; elements beyond the width are left as they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ReadPanels(T* source, nint step, int tokens, int width, int padded, T* target, int paddedWidth)
    {
        for (var first = 0; first < padded; first += TLanes.Count)
        {
            var rows = Math.Clamp(tokens - first, 0, TLanes.Count);
            Tiles.Read(source + (first * step), step, rows, width, target, TLanes.Count);
            target += paddedWidth * TLanes.Count;
        }
    }
}
