namespace SegLstm.Jupyter.Languages.CSharp.Assistance;

/// <summary>How well a name fits what is typed of it.</summary>
internal static class NameMatch
{
    /// <summary>
    /// 0 where it begins so; 1 where it does but for case; 2 where the typed capitals begin its words (`WL`, WriteLine); null
    /// where not.
    /// </summary>
    public static int? Quality(string name, string typed)
    {
        if (name.StartsWith(typed, StringComparison.Ordinal))
        {
            return 0;
        }

        if (name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
        {
            return 1;
        }

        return typed.Count(char.IsUpper) > 1 && FitsHumps(name, typed) ? 2 : null;
    }

    private static bool FitsHumps(string name, string typed)
    {
        // Each typed letter is the next one of the name's word, or begins the next word that begins so.
        var at = 0;
        foreach (var letter in typed)
        {
            if (at < name.Length && name[at] == letter)
            {
                at++;
                continue;
            }

            while (at < name.Length && !(name[at] == letter && BeginsWord(name, at)))
            {
                at++;
            }

            if (at++ >= name.Length)
            {
                return false;
            }
        }

        return char.ToUpperInvariant(name[0]) == char.ToUpperInvariant(typed[0]);
    }

    private static bool BeginsWord(string name, int at) =>
        at == 0 || char.IsUpper(name[at]) || name[at - 1] == '_' || (char.IsDigit(name[at]) && !char.IsDigit(name[at - 1]));
}
