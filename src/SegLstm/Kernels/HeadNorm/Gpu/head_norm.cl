// The norm of every head of every token on a GPU, forward and backward, in float32: x (B, H, S, W) to y (B, S, H·W),
// y = weight · (x - mean) / sqrt(variance + eps) + bias over the W channels of a head; a thread a head and token.

// Tokens whose weights' gradients a thread adds up.
#define BLOCK 64

// Mean, and 1 / sqrt(variance + eps), of one head of one token.
DEVICE void statistics_of(GLOBAL const float *row, int width, float eps, float *mean, float *scale)
{
    float sum = 0.0f;
    for (int c = 0; c < width; c++)
    {
        sum += row[c];
    }

    float middle = sum / width;
    float squares = 0.0f;
    for (int c = 0; c < width; c++)
    {
        squares += (row[c] - middle) * (row[c] - middle);
    }

    *mean = middle;
    *scale = 1.0f / SQRT(squares / width + eps);
}

// Where the first channel of row (b, h, s) lies in (B, S, H·W).
DEVICE long joined(long row, int heads, int tokens, int width)
{
    long head = row / tokens % heads;
    return ((row / tokens / heads * tokens + row % tokens) * heads + head) * width;
}

// Outputs. Threads: B * H * S.
KERNEL norm_outputs(
    GLOBAL const float *x, GLOBAL const float *weight, GLOBAL const float *bias, GLOBAL float *y, int batch, int heads,
    int tokens, int width, float eps)
{
    long thread = THREAD();
    if (thread >= (long)batch * heads * tokens)
    {
        return;
    }

    float mean, scale;
    statistics_of(x + thread * width, width, eps, &mean, &scale);
    long to = joined(thread, heads, tokens, width);
    long first = thread / tokens % heads * width;
    for (int c = 0; c < width; c++)
    {
        float normal = (x[thread * width + c] - mean) * scale;
        y[to + c] = normal * weight[first + c] + (bias ? bias[first + c] : 0.0f);
    }
}

// Gradients of x, and the means and scales (B, H, S, 2). Threads: B * H * S.
KERNEL norm_gradients(
    GLOBAL const float *x, GLOBAL const float *weight, GLOBAL const float *dy, GLOBAL float *dx, GLOBAL float *statistics,
    int batch, int heads, int tokens, int width, float eps)
{
    long thread = THREAD();
    if (thread >= (long)batch * heads * tokens)
    {
        return;
    }

    float mean, scale;
    GLOBAL const float *row = x + thread * width;
    statistics_of(row, width, eps, &mean, &scale);
    statistics[2 * thread] = mean;
    statistics[2 * thread + 1] = scale;
    GLOBAL const float *from = dy + joined(thread, heads, tokens, width);
    long first = thread / tokens % heads * width;
    float sum = 0.0f, along = 0.0f;
    for (int c = 0; c < width; c++)
    {
        float gradient = from[c] * weight[first + c];
        sum += gradient;
        along += gradient * (row[c] - mean) * scale;
    }

    for (int c = 0; c < width; c++)
    {
        float normal = (row[c] - mean) * scale;
        dx[thread * width + c] = scale * (from[c] * weight[first + c] - sum / width - normal * (along / width));
    }
}

// Gradients of weight and bias of each block of tokens: parts (blocks, 2, H·W). Threads: blocks * 2 * H * W.
KERNEL norm_weight_gradients(
    GLOBAL const float *x, GLOBAL const float *statistics, GLOBAL const float *dy, GLOBAL float *parts, int batch, int heads,
    int tokens, int width)
{
    long thread = THREAD();
    int channels = heads * width;
    long all = (long)batch * tokens;
    if (thread >= (all + BLOCK - 1) / BLOCK * 2 * channels)
    {
        return;
    }

    int channel = (int)(thread % channels);
    int is_bias = (int)(thread / channels % 2);
    long first = thread / channels / 2 * BLOCK;
    float sum = 0.0f;
    for (long place = first; place < MIN(first + BLOCK, all); place++)
    {
        long row = (place / tokens * heads + channel / width) * tokens + place % tokens;
        float normal = (x[row * width + channel % width] - statistics[2 * row]) * statistics[2 * row + 1];
        sum += dy[place * channels + channel] * (is_bias ? 1.0f : normal);
    }

    parts[thread] = sum;
}
