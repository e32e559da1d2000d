// Depthwise convolutions of tokens (B, S, E) on a GPU, forward and backward, in float32. The tokens stand on a grid of rows and
// columns; a causal convolution has one column, and its window ends at the token. A window of taps
// (E, window_rows, window_columns) begins row_origin rows and column_origin columns in front of its token; beyond the grid
// all is 0. Neighbouring threads take neighbouring channels.

// Tokens whose weights' gradients a thread adds up.
#define BLOCK 64

// In front of the activation, for channel e at (row, column) of a sample.
DEVICE float convolved(
    GLOBAL const float *sample, GLOBAL const float *weight, GLOBAL const float *bias, int e, int row, int column, int rows,
    int columns, int channels, int window_rows, int window_columns, int row_origin, int column_origin)
{
    float sum = bias ? bias[e] : 0.0f;
    for (int i = 0; i < window_rows; i++)
    {
        int r = row + i - row_origin;
        for (int j = 0; j < window_columns; j++)
        {
            int c = column + j - column_origin;
            if (r >= 0 && r < rows && c >= 0 && c < columns)
            {
                sum += weight[(e * window_rows + i) * window_columns + j] * sample[((long)r * columns + c) * channels + e];
            }
        }
    }

    return sum;
}

// Outputs (B, S, E). Threads: B * S * E.
KERNEL conv_outputs(
    GLOBAL const float *x, GLOBAL const float *weight, GLOBAL const float *bias, GLOBAL float *y, int batch, int rows,
    int columns, int channels, int window_rows, int window_columns, int row_origin, int column_origin, int is_silu)
{
    long thread = THREAD();
    long tokens = (long)rows * columns;
    if (thread >= batch * tokens * channels)
    {
        return;
    }

    int token = (int)(thread / channels % tokens);
    float sum = convolved(
        x + thread / channels / tokens * tokens * channels, weight, bias, (int)(thread % channels), token / columns,
        token % columns, rows, columns, channels, window_rows, window_columns, row_origin, column_origin);
    y[thread] = is_silu ? sum * sigmoid(sum) : sum;
}

// Gradients in front of the activation SiLU (B, S, E). Threads: B * S * E.
KERNEL conv_inner_gradients(
    GLOBAL const float *x, GLOBAL const float *weight, GLOBAL const float *bias, GLOBAL const float *dy, GLOBAL float *d_inner,
    int batch, int rows, int columns, int channels, int window_rows, int window_columns, int row_origin, int column_origin)
{
    long thread = THREAD();
    long tokens = (long)rows * columns;
    if (thread >= batch * tokens * channels)
    {
        return;
    }

    int token = (int)(thread / channels % tokens);
    float sum = convolved(
        x + thread / channels / tokens * tokens * channels, weight, bias, (int)(thread % channels), token / columns,
        token % columns, rows, columns, channels, window_rows, window_columns, row_origin, column_origin);
    float open = sigmoid(sum);
    d_inner[thread] = dy[thread] * open * (1.0f + sum * (1.0f - open));
}

// Gradients of the tokens (B, S, E). Threads: B * S * E.
KERNEL conv_input_gradients(
    GLOBAL const float *weight, GLOBAL const float *d_inner, GLOBAL float *dx, int batch, int rows, int columns, int channels,
    int window_rows, int window_columns, int row_origin, int column_origin)
{
    long thread = THREAD();
    long tokens = (long)rows * columns;
    if (thread >= batch * tokens * channels)
    {
        return;
    }

    int e = (int)(thread % channels);
    int token = (int)(thread / channels % tokens);
    GLOBAL const float *sample = d_inner + thread / channels / tokens * tokens * channels;
    float sum = 0.0f;
    for (int i = 0; i < window_rows; i++)
    {
        int r = token / columns - i + row_origin;
        for (int j = 0; j < window_columns; j++)
        {
            int c = token % columns - j + column_origin;
            if (r >= 0 && r < rows && c >= 0 && c < columns)
            {
                sum += weight[(e * window_rows + i) * window_columns + j] * sample[((long)r * columns + c) * channels + e];
            }
        }
    }

    dx[thread] = sum;
}

// Gradients of the taps and, behind them, the bias, of each block of tokens: parts (blocks, window + 1, E).
// Threads: blocks * (window + 1) * E.
KERNEL conv_weight_gradients(
    GLOBAL const float *x, GLOBAL const float *d_inner, GLOBAL float *parts, int batch, int rows, int columns, int channels,
    int window_rows, int window_columns, int row_origin, int column_origin)
{
    long thread = THREAD();
    long tokens = (long)rows * columns;
    long all = batch * tokens;
    int window = window_rows * window_columns;
    if (thread >= (all + BLOCK - 1) / BLOCK * (window + 1) * channels)
    {
        return;
    }

    int e = (int)(thread % channels);
    int tap = (int)(thread / channels % (window + 1));
    long first = thread / channels / (window + 1) * BLOCK;
    float sum = 0.0f;
    for (long place = first; place < MIN(first + BLOCK, all); place++)
    {
        int token = (int)(place % tokens);
        int r = token / columns + tap / window_columns - row_origin;
        int c = token % columns + tap % window_columns - column_origin;
        float factor = 1.0f;
        if (tap < window)
        {
            int is_inside = r >= 0 && r < rows && c >= 0 && c < columns;
            factor = is_inside ? x[(place - token + (long)r * columns + c) * channels + e] : 0.0f;
        }

        sum += factor * d_inner[place * channels + e];
    }

    parts[thread] = sum;
}
