// Adds up rows in their order: parts (outer, rows, inner) to (outer, inner); inner is turned from (rest, columns) to
// (columns, rest) where columns is not 0. Threads: outer * inner.
KERNEL sum_rows(GLOBAL const float *parts, GLOBAL float *out, long outer, int rows, long inner, int columns)
{
    long thread = THREAD();
    if (thread >= outer * inner)
    {
        return;
    }

    long i = thread % inner;
    GLOBAL const float *from = parts + thread / inner * rows * inner + i;
    float sum = 0.0f;
    for (int row = 0; row < rows; row++)
    {
        sum += from[row * inner];
    }

    out[columns == 0 ? thread : i % columns * (inner / columns) + i / columns] = sum;
}
