namespace SegLstm.Models.Vim;

/// <summary>The directions that a Vim mixer reads its tokens in (<c>bimamba_type</c>).</summary>
public enum MixerDirections
{
    /// <summary>Forward only: a plain Mamba block (<c>none</c>).</summary>
    Forward,

    /// <summary>Both; they share everything but the state matrix, and the convolution looks back in both (<c>v1</c>).</summary>
    SharedBoth,

    /// <summary>Both, each with its own convolution and scan (<c>v2</c>). The published choice.</summary>
    Both,
}
