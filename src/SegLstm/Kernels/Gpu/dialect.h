// One source for OpenCL C 1.2 and CUDA C++: what the two spell differently. In front of every kernel file.
// The CUDA side needs clang alone: no toolkit, no headers.
#ifndef __CUDA__
#define KERNEL __kernel void
#define DEVICE static inline __attribute__((always_inline))
#define GLOBAL __global
#define LOCAL __local
#define LOCAL_ARRAY __local
#define LOCAL_ID() ((int)get_local_id(0))
#define GROUP_ID() ((long)get_group_id(0))
#define GROUP_SIZE() ((int)get_local_size(0))
#define BARRIER() barrier(CLK_LOCAL_MEM_FENCE)
#define EXP2(x) exp2(x)
#define SQRT(x) sqrt(x)
#else
// "C", so that an entry has the name that it is looked up by.
#define KERNEL extern "C" __attribute__((global)) void
#define DEVICE static inline __attribute__((device, always_inline))
#define GLOBAL
// Pointers to local memory have no mark of their own in CUDA; arrays in it have.
#define LOCAL
#define LOCAL_ARRAY __attribute__((shared))
#define LOCAL_ID() ((int)__nvvm_read_ptx_sreg_tid_x())
#define GROUP_ID() ((long)__nvvm_read_ptx_sreg_ctaid_x())
#define GROUP_SIZE() ((int)__nvvm_read_ptx_sreg_ntid_x())
#define BARRIER() __nvvm_bar_sync(0)
// Two units in the last place, denormals kept.
#define EXP2(x) __nvvm_ex2_approx_f(x)
#define SQRT(x) __nvvm_sqrt_rn_f(x)
#endif

// Arrays of a thread are registers only where every index is known when it is compiled. A processor has no such registers, and
// its compiler is faster without.
#ifdef FOR_PROCESSOR
#define UNROLL _Pragma("nounroll")
#else
#define UNROLL _Pragma("unroll")
#endif

#define THREAD() (GROUP_ID() * GROUP_SIZE() + LOCAL_ID())
#define LOG2E 1.44269504088896341f
#define EXP(x) EXP2((x) * LOG2E)
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define MIN(a, b) ((a) < (b) ? (a) : (b))

DEVICE float sigmoid(float x)
{
    return 1.0f / (1.0f + EXP(-x));
}

// log(1 + e) for e in [0, 1], where log() of a GPU loses the digits of a small e: 2 atanh(e / (2 + e)), whose series ends below
// 1e-9 here.
DEVICE float log1p_of_fraction(float e)
{
    float s = e / (2.0f + e);
    float q = s * s;
    float sum = 1.0f / 15.0f;
    sum = sum * q + 1.0f / 13.0f;
    sum = sum * q + 1.0f / 11.0f;
    sum = sum * q + 1.0f / 9.0f;
    sum = sum * q + 1.0f / 7.0f;
    sum = sum * q + 1.0f / 5.0f;
    sum = sum * q + 1.0f / 3.0f;
    sum = sum * q + 1.0f;
    return 2.0f * s * sum;
}

// log(1 + exp(x)), without overflow.
DEVICE float softplus(float x)
{
    return MAX(x, 0.0f) + log1p_of_fraction(EXP(x < 0.0f ? x : -x));
}
