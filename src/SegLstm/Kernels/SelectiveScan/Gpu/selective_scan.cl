// The selective scan on a GPU, forward and backward, in float32. Equations and shape letters: SelectiveScanReference.
//
// A sequence is cut into chunks of TOKENS, which a thread holds in registers, one channel a thread. What a chunk adds to the
// state is computed for all chunks at once (scan_parts); a short walk over the chunks makes of it the state before each
// (scan_carry); from there all chunks give their outputs at once (scan_outputs). So a sequence keeps a GPU busy by itself, no sum
// depends on the size of a group, and nothing is kept from forward to backward: two exponentials a token, channel and state
// forward, three backward.
//
// Buffers between kernels: states (B, chunks, N, D) and sums of steps (B, chunks, D), D last, so that neighbouring threads touch
// neighbouring numbers. Weights are (B, G, N, L), or (D, N) where the number of groups is 0. Beyond the sequence's end a step is
// 0: the state stays. Tokens are counted in the order of the scan: in reverse, the next lies in front (stride -1).

#define TOKENS 16
// Channels whose gradients of B and C are added up together, by a warp; a group of threads is up to MAX_UNITS units.
#define UNIT 32
#define MAX_UNITS 4

DEVICE float step_of(float raw, int is_softplus)
{
    return is_softplus ? softplus(raw) : raw;
}

// Where a token lies in its row.
DEVICE int place_of(int token, int length, int stride)
{
    return stride < 0 ? length - 1 - token : token;
}

// The weights of a channel's state 0 at a chunk's first token.
DEVICE GLOBAL const float *weights_of(
    GLOBAL const float *weights, int groups, long b, int d, int place, int channels, int length, int states)
{
    return groups == 0
        ? weights + (long)d * states
        : weights + (b * groups + d / (channels / groups)) * states * length + place;
}

// The weights of one state.
DEVICE void load_weights(float *to, GLOBAL const float *from, int n, int groups, int length, int stride, int count)
{
    GLOBAL const float *at = from + (long)n * (groups == 0 ? 1 : length);
    int step = groups == 0 ? 0 : stride;
    UNROLL
    for (int t = 0; t < TOKENS; t++)
    {
        to[t] = t < count ? at[t * step] : 0.0f;
    }
}

DEVICE void load_tokens(float *to, GLOBAL const float *from, long row, int stride, int count)
{
    UNROLL
    for (int t = 0; t < TOKENS; t++)
    {
        to[t] = t < count ? from[row + t * stride] : 0.0f;
    }
}

DEVICE void load_steps(float *steps, GLOBAL const float *delta, long row, int stride, float bias, int is_softplus, int count)
{
    UNROLL
    for (int t = 0; t < TOKENS; t++)
    {
        steps[t] = t < count ? step_of(delta[row + t * stride] + bias, is_softplus) : 0.0f;
    }
}

// Gradients of y, in front of the gate.
DEVICE void load_gradients(float *to, GLOBAL const float *out_gradient, GLOBAL const float *z, long row, int stride, int count)
{
    load_tokens(to, out_gradient, row, stride, count);
    if (z)
    {
        UNROLL
        for (int t = 0; t < TOKENS; t++)
        {
            float gate = t < count ? z[row + t * stride] : 0.0f;
            to[t] *= gate * sigmoid(gate);
        }
    }
}

// What each chunk adds to the state, as if nothing were before it: parts (B, chunks, N, D); and its sums of steps.
// Threads: B * chunks * D.
KERNEL scan_parts(
    GLOBAL const float *u, GLOBAL const float *delta, GLOBAL const float *a, GLOBAL const float *b,
    GLOBAL const float *delta_bias, GLOBAL float *parts, GLOBAL float *sums, int batch, int channels, int length, int states,
    int b_groups, int is_softplus, int stride)
{
    long thread = THREAD();
    int chunks = (length + TOKENS - 1) / TOKENS;
    if (thread >= (long)batch * chunks * channels)
    {
        return;
    }

    int d = (int)(thread % channels);
    long sample = thread / channels / chunks;
    int first = (int)(thread / channels % chunks) * TOKENS;
    int count = MIN(TOKENS, length - first);
    int place = place_of(first, length, stride);
    long row = (sample * channels + d) * length + place;
    float steps[TOKENS], inputs[TOKENS], weights[TOKENS];
    load_steps(steps, delta, row, stride, delta_bias ? delta_bias[d] : 0.0f, is_softplus, count);
    load_tokens(inputs, u, row, stride, count);
    float sum = 0.0f;
    UNROLL
    for (int t = 0; t < TOKENS; t++)
    {
        inputs[t] *= steps[t];
        sum += steps[t];
    }

    sums[thread] = sum;
    GLOBAL const float *from = weights_of(b, b_groups, sample, d, place, channels, length, states);
    long at = thread / channels * states * channels + d;
    for (int n = 0; n < states; n++)
    {
        float rate = a[(long)d * states + n] * LOG2E;
        float x = 0.0f;
        load_weights(weights, from, n, b_groups, length, stride, count);
        UNROLL
        for (int t = 0; t < TOKENS; t++)
        {
            x = EXP2(rate * steps[t]) * x + inputs[t] * weights[t];
        }

        parts[at + (long)n * channels] = x;
    }
}

