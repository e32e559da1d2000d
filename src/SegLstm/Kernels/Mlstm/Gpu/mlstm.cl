// The mLSTM over whole sequences without a past on a GPU, forward and exact gradient, in float32. Equations: MlstmSequence;
// shape letters: MlstmParallel. Heads of all samples are counted as one: q, k (heads, S, K), v (heads, S, V), gates (heads, S).
//
// In a chunk b is the running sum of the log forget gates, u = i - b, `running` the running maximum of u, and `past` the
// stabiliser of the state before the chunk; with w_t = max(past, running_t) every weight is exp(u_s - w_t), and what is past
// counts exp(past - w_t). b, u and running grow along a chunk while their differences stay small, so each is two floats, which
// lie side by side: the number and what its rounding left. States have V + 1 columns: the last is the normaliser, as if a
// column of ones stood beside v.
//
// All products are made of tiles, TILE by TILE numbers each: a group stages pieces of both factors in local memory, a thread adds
// up 4 by 4 sums at a time. Every number is summed in the order of the inner index, whatever the size of the group, which must
// divide 64. Nothing is kept from forward to backward.

#define CHUNK 64
#define TILE 32
// One number more a row than is used, so that rows begin in different banks.
#define PITCH (TILE + 1)
// 4 by 4 sums are a thread's piece of a tile.
#define PIECES ((TILE / 4) * (TILE / 4))
// In front of the first token: no past, and exp(NOTHING - w) is 0.
#define NOTHING (-3.0e38f)
// The largest exponent of a float, so that closed input gates make no infinite floor of the normaliser.
#define LARGEST 88.0f

// Fills a staged tile: (expression) of x, the row or column, and i, the inner index. Neighbouring threads take neighbouring x, or
// i: whichever is neighbouring in memory.
#define STAGE_ALONG_X(tile, expression) \
    for (int e = LOCAL_ID(); e < TILE * TILE; e += GROUP_SIZE()) \
    { \
        int x = e % TILE, i = from + e / TILE; \
        tile[e / TILE * PITCH + x] = (expression); \
    }
#define STAGE_ALONG_I(tile, expression) \
    for (int e = LOCAL_ID(); e < TILE * TILE; e += GROUP_SIZE()) \
    { \
        int x = e / TILE, i = from + e % TILE; \
        tile[e % TILE * PITCH + x] = (expression); \
    }

// Adds a product over `inner` to a thread's sums.
#define ADD_PRODUCT(inner, stage_a, stage_b) \
    for (int from = 0; from < (inner); from += TILE) \
    { \
        BARRIER(); \
        stage_a \
        stage_b \
        BARRIER(); \
        multiply(sums, a_tile + row, b_tile + column); \
    }

#define TILES() \
    LOCAL_ARRAY float a_tile[TILE * PITCH]; \
    LOCAL_ARRAY float b_tile[TILE * PITCH];

// A thread's pieces of a tile, one after the other.
#define FOR_PIECES() \
    for (int piece = LOCAL_ID(), row = piece / (TILE / 4) * 4, column = piece % (TILE / 4) * 4; piece < PIECES; \
         piece += GROUP_SIZE(), row = piece / (TILE / 4) * 4, column = piece % (TILE / 4) * 4)

#define CLEAR(sums) \
    UNROLL \
    for (int e = 0; e < 16; e++) \
    { \
        sums[e] = 0.0f; \
    }

// Stores a thread's sums: (statement) of r, c and sum, for the rows and columns there are.
#define FOR_SUMS(rows, columns, statement) \
    UNROLL \
    for (int e = 0; e < 16; e++) \
    { \
        int r = first_row + row + e / 4, c = first_column + column + e % 4; \
        float sum = sums[e]; \
        if (r < (rows) && c < (columns)) \
        { \
            statement; \
        } \
    }

// Which tile, and which chunk of which head, a group works on.
#define PLACE(tile_rows, tile_columns) \
    int column_tiles = ((tile_columns) + TILE - 1) / TILE; \
    int row_tiles = ((tile_rows) + TILE - 1) / TILE; \
    int first_column = (int)(GROUP_ID() % column_tiles) * TILE; \
    int first_row = (int)(GROUP_ID() / column_tiles % row_tiles) * TILE; \
    long place = GROUP_ID() / column_tiles / row_tiles; \
    int chunks = (tokens + CHUNK - 1) / CHUNK; \
    int first = (int)(place % chunks) * CHUNK; \
    int count = MIN(CHUNK, tokens - first); \
    long start = place / chunks * tokens + first;

