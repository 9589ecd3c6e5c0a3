"""NF4 with double quantisation in NumPy: an implementation that shares no code with torch or SqlTune.

    python nf4.py OUTPUT.safetensors            # writes the fixture
    python nf4.py --compare                     # counts differences from the bitsandbytes that is installed

The scheme is bitsandbytes' (https://github.com/bitsandbytes-foundation/bitsandbytes, MIT): blocks of 64, the levels and
midpoints of its CUDA kernels, `compress_statistics=True`; QLoRA, arXiv:2305.14314. Everything is IEEE float32, one
rounding an operation. Its own paths differ from each other: CUDA is compiled with --use_fast_math, the CPU library
quantises scales through a table of 65536 entries, and the mean of the scales depends on the order of a float32 sum. So
three choices are ours: the mean is taken in float64 and rounded; the dynamic map is the one that torch computes with
AVX2 or AVX-512 (fused multiply-add in linspace); blocks of zeros stay zeros as in its CPU path (CUDA's 0/0 gives code 0).
"""

import sys
from pathlib import Path

import numpy as np

F = np.float32
BLOCK, GROUP = 64, 256
SMALLEST_DIVISOR = F(1e-38)

# fmt: off
LEVELS = np.array([
    -1.0, -0.6961928009986877, -0.5250730514526367, -0.39491748809814453, -0.28444138169288635, -0.18477343022823334,
    -0.09105003625154495, 0.0, 0.07958029955625534, 0.16093020141124725, 0.24611230194568634, 0.33791524171829224,
    0.44070982933044434, 0.5626170039176941, 0.7229568362236023, 1.0], dtype=F)
MIDPOINTS = np.array([
    -0.8480964004993439, -0.6106329262256622, -0.4599952697753906, -0.33967943489551544, -0.23460740596055984,
    -0.13791173323988914, -0.045525018125772476, 0.03979014977812767, 0.1202552504837513, 0.2035212516784668,
    0.2920137718319893, 0.3893125355243683, 0.5016634166240692, 0.6427869200706482, 0.8614784181118011], dtype=F)
# fmt: on