// Makes of what each chunk adds the state before each chunk, in place; or, from the end, of what each chunk sends back the
// gradient behind each. Threads: B * N * D.
KERNEL scan_carry(
    GLOBAL float *parts, GLOBAL const float *sums, GLOBAL const float *a, GLOBAL const float *start, GLOBAL float *last,
    int batch, int channels, int length, int states, int is_reverse)
{
    long thread = THREAD();
    int chunks = (length + TOKENS - 1) / TOKENS;
    if (thread >= (long)batch * states * channels)
    {
        return;
    }

    int d = (int)(thread % channels);
    int n = (int)(thread / channels % states);
    long sample = thread / channels / states;
    long own = (sample * channels + d) * states + n;
    float rate = a[(long)d * states + n] * LOG2E;
    float carry = start ? start[own] : 0.0f;
    for (int k = 0; k < chunks; k++)
    {
        long chunk = sample * chunks + (is_reverse ? chunks - 1 - k : k);
        long at = (chunk * states + n) * channels + d;
        float part = parts[at];
        parts[at] = carry;
        carry = EXP2(rate * sums[chunk * channels + d]) * carry + part;
    }

    if (last)
    {
        last[own] = carry;
    }
}

// Outputs, from the state before each chunk. Threads: B * chunks * D.
KERNEL scan_outputs(
    GLOBAL const float *u, GLOBAL const float *delta, GLOBAL const float *a, GLOBAL const float *b, GLOBAL const float *c,
    GLOBAL const float *skip, GLOBAL const float *z, GLOBAL const float *delta_bias, GLOBAL const float *before,
    GLOBAL float *out, int batch, int channels, int length, int states, int b_groups, int c_groups, int is_softplus, int stride)
{
    long thread = THREAD();
    int chunks = (length + TOKENS - 1) / TOKENS;
    if (thread >= (long)batch * chunks * channels)
    {
        return;
    }

    int d = (int)(thread % channels);
    long sample = thread / channels / chunks;
    int first = (int)(thread / channels % chunks) * TOKENS;
    int count = MIN(TOKENS, length - first);
    int place = place_of(first, length, stride);
    long row = (sample * channels + d) * length + place;
    float steps[TOKENS], inputs[TOKENS], y[TOKENS], b_weights[TOKENS], c_weights[TOKENS];
    float skipped = skip ? skip[d] : 0.0f;
    load_steps(steps, delta, row, stride, delta_bias ? delta_bias[d] : 0.0f, is_softplus, count);
    load_tokens(inputs, u, row, stride, count);
    UNROLL
    for (int t = 0; t < TOKENS; t++)
    {
        y[t] = skipped * inputs[t];
        inputs[t] *= steps[t];
    }

    GLOBAL const float *b_from = weights_of(b, b_groups, sample, d, place, channels, length, states);
    GLOBAL const float *c_from = weights_of(c, c_groups, sample, d, place, channels, length, states);
    long at = thread / channels * states * channels + d;
    for (int n = 0; n < states; n++)
    {
        float rate = a[(long)d * states + n] * LOG2E;
        float x = before[at + (long)n * channels];
        load_weights(b_weights, b_from, n, b_groups, length, stride, count);
        load_weights(c_weights, c_from, n, c_groups, length, stride, count);
        UNROLL
        for (int t = 0; t < TOKENS; t++)
        {
            x = EXP2(rate * steps[t]) * x + inputs[t] * b_weights[t];
            y[t] += c_weights[t] * x;
        }
    }

    UNROLL
    for (int t = 0; t < TOKENS; t++)
    {
        if (t < count)
        {
            float gate = z ? z[row + t * stride] : 0.0f;
            out[row + t * stride] = z ? y[t] * gate * sigmoid(gate) : y[t];
        }
    }
}

