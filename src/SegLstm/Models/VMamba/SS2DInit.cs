namespace SegLstm.Models.VMamba;

/// <summary>How SS2D's state matrix and step sizes start; numbered as <c>ssm_init</c> in VMamba.</summary>
public enum SS2DInit
{
    /// <summary><c>v0</c>, as Mamba: A = -1 .. -N, step sizes from 0.001 to 0.1.</summary>
    Mamba,

    /// <summary><c>v1</c>: A_logs normal, step sizes from normal numbers of deviation 0.1.</summary>
    Normal,

    /// <summary><c>v2</c>: A = -1, step sizes from uniform numbers in [0, 0.1).</summary>
    Constant,
}