DEVICE void multiply(float *sums, LOCAL const float *a, LOCAL const float *b)
{
    for (int i = 0; i < TILE; i++)
    {
        float left[4], right[4];
        UNROLL
        for (int e = 0; e < 4; e++)
        {
            left[e] = a[i * PITCH + e];
            right[e] = b[i * PITCH + e];
        }

        UNROLL
        for (int e = 0; e < 16; e++)
        {
            sums[e] += left[e / 4] * right[e % 4];
        }
    }
}

// A number of a matrix (rows, columns), 0 outside.
DEVICE float entry(GLOBAL const float *matrix, int row, int rows, int column, int columns)
{
    return row < rows && column < columns ? matrix[(long)row * columns + column] : 0.0f;
}

// A number of values (rows, columns) with a column of ones behind them.
DEVICE float value(GLOBAL const float *values, int row, int rows, int column, int columns)
{
    return row >= rows ? 0.0f : column < columns ? values[(long)row * columns + column] : column == columns ? 1.0f : 0.0f;
}

// exp(a - w), with w the larger of past and running; a is high + low.
DEVICE float weight(float high, float low, float past, GLOBAL const float *running)
{
    return past >= running[0] ? EXP((high - past) + low) : EXP((high - running[0]) + (low - running[1]));
}

// The stabiliser b + w of a token.
DEVICE float stabiliser(GLOBAL const float *b, float past, GLOBAL const float *running)
{
    return past >= running[0] ? (b[0] + past) + b[1] : (b[0] + running[0]) + (b[1] + running[1]);
}

// What the state before the chunk counts for token t: 0 beyond the chunk's end.
DEVICE float share_of_past(GLOBAL const float *running, float past, int t, int count)
{
    return t < count ? weight(past, 0.0f, past, running + 2 * t) : 0.0f;
}

// What token s counts in the state behind the chunk.
DEVICE float share_in_state(GLOBAL const float *u, GLOBAL const float *running, float past, int s, int count)
{
    return s < count ? weight(u[2 * s], u[2 * s + 1], past, running + 2 * (count - 1)) : 0.0f;
}

// b, u and running of each chunk. Threads: heads * chunks.
KERNEL mlstm_gates(
    GLOBAL const float *input, GLOBAL const float *forget, GLOBAL float *b, GLOBAL float *u, GLOBAL float *running, int heads,
    int tokens)
{
    long thread = THREAD();
    int chunks = (tokens + CHUNK - 1) / CHUNK;
    if (thread >= (long)heads * chunks)
    {
        return;
    }

    int first = (int)(thread % chunks) * CHUNK;
    int count = MIN(CHUNK, tokens - first);
    long start = thread / chunks * tokens + first;
    float sum = 0.0f, sum_rest = 0.0f, top = NOTHING, top_rest = 0.0f;
    for (long token = start; token < start + count; token++)
    {
        // Of a sum or difference, first its rounded value, then what is missing to the exact one.
        float added = -softplus(-forget[token]);
        float next = sum + added;
        float part = next - sum;
        sum_rest += (sum - (next - part)) + (added - part);
        sum = next;
        float own = input[token] - sum;
        part = own - input[token];
        float own_rest = (input[token] - (own - part)) - (sum + part) - sum_rest;
        if (own > top)
        {
            top = own;
            top_rest = own_rest;
        }

        b[2 * token] = sum;
        b[2 * token + 1] = sum_rest;
        u[2 * token] = own;
        u[2 * token + 1] = own_rest;
        running[2 * token] = top;
        running[2 * token + 1] = top_rest;
    }
}

// The stabiliser of the state before each chunk (heads, chunks). Threads: heads.
KERNEL mlstm_stabilisers(GLOBAL const float *b, GLOBAL const float *running, GLOBAL float *past, int heads, int tokens)
{
    long head = THREAD();
    if (head >= heads)
    {
        return;
    }

    int chunks = (tokens + CHUNK - 1) / CHUNK;
    float m = NOTHING;
    for (int chunk = 0; chunk < chunks; chunk++)
    {
        long last = head * tokens + MIN((chunk + 1) * CHUNK, tokens) - 1;
        past[head * chunks + chunk] = m;
        m = stabiliser(b + 2 * last, m, running + 2 * last);
    }
}

