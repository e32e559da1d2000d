namespace SegLstm.Jupyter.Cells;

/// <summary>The answer to one of a request's expressions: its value or its error.</summary>
public sealed record UserExpression(MimeBundle? Value, CellError? Error);
