namespace SegLstm.Experiments.Claims;

/// <summary>How large the experiment behind a claim is.</summary>
public enum ClaimScale
{
    /// <summary>Small enough for two processor cores and minutes: says nothing of published scores.</summary>
    Workbook,

    /// <summary>The same machine, but longer than all of those together may take: made when it is named.</summary>
    Study,

    /// <summary>The experiment of the paper: its data, its models, its length.</summary>
    Paper,
}