// What each chunk adds to the state: (heads, chunks, K, V + 1). Groups: heads * chunks * tiles of (K, V + 1).
KERNEL mlstm_parts(
    GLOBAL const float *k, GLOBAL const float *v, GLOBAL const float *u, GLOBAL const float *running, GLOBAL const float *past,
    GLOBAL float *parts, int tokens, int key_width, int value_width)
{
    TILES()
    PLACE(key_width, value_width + 1)
    FOR_PIECES()
    {
        float sums[16];
        CLEAR(sums)
        ADD_PRODUCT(count,
            STAGE_ALONG_X(a_tile, entry(k + start * key_width, i, count, first_row + x, key_width)
                * share_in_state(u + 2 * start, running + 2 * start, past[place], i, count)),
            STAGE_ALONG_X(b_tile, value(v + start * value_width, i, count, first_column + x, value_width)))
        FOR_SUMS(key_width, value_width + 1, parts[(place * key_width + r) * (value_width + 1) + c] = sum)
    }
}

// What each chunk sends back to the state before it: (heads, chunks, K, V + 1). Groups: as mlstm_parts.
KERNEL mlstm_gradient_parts(
    GLOBAL const float *q, GLOBAL const float *d_sums, GLOBAL const float *running, GLOBAL const float *past, GLOBAL float *parts,
    int tokens, int key_width, int value_width, float scale)
{
    TILES()
    PLACE(key_width, value_width + 1)
    FOR_PIECES()
    {
        float sums[16];
        CLEAR(sums)
        ADD_PRODUCT(count,
            STAGE_ALONG_X(a_tile, entry(q + start * key_width, i, count, first_row + x, key_width) * scale
                * share_of_past(running + 2 * start, past[place], i, count)),
            STAGE_ALONG_X(b_tile, entry(d_sums + start * (value_width + 1), i, count, first_column + x, value_width + 1)))
        FOR_SUMS(key_width, value_width + 1, parts[(place * key_width + r) * (value_width + 1) + c] = sum)
    }
}

// Makes of what each chunk adds the state before each chunk, in place; or, from the end, of what each chunk sends back the
// gradient behind each. Threads: heads * K * (V + 1).
KERNEL mlstm_carry(
    GLOBAL float *parts, GLOBAL const float *running, GLOBAL const float *past, int heads, int tokens, int state, int is_reverse)
{
    long thread = THREAD();
    if (thread >= (long)heads * state)
    {
        return;
    }

    int chunks = (tokens + CHUNK - 1) / CHUNK;
    long head = thread / state;
    float carry = 0.0f;
    for (int step = 0; step < chunks; step++)
    {
        int chunk = is_reverse ? chunks - 1 - step : step;
        long place = head * chunks + chunk;
        long at = place * state + thread % state;
        float before = past[place];
        long last = head * tokens + MIN((chunk + 1) * CHUNK, tokens) - 1;
        float part = parts[at];
        parts[at] = carry;
        carry = weight(before, 0.0f, before, running + 2 * last) * carry + part;
    }
}

// Products of rows of a and b, weighted: (heads, chunks, CHUNK, CHUNK), 0 for tokens ahead. b may be one narrower than a, and has
// ones there: of q and k these are the scores, of gradients and v the scores' gradients.
// Groups: heads * chunks * tiles of (CHUNK, CHUNK).
KERNEL mlstm_scores(
    GLOBAL const float *a, GLOBAL const float *b, GLOBAL const float *u, GLOBAL const float *running, GLOBAL const float *past,
    GLOBAL float *scores, int tokens, int width, int b_width, float scale)
{
    TILES()
    PLACE(CHUNK, CHUNK)
    FOR_PIECES()
    {
        float sums[16];
        CLEAR(sums)
        ADD_PRODUCT(width,
            STAGE_ALONG_I(a_tile, entry(a + start * width, first_row + x, count, i, width)),
            STAGE_ALONG_I(b_tile, value(b + start * b_width, first_column + x, count, i, b_width)))
        FOR_SUMS(CHUNK, CHUNK, scores[(place * CHUNK + r) * CHUNK + c] = c <= r && r < count
            ? sum * scale * weight(u[2 * (start + c)], u[2 * (start + c) + 1], past[place], running + 2 * (start + r)) : 0.0f)
    }
}

// Numerators and, in the last column, normalisers: (heads, S, V + 1). Groups: heads * chunks * tiles of (CHUNK, V + 1).
KERNEL mlstm_sums(
    GLOBAL const float *q, GLOBAL const float *v, GLOBAL const float *running, GLOBAL const float *past,
    GLOBAL const float *scores, GLOBAL const float *before, GLOBAL float *out, int tokens, int key_width, int value_width,
    float scale)
{
    TILES()
    PLACE(CHUNK, value_width + 1)
    FOR_PIECES()
    {
        float sums[16];
        CLEAR(sums)
        ADD_PRODUCT(count,
            STAGE_ALONG_I(a_tile, scores[(place * CHUNK + first_row + x) * CHUNK + i]),
            STAGE_ALONG_X(b_tile, value(v + start * value_width, i, count, first_column + x, value_width)))
        ADD_PRODUCT(key_width,
            STAGE_ALONG_I(a_tile, entry(q + start * key_width, first_row + x, count, i, key_width) * scale
                * share_of_past(running + 2 * start, past[place], first_row + x, count)),
            STAGE_ALONG_X(b_tile, entry(
                before + place * key_width * (value_width + 1), i, key_width, first_column + x, value_width + 1)))
        FOR_SUMS(count, value_width + 1, out[(start + r) * (value_width + 1) + c] = sum)
    }
}

