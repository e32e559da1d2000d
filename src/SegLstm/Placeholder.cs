namespace SegLstm;
internal static class Placeholder;
