namespace TorchSharp;

/// <summary>How <see cref="torch.cdist"/> computes Euclidean distances.</summary>
public enum compute_mode
{
    /// <summary>By a matrix product where there are more than 25 rows.</summary>
    use_mm_for_euclid_dist_if_necessary = 0,

    /// <summary>By a matrix product.</summary>
    use_mm_for_euclid_dist = 1,

    /// <summary>Difference by difference, the more precise way.</summary>
    donot_use_mm_for_euclid_dist = 2,
}
