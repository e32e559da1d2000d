namespace SegLstm.Models.Vim;

/// <summary>What the head reads where there is no class token (<c>final_pool_type</c>).</summary>
public enum TokenPool
{
    /// <summary>The last token (<c>none</c>).</summary>
    Last,

    /// <summary>The mean of all tokens (<c>mean</c>).</summary>
    Mean,

    /// <summary>Every token; of their scores the largest of each class is taken (<c>max</c>).</summary>
    Max,

    /// <summary>Every token: scores <c>(B, tokens, classes)</c> come out (<c>all</c>).</summary>
    All,
}