// What each chunk sends back to the state before it, as if nothing were behind it: parts (B, chunks, N, D).
// Threads: B * chunks * D.
KERNEL scan_gradient_parts(
    GLOBAL const float *delta, GLOBAL const float *a, GLOBAL const float *c, GLOBAL const float *z,
    GLOBAL const float *delta_bias, GLOBAL const float *out_gradient, GLOBAL float *parts, int batch, int channels, int length,
    int states, int c_groups, int is_softplus, int stride)
{
    long thread = THREAD();
    int chunks = (length + TOKENS - 1) / TOKENS;
    if (thread >= (long)batch * chunks * channels)
    {
        return;
    }

    int d = (int)(thread % channels);
    long sample = thread / channels / chunks;
    int first = (int)(thread / channels % chunks) * TOKENS;
    int count = MIN(TOKENS, length - first);
    int place = place_of(first, length, stride);
    long row = (sample * channels + d) * length + place;
    float steps[TOKENS], gradients[TOKENS], weights[TOKENS];
    load_steps(steps, delta, row, stride, delta_bias ? delta_bias[d] : 0.0f, is_softplus, count);
    load_gradients(gradients, out_gradient, z, row, stride, count);
    GLOBAL const float *from = weights_of(c, c_groups, sample, d, place, channels, length, states);
    long at = thread / channels * states * channels + d;
    for (int n = 0; n < states; n++)
    {
        float rate = a[(long)d * states + n] * LOG2E;
        float sent = 0.0f;
        load_weights(weights, from, n, c_groups, length, stride, count);
        UNROLL
        for (int t = TOKENS - 1; t >= 0; t--)
        {
            sent = EXP2(rate * steps[t]) * (sent + weights[t] * gradients[t]);
        }

        parts[at + (long)n * channels] = sent;
    }
}

