namespace SegLstm.Checkpoints.Pickle;

/// <summary>The stack, the marks on it and the memo of the pickle machine. Everything that is put there is paid for.</summary>
/// <param name="budget">Pays.</param>
/// <param name="broken">Makes the error of what is wrong.</param>
internal sealed class PickleStack(MemoryBudget budget, Func<string, CheckpointException> broken)
{
    // What a value takes with its header and its place on the stack; what only a place takes; what a memo's entry takes.
    private const int ValueCost = 48, PlaceCost = 16, MemoCost = 24, MarkCost = 8, MostMemoGap = 1024;

    private readonly List<PickleValue> values = [];
    private readonly List<int> marks = [];
    private readonly List<PickleValue?> memo = [];

    /// <summary>The only value, at the end of a pickle.</summary>
    public PickleValue Result => values.Count == 1 && marks.Count == 0 ? values[0]
        : throw broken($"ends with {values.Count} values on its stack; one is expected");

    /// <summary>The name that was put there last, if any.</summary>
    public PickleValue.Word? LastWord => values.FindLast(value => value is PickleValue.Word) as PickleValue.Word;

    /// <summary>The number of the memo's next entry.</summary>
    public long NextEntry => memo.Count;

    // Nothing reaches below the last mark but what takes the mark away.
    private int Bottom => marks.Count > 0 ? marks[^1] : 0;

    public void Mark()
    {
        budget.Charge(MarkCost);
        marks.Add(values.Count);
    }

    /// <summary>Puts a new value onto the stack.</summary>
    public void Push(PickleValue value)
    {
        budget.Charge(ValueCost);
        values.Add(value);
    }

    /// <summary>Puts a value onto the stack that is kept elsewhere already.</summary>
    public void PushAgain(PickleValue value)
    {
        budget.Charge(PlaceCost);
        values.Add(value);
    }

    public PickleValue Pop()
    {
        var value = Top<PickleValue>("a value");
        values.RemoveAt(values.Count - 1);
        return value;
    }

    /// <summary>Takes the last value or mark away: a mark lies on the stack like a value.</summary>
    public void Discard()
    {
        if (marks.Count > 0 && marks[^1] == values.Count)
        {
            marks.RemoveAt(marks.Count - 1);
        }
        else
        {
            Pop();
        }
    }

    public PickleValue[] Last(int count) => values.Count - count >= Bottom ? Cut(values.Count - count)
        : throw broken($"takes {count} values from its stack where there are {values.Count - Bottom}");

    public PickleValue[] SinceMark()
    {
        if (marks.Count == 0)
        {
            throw broken("goes back to a mark where there is none");
        }

        var mark = marks[^1];
        marks.RemoveAt(marks.Count - 1);
        return Cut(mark);
    }

    /// <summary>The last value, which stays.</summary>
    public T Top<T>(string wanted) where T : PickleValue =>
        values.Count <= Bottom ? throw broken("takes a value from its stack where there is none")
        : values[^1] as T ?? throw broken($"adds to a value that is not {wanted}: {values[^1]}");

    public PickleValue Remembered(long index) => (index < memo.Count ? memo[(int)index] : null)
        ?? throw broken($"takes entry {index} of its memo, where there is none");

    /// <summary>Puts the last value into an entry of the memo.</summary>
    public void Remember(long index)
    {
        var value = Top<PickleValue>("a value");
        // Python numbers them one after the other; a gap would be a way to ask for memory.
        if (index > memo.Count + MostMemoGap)
        {
            throw broken($"puts a value into entry {index} of its memo, which has {memo.Count}");
        }

        while (memo.Count <= index)
        {
            budget.Charge(MemoCost);
            memo.Add(null);
        }

        memo[(int)index] = value;
    }

    private PickleValue[] Cut(int from)
    {
        var cut = new PickleValue[values.Count - from];
        budget.Charge(24 + (8L * cut.Length));
        values.CopyTo(from, cut, 0, cut.Length);
        values.RemoveRange(from, cut.Length);
        return cut;
    }
}
