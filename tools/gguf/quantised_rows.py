"""Writes deployment/src/test/resources/gguf/quantised_rows.json: rows and the bytes that llama.cpp's own library makes of them.

    npm install node-llama-cpp@3.22.1
    python quantised_rows.py node_modules/@node-llama-cpp/linux-x64/bins/linux-x64/libggml-base.so OUTPUT

A row is 512 numbers. The list holds ordinary rows and those on which quantisers differ: zeros, one sign, one large number,
equal numbers, tiny numbers. Rows and bytes are in Base64.
"""
import base64
import ctypes
import json
import random
import struct
import sys

LENGTH = 512
TYPES = {"Q4_0": 2, "Q5_0": 6, "Q5_1": 7, "Q8_0": 8, "Q4_K": 12, "Q5_K": 13, "Q6_K": 14}


def rows():
    generator = random.Random(16)
    yield [generator.gauss(0, 0.05) for _ in range(LENGTH)]
    yield [generator.gauss(0, 1) ** 3 for _ in range(LENGTH)]
    yield [abs(generator.gauss(1, 0.3)) for _ in range(LENGTH)]
    yield [-abs(generator.gauss(1, 0.3)) for _ in range(LENGTH)]
    yield [generator.uniform(-1, 1) if i % 32 == 5 else 0.0 for i in range(LENGTH)]
    yield [100.0 if i == 300 else generator.gauss(0, 1e-3) for i in range(LENGTH)]
    yield [0.0] * LENGTH
    yield [-0.25] * LENGTH
    yield [generator.gauss(0, 1e-7) for _ in range(LENGTH)]
    yield [generator.gauss(0, 1e-16) for _ in range(LENGTH)]
    yield [float(generator.randint(-3, 3)) for _ in range(LENGTH)]


def main():
    library = ctypes.CDLL(sys.argv[1])
    quantize = library.ggml_quantize_chunk
    quantize.restype = ctypes.c_size_t
    quantize.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p] + [ctypes.c_int64] * 3 + [ctypes.c_void_p]
    cases = []
    for row in rows():
        source = (ctypes.c_float * LENGTH)(*row)
        case = {"row": base64.b64encode(struct.pack(f"<{LENGTH}f", *source)).decode()}
        for name, code in TYPES.items():
            target = ctypes.create_string_buffer(LENGTH * 4)
            size = quantize(code, source, target, 0, 1, LENGTH, None)
            case[name] = base64.b64encode(target.raw[:size]).decode()
        cases.append(case)
    with open(sys.argv[2], "w") as file:
        json.dump(cases, file, indent=0)


main()