// Gradients, from the states before each chunk and the gradients behind it. Those of A, D and the bias, and of weights (D, N),
// are of each chunk: (B, chunks, N, D) and (B, chunks, D); those of weights (B, G, N, L) are of each unit: (B, units, N, L).
// A unit is UNIT neighbouring channels of one segment, which is the channels that share the groups of both B and C.
// Threads: B * chunks * units * UNIT, in groups of one to MAX_UNITS units.
KERNEL scan_gradients(
    GLOBAL const float *u, GLOBAL const float *delta, GLOBAL const float *a, GLOBAL const float *b, GLOBAL const float *c,
    GLOBAL const float *skip, GLOBAL const float *z, GLOBAL const float *delta_bias, GLOBAL const float *out_gradient,
    GLOBAL const float *before, GLOBAL const float *behind, GLOBAL float *du, GLOBAL float *d_delta, GLOBAL float *dz,
    GLOBAL float *da, GLOBAL float *db, GLOBAL float *dc, GLOBAL float *d_skip, GLOBAL float *d_bias, int batch, int channels,
    int length, int states, int b_groups, int c_groups, int is_softplus, int stride, int segment)
{
    // One number more a row than is used, so that rows begin in different banks.
    LOCAL_ARRAY float exchange[MAX_UNITS * UNIT * (2 * TOKENS + 1)];
    int chunks = (length + TOKENS - 1) / TOKENS;
    int blocks = (segment + UNIT - 1) / UNIT;
    int units = channels / segment * blocks;
    int lane = LOCAL_ID() % UNIT;
    // Sample, chunk, unit: the last runs fastest.
    long index = THREAD() / UNIT;
    int in_range = index < (long)batch * chunks * units;
    int unit = (int)(index % units);
    long chunk = index / units;
    long sample = chunk / chunks;
    int first = (int)(chunk % chunks) * TOKENS;
    int in_segment = unit % blocks * UNIT + lane;
    int is_live = in_range && in_segment < segment;
    // Threads without a channel walk along the others', on channel 0 and no tokens, because all must meet at the barriers.
    int d = is_live ? unit / blocks * segment + in_segment : 0;
    sample = in_range ? sample : 0;
    first = is_live ? first : 0;
    int count = is_live ? MIN(TOKENS, length - first) : 0;
    int place = place_of(first, length, stride);
    long row = (sample * channels + d) * length + place;

    float steps[TOKENS], values[TOKENS], gradients[TOKENS], y[TOKENS], read[TOKENS], step_gradients[TOKENS];
    float bias = delta_bias ? delta_bias[d] : 0.0f;
    float skipped = skip ? skip[d] : 0.0f;
    load_steps(steps, delta, row, stride, bias, is_softplus, count);
    load_tokens(values, u, row, stride, count);
    load_gradients(gradients, out_gradient, z, row, stride, count);
    float skip_gradient = 0.0f;
    UNROLL
    for (int t = 0; t < TOKENS; t++)
    {
        y[t] = skipped * values[t];
        skip_gradient += gradients[t] * values[t];
        read[t] = 0.0f;
        step_gradients[t] = 0.0f;
    }

    GLOBAL const float *b_from = weights_of(b, b_groups, sample, d, place, channels, length, states);
    GLOBAL const float *c_from = weights_of(c, c_groups, sample, d, place, channels, length, states);
    LOCAL float *own = exchange + LOCAL_ID() * (2 * TOKENS + 1);
    long at = chunk * states * channels + d;
    for (int n = 0; n < states; n++, at += channels)
    {
        float b_weights[TOKENS], c_weights[TOKENS], decays[TOKENS], kept[TOKENS];
        float rate = a[(long)d * states + n];
        load_weights(b_weights, b_from, n, b_groups, length, stride, count);
        load_weights(c_weights, c_from, n, c_groups, length, stride, count);
        float x = is_live ? before[at] : 0.0f;
        float c_gradient = 0.0f;
        UNROLL
        for (int t = 0; t < TOKENS; t++)
        {
            decays[t] = EXP2(rate * LOG2E * steps[t]);
            // What is left of the state before the token.
            kept[t] = decays[t] * x;
            x = kept[t] + steps[t] * values[t] * b_weights[t];
            y[t] += c_weights[t] * x;
            own[TOKENS + t] = gradients[t] * x;
            c_gradient += gradients[t] * x;
        }

        float sent = is_live ? behind[at] : 0.0f;
        float a_gradient = 0.0f, b_gradient = 0.0f;
        UNROLL
        for (int t = TOKENS - 1; t >= 0; t--)
        {
            float lambda = sent + c_weights[t] * gradients[t];
            float written = lambda * steps[t] * values[t];
            own[t] = written;
            b_gradient += written;
            read[t] += lambda * b_weights[t];
            float decayed = lambda * kept[t];
            a_gradient += decayed * steps[t];
            step_gradients[t] += decayed * rate;
            sent = decays[t] * lambda;
        }

        if (is_live)
        {
            da[at] = a_gradient;
            if (b_groups == 0)
            {
                db[at] = b_gradient;
            }

            if (c_groups == 0)
            {
                dc[at] = c_gradient;
            }
        }

        if (b_groups != 0 || c_groups != 0)
        {
            // Lane t adds up token t of B; lane TOKENS + t that of C.
            BARRIER();
            LOCAL const float *column = exchange + (LOCAL_ID() - lane) * (2 * TOKENS + 1) + lane;
            float sum = 0.0f;
            for (int k = 0; k < UNIT; k++)
            {
                sum += column[k * (2 * TOKENS + 1)];
            }

            int is_of_c = lane >= TOKENS;
            int token = (int)(chunk % chunks) * TOKENS + lane % TOKENS;
            if (in_range && token < length && (is_of_c ? c_groups : b_groups) != 0)
            {
                (is_of_c ? dc : db)[((sample * units + unit) * states + n) * length
                    + place_of(token, length, stride)] = sum;
            }

            BARRIER();
        }
    }

    float bias_gradient = 0.0f;
    UNROLL
    for (int t = 0; t < TOKENS; t++)
    {
        if (t < count)
        {
            float step_gradient = step_gradients[t] + values[t] * read[t];
            float raw_gradient = is_softplus ? step_gradient * sigmoid(delta[row + t * stride] + bias) : step_gradient;
            d_delta[row + t * stride] = raw_gradient;
            bias_gradient += raw_gradient;
            du[row + t * stride] = skipped * gradients[t] + steps[t] * read[t];
            if (z)
            {
                float gate = z[row + t * stride];
                float open = sigmoid(gate);
                dz[row + t * stride] = out_gradient[row + t * stride] * y[t] * open * (1.0f + gate * (1.0f - open));
            }
        }
    }

    if (is_live)
    {
        d_skip[chunk * channels + d] = skip_gradient;
        d_bias[chunk * channels + d] = bias_gradient;
    }
}