def linspace(count):
    """`count` numbers from 0.1 to 1, counted from the nearer end, multiplied and added without rounding in between."""
    start, end = F(0.1), F(1)
    step = np.float64(F((end - start) / F(count - 1)))
    k = np.arange(count)
    rising = (np.float64(start) + step * k).astype(F)
    falling = (np.float64(end) - step * (count - 1 - k)).astype(F)
    return np.where(k < count // 2, rising, falling)


def dynamic_map():
    """The signed 8-bit map, ascending."""
    values = [F(0), F(1)]
    for decade in range(7):
        ends = linspace(2**decade + 1)
        means = (ends[:-1] + ends[1:]) / F(2) * F(10.0 ** (decade - 6))
        values += [*means, *-means]
    return np.sort(np.array(values, dtype=F))


def nearest(code, x):
    """The kernel's search: seven steps to an even index, then one midpoint decides between it and a neighbour."""
    pivot = np.full(x.shape, 127)
    below, above = np.zeros(x.shape, int), np.full(x.shape, 255)
    for step in (64, 32, 16, 8, 4, 2, 1):
        higher = x > code[pivot]
        below = np.where(higher, pivot, below)
        above = np.where(higher, above, pivot)
        pivot = np.where(higher, pivot + step, pivot - step)
    value = code[pivot]
    up = (x > value) & (x > (code[above] + value) * F(0.5))
    down = (x <= value) & (x < (code[below] + value) * F(0.5))
    return np.where(up, above, np.where(down, below, pivot)).astype(np.uint8)


def in_blocks(x, width):
    """x [n] -> [blocks, width], filled with zeros."""
    padded = np.zeros(-(-x.size // width) * width, dtype=F)
    padded[: x.size] = x
    return padded.reshape(-1, width)


def divided(blocks):
    largest = np.abs(blocks).max(axis=1)
    return blocks * (F(1) / np.maximum(largest, SMALLEST_DIVISOR))[:, None], largest


def quantize(weight):
    """weight, any shape, exact in float32 -> packed, scale_codes, scale_scales, mean_scale"""
    x = weight.astype(F).reshape(-1)
    shares, scales = divided(in_blocks(x, BLOCK))
    codes = np.searchsorted(MIDPOINTS, shares.reshape(-1), side="left").astype(np.uint8)
    packed = (codes[0::2] << 4 | codes[1::2])[: (x.size + 1) // 2]
    mean = F(np.mean(scales, dtype=np.float64))
    shares, largest = divided(in_blocks(scales - mean, GROUP))
    scale_codes = nearest(dynamic_map(), shares.reshape(-1))[: scales.size]
    return packed, scale_codes, largest, np.array([mean])


def dequantize(packed, scale_codes, scale_scales, mean_scale, shape):
    """float32; rounding it to bfloat16 or float16 gives the matrix in that type."""
    scales = dynamic_map()[scale_codes] * np.repeat(scale_scales, GROUP)[: scale_codes.size] + mean_scale
    count = int(np.prod(shape))
    codes = np.stack([packed >> 4, packed & 15], axis=1).reshape(-1)[:count]
    return (LEVELS[codes] * np.repeat(scales, BLOCK)[:count]).reshape(shape)


def bfloat16_bits(x):
    """float32 -> bfloat16's bits, ties to even."""
    bits = x.view(np.uint32)
    return ((bits + 0x7FFF + (bits >> 16 & 1)) >> 16).astype(np.uint16)


def from_bfloat16_bits(bits):
    return (bits.astype(np.uint32) << 16).view(F)


def matrices():
    """name -> (values, type on disk); values are exact in that type."""
    random = np.random.default_rng(7)

    def normal(*shape, deviation=0.02):
        return random.normal(0, deviation, shape).astype(F)

    outliers = normal(23, 61)
    outliers[3] *= 50
    outliers[20, 60] = 3
    halfway = np.concatenate([MIDPOINTS, np.nextafter(MIDPOINTS, F(2)), LEVELS, np.zeros(18, F)]).reshape(1, 64)
    zeros = normal(6, 128)
    zeros[2] = 0
    zeros[4:] = F(1e-41)
    return {
        "many_groups": (from_bfloat16_bits(bfloat16_bits(normal(67, 301))), "BF16"),
        "odd": (normal(5, 7), "F32"),
        "one": (normal(1, 1), "F32"),
        "half_precision": (normal(12, 64).astype(np.float16).astype(F), "F16"),
        "outliers": (outliers, "F32"),
        "exactly_half_way": (halfway, "F32"),
        "zeros": (zeros, "F32"),
    }


def write(path):
    import torch
    from safetensors.torch import save_file

    types = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}
    tensors = {"dynamic_map": torch.from_numpy(dynamic_map())}
    for name, (values, kind) in matrices().items():
        parts = quantize(values)
        exact = dequantize(*parts, values.shape)
        tensors[f"{name}.weight"] = torch.from_numpy(values.copy()).to(types[kind])
        for part, array in zip(("packed", "scale_codes", "scale_scales", "mean_scale"), parts, strict=True):
            tensors[f"{name}.{part}"] = torch.from_numpy(array.copy())
        tensors[f"{name}.float32"] = torch.from_numpy(exact)
        bits = bfloat16_bits(exact).view(np.int16)
        tensors[f"{name}.bfloat16"] = torch.from_numpy(bits.copy()).view(torch.bfloat16)
    save_file(tensors, path, metadata={"format": "pt"})
    print(f"{path}: {len(tensors)} tensors")


def compare():
    import bitsandbytes.functional as bnb
    import torch

    ours, theirs = dynamic_map(), bnb.create_dynamic_map().numpy()
    print(f"dynamic map: {(ours != theirs).sum()} of 256 differ")
    cases = {**matrices(), "large": (np.random.default_rng(1).normal(0, 0.02, (704, 2048)).astype(F), "F32")}
    for name, (values, _) in cases.items():
        packed, state = bnb.quantize_4bit(torch.from_numpy(values.copy()), compress_statistics=True, quant_type="nf4")
        found = bnb.dequantize_4bit(packed, state).numpy()
        parts = quantize(values)
        expected = dequantize(*parts, values.shape)
        same_state = (parts[0], state.absmax.numpy(), state.state2.absmax.numpy(), state.offset.numpy().reshape(1))
        again = dequantize(packed.numpy().reshape(-1), *same_state[1:], values.shape)
        print(
            f"{name:18} packed {(packed.numpy().reshape(-1) != parts[0]).sum()} of {parts[0].size},"
            f" scale codes {(same_state[1] != parts[1]).sum()} of {parts[1].size},"
            f" scale scales {(same_state[2] != parts[2]).sum()} of {parts[2].size},"
            f" mean {abs(same_state[3][0] - parts[3][0]) / np.spacing(parts[3][0]):.0f} ulp,"
            f" weights {(found != expected).sum()} of {expected.size}; from its state {(found != again).sum()}"
        )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    if sys.argv[1] == "--compare":
        compare()
    else:
        write(Path(sys.argv[1]))