// The floored normaliser of a token.
DEVICE float normaliser(
    GLOBAL const float *sums, GLOBAL const float *b, GLOBAL const float *running, GLOBAL const float *past, long token,
    int tokens, int value_width)
{
    int chunks = (tokens + CHUNK - 1) / CHUNK;
    float m = stabiliser(b + 2 * token, past[token / tokens * chunks + token % tokens / CHUNK], running + 2 * token);
    float dot = sums[token * (value_width + 1) + value_width];
    return MAX(dot < 0.0f ? -dot : dot, EXP(MIN(-m, LARGEST)));
}

// Retrieved values (heads, S, V). Threads: heads * S * V.
KERNEL mlstm_outputs(
    GLOBAL const float *sums, GLOBAL const float *b, GLOBAL const float *running, GLOBAL const float *past, GLOBAL float *h,
    int heads, int tokens, int value_width, float eps)
{
    long thread = THREAD();
    if (thread >= (long)heads * tokens * value_width)
    {
        return;
    }

    long token = thread / value_width;
    float n = normaliser(sums, b, running, past, token, tokens, value_width);
    h[thread] = sums[token * (value_width + 1) + thread % value_width] / (n + eps);
}

// Gradients of the sums (heads, S, V + 1), and of the stabilisers (heads, S), which matter by the weight of eps alone: elsewhere
// they cancel. Threads: heads * S.
KERNEL mlstm_output_gradients(
    GLOBAL const float *sums, GLOBAL const float *b, GLOBAL const float *running, GLOBAL const float *past,
    GLOBAL const float *dh, GLOBAL float *d_sums, GLOBAL float *dm, int heads, int tokens, int value_width, float eps)
{
    long token = THREAD();
    if (token >= (long)heads * tokens)
    {
        return;
    }

    float n = normaliser(sums, b, running, past, token, tokens, value_width);
    float whole = n + eps;
    long row = token * (value_width + 1);
    float dot = 0.0f;
    for (int c = 0; c < value_width; c++)
    {
        float gradient = dh[token * value_width + c];
        dot += gradient * (sums[row + c] / whole);
        d_sums[row + c] = gradient / whole;
    }

    float own = sums[row + value_width];
    d_sums[row + value_width] = n == own ? -dot / whole : n == -own ? dot / whole : 0.0f;
    dm[token] = -dot * (eps / whole);
}

// Gradient of the queries (heads, S, K). Groups: heads * chunks * tiles of (CHUNK, K).
KERNEL mlstm_query_gradients(
    GLOBAL const float *k, GLOBAL const float *running, GLOBAL const float *past, GLOBAL const float *d_scores,
    GLOBAL const float *d_sums, GLOBAL const float *before, GLOBAL float *dq, int tokens, int key_width, int value_width,
    float scale)
{
    TILES()
    PLACE(CHUNK, key_width)
    FOR_PIECES()
    {
        float sums[16];
        CLEAR(sums)
        ADD_PRODUCT(count,
            STAGE_ALONG_I(a_tile, d_scores[(place * CHUNK + first_row + x) * CHUNK + i]),
            STAGE_ALONG_X(b_tile, entry(k + start * key_width, i, count, first_column + x, key_width)))
        ADD_PRODUCT(value_width + 1,
            STAGE_ALONG_I(a_tile, entry(d_sums + start * (value_width + 1), first_row + x, count, i, value_width + 1) * scale
                * share_of_past(running + 2 * start, past[place], first_row + x, count)),
            STAGE_ALONG_I(b_tile, entry(
                before + place * key_width * (value_width + 1), first_column + x, key_width, i, value_width + 1)))
        FOR_SUMS(count, key_width, dq[(start + r) * key_width + c] = sum)
    }
}

