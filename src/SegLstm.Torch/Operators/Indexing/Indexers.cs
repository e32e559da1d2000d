using System.Runtime.CompilerServices;

namespace TorchSharp;

// t[…], read and written with PyTorch's meaning.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The part that the indices choose: a view where they are positions, slices, None and Ellipsis, a copy where one is a tensor.</summary>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">An index is out of range, or there are too many.</exception>
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => Indexing.Get(this, indices);
            set => Indexing.Set(this, indices, value);
        }

        /// <summary>The elements at the positions that the tensors give together, or where the mask is true.</summary>
        /// <inheritdoc cref="this[TensorIndex[]]"/>
        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => Indexing.Get(this, Indexing.Of(indices));
            set => Indexing.Set(this, Indexing.Of(indices), value);
        }

        /// <summary>The part at the given positions along the first dimensions.</summary>
        /// <inheritdoc cref="this[TensorIndex[]]"/>
        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => Indexing.Get(this, [i1]);
            set => Indexing.Set(this, [i1], value);
        }

        /// <inheritdoc cref="this[long]"/>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => Indexing.Get(this, [i1, i2]);
            set => Indexing.Set(this, [i1, i2], value);
        }

        /// <inheritdoc cref="this[long]"/>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => Indexing.Get(this, [i1, i2, i3]);
            set => Indexing.Set(this, [i1, i2, i3], value);
        }

        /// <inheritdoc cref="this[long]"/>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => Indexing.Get(this, [i1, i2, i3, i4]);
            set => Indexing.Set(this, [i1, i2, i3, i4], value);
        }

        /// <inheritdoc cref="this[long]"/>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5]
        {
            get => Indexing.Get(this, [i1, i2, i3, i4, i5]);
            set => Indexing.Set(this, [i1, i2, i3, i4, i5], value);
        }

        /// <inheritdoc cref="this[long]"/>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5, long i6]
        {
            get => Indexing.Get(this, [i1, i2, i3, i4, i5, i6]);
            set => Indexing.Set(this, [i1, i2, i3, i4, i5, i6], value);
        }

        /// <inheritdoc cref="this[long]"/>
        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices]
        {
            get => Indexing.Get(this, Array.ConvertAll(indices, index => (TensorIndex)index));
            set => Indexing.Set(this, Array.ConvertAll(indices, index => (TensorIndex)index), value);
        }

        /// <summary>The part that the indices choose, as <c>t[…]</c>.</summary>
        /// <inheritdoc cref="this[TensorIndex[]]"/>
        public Tensor index(params TensorIndex[] indices) => Indexing.Get(this, indices);

        /// <inheritdoc cref="index(TensorIndex[])"/>
        public Tensor index(params Tensor[] indices) => Indexing.Get(this, Indexing.Of(indices));

        /// <summary>Writes <paramref name="value"/>, broadcast, to the part that the indices choose, as <c>t[…] = value</c>.</summary>
        /// <returns>This tensor.</returns>
        /// <inheritdoc cref="this[TensorIndex[]]"/>
        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => Indexing.Set(this, indices, value);

        /// <inheritdoc cref="index_put_(Tensor, TensorIndex[])"/>
        /// <param name="value">The elements.</param>
        /// <param name="indices">Where to.</param>
        /// <param name="accumulate">Whether to add, each time a position is named, instead of writing.</param>
        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false) => Indexing.Set(this, indices, value, accumulate);

        /// <inheritdoc cref="index_put_(Tensor, TensorIndex[])"/>
        public Tensor index_put_(Tensor value, params Tensor[] indices) => Indexing.Set(this, Indexing.Of(indices), value);

        /// <inheritdoc cref="index_put_(Tensor, TensorIndex[], bool)"/>
        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) =>
            Indexing.Set(this, Indexing.Of(indices), value, accumulate);

        /// <inheritdoc cref="index_put_(Tensor, TensorIndex[])"/>
        public Tensor index_put_(Scalar value, params TensorIndex[] indices) => index_put_(AsNumber(value), indices);

        /// <inheritdoc cref="index_put_(Tensor, TensorIndex[])"/>
        public Tensor index_put_(Scalar value, params Tensor[] indices) => index_put_(AsNumber(value), indices);

        private Tensor AsNumber(Scalar value) => full(Array.Empty<long>(), value, dtype, device);
    }
}
