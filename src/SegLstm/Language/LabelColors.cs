using SegLstm.Data;

namespace SegLstm.Language;

/// <summary>Colours for labels that nobody chose any for.</summary>
public static class LabelColors
{
    // Okabe and Ito's colours, which colour-blind readers tell apart; then the same, darker.
    private static readonly int[] Colors =
        [0x0072B2, 0x009E73, 0xF0E442, 0xD55E00, 0x56B4E9, 0xCC79A7, 0xE69F00, 0x999999, 0x003F63, 0x005740, 0x857E20, 0x773500];

    /// <summary>The colour of a label.</summary>
    /// <param name="index">Its place in the list; beyond the twelfth colours repeat.</param>
    public static Rgb Of(int index) => Rgb.FromHex(Colors[index % Colors.Length]);
}