// Gradient of the keys (heads, S, K). Groups: heads * chunks * tiles of (CHUNK, K).
KERNEL mlstm_key_gradients(
    GLOBAL const float *q, GLOBAL const float *v, GLOBAL const float *u, GLOBAL const float *running, GLOBAL const float *past,
    GLOBAL const float *d_scores, GLOBAL const float *behind, GLOBAL float *dk, int tokens, int key_width, int value_width)
{
    TILES()
    PLACE(CHUNK, key_width)
    FOR_PIECES()
    {
        float sums[16];
        CLEAR(sums)
        ADD_PRODUCT(count,
            STAGE_ALONG_X(a_tile, i < count ? d_scores[(place * CHUNK + i) * CHUNK + first_row + x] : 0.0f),
            STAGE_ALONG_X(b_tile, entry(q + start * key_width, i, count, first_column + x, key_width)))
        ADD_PRODUCT(value_width + 1,
            STAGE_ALONG_I(a_tile, value(v + start * value_width, first_row + x, count, i, value_width)
                * share_in_state(u + 2 * start, running + 2 * start, past[place], first_row + x, count)),
            STAGE_ALONG_I(b_tile, entry(
                behind + place * key_width * (value_width + 1), first_column + x, key_width, i, value_width + 1)))
        FOR_SUMS(count, key_width, dk[(start + r) * key_width + c] = sum)
    }
}

// Gradient of the values (heads, S, V). Groups: heads * chunks * tiles of (CHUNK, V).
KERNEL mlstm_value_gradients(
    GLOBAL const float *k, GLOBAL const float *u, GLOBAL const float *running, GLOBAL const float *past,
    GLOBAL const float *scores, GLOBAL const float *d_sums, GLOBAL const float *behind, GLOBAL float *dv, int tokens,
    int key_width, int value_width)
{
    TILES()
    PLACE(CHUNK, value_width)
    FOR_PIECES()
    {
        float sums[16];
        CLEAR(sums)
        ADD_PRODUCT(count,
            STAGE_ALONG_X(a_tile, i < count ? scores[(place * CHUNK + i) * CHUNK + first_row + x] : 0.0f),
            STAGE_ALONG_X(b_tile, entry(d_sums + start * (value_width + 1), i, count, first_column + x, value_width + 1)))
        ADD_PRODUCT(key_width,
            STAGE_ALONG_I(a_tile, entry(k + start * key_width, first_row + x, count, i, key_width)
                * share_in_state(u + 2 * start, running + 2 * start, past[place], first_row + x, count)),
            STAGE_ALONG_X(b_tile, entry(
                behind + place * key_width * (value_width + 1), i, key_width, first_column + x, value_width + 1)))
        FOR_SUMS(count, value_width, dv[(start + r) * value_width + c] = sum)
    }
}

// What the logarithms of all weights that a token reads, and writes, get: q·dq and k·dk (heads, S). Threads: heads * S.
KERNEL mlstm_weight_gradients(
    GLOBAL const float *q, GLOBAL const float *k, GLOBAL const float *dq, GLOBAL const float *dk, GLOBAL float *d_read,
    GLOBAL float *d_written, int heads, int tokens, int key_width)
{
    long token = THREAD();
    if (token >= (long)heads * tokens)
    {
        return;
    }

    float read = 0.0f, written = 0.0f;
    for (int c = 0; c < key_width; c++)
    {
        read += q[token * key_width + c] * dq[token * key_width + c];
        written += k[token * key_width + c] * dk[token * key_width + c];
    }

    d_read[token] = read;
    d_written[token] = written;
}

// Gradients of the gates (heads, S), from the last token on: a forget gate gets all that is read from it on and was
// written in front of it. A stabiliser's gradient belongs to the token that is the maximum. Threads: heads.
KERNEL mlstm_gate_gradients(
    GLOBAL const float *forget, GLOBAL const float *u, GLOBAL const float *running, GLOBAL const float *past,
    GLOBAL const float *d_read, GLOBAL const float *d_written, GLOBAL const float *dm, GLOBAL float *d_input,
    GLOBAL float *d_forget, int heads, int tokens)
{
    long head = THREAD();
    if (head >= heads)
    {
        return;
    }

    int chunks = (tokens + CHUNK - 1) / CHUNK;
    float behind = 0.0f, of_stabiliser = 0.0f;
    for (int t = tokens - 1; t >= 0; t--)
    {
        long token = head * tokens + t;
        float written = d_written[token];
        of_stabiliser += dm[token];
        if (u[2 * token] >= MAX(past[head * chunks + t / CHUNK], running[2 * token]))
        {
            written += of_stabiliser;
            of_stabiliser = 0.0f;
        }

        behind += d_read[token] + dm[token] - written;
        d_input[token] = written;
        d_forget[token] = behind * sigmoid(-forget[token]);
    }
}
