namespace SegLstm.Data.Synthetic;

/// <summary>What a plan puts at one place.</summary>
/// <param name="Class">LoveDA's class, 0 to 6.</param>
/// <param name="Thing">A number that the pixels of one thing share.</param>
/// <param name="Lift">Its height, in pixels of shadow.</param>
internal readonly record struct Spot(byte Class, int Thing, byte Lift = 0);
