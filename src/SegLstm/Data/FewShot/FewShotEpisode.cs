namespace SegLstm.Data.FewShot;

/// <summary>One question of a few-shot benchmark: where in this image is this class?</summary>
/// <param name="Image">Path of the image.</param>
/// <param name="Mask">Path of its label image.</param>
/// <param name="ClassId">The class, from 0 in the whole benchmark.</param>
/// <param name="ClassName">Its word, spelt as in the benchmark's files ("diningtable", "ac_wall").</param>
public sealed record FewShotEpisode(string Image, string Mask, int ClassId, string ClassName);
