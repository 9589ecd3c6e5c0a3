# Weights in 4 or 8 bits, quantised and dequantised a chunk at a time, so that no whole copy in fp32 ever exists.
# Chunks of 2^18 elements: smaller ones pay for the calls, larger ones leave the processor's cache.

# 1 / m, where m is a largest absolute value. Blocks of zeros stay zeros instead of NaN.
def inverse(self: __torch__.M, m: Tensor) -> Tensor:
  return torch.unsqueeze(torch.reciprocal(torch.clamp_min(m, 1.0e-38)), -1)

# x [n] as blocks of `width` in fp32, the last one filled with zeros.
def blocks(self: __torch__.M, x: Tensor, width: int) -> Tensor:
  y = torch.to(x, 6)
  over = torch.remainder(torch.size(y, 0), width)
  if torch.gt(over, 0):
    y = torch.constant_pad_nd(y, [0, torch.sub(width, over)], 0.)
  return torch.view(y, [-1, width])

# s [blocks, 64] in [-1, 1] -> two codes a byte, the first in the upper half. A code is the number of thresholds below
# s: fifteen vectorised comparisons take a quarter of torch.bucketize's time.
def pack_codes(self: __torch__.M, s: Tensor, thresholds: List[float]) -> Tensor:
  codes = torch.zeros_like(s)
  above = torch.empty_like(s)
  for i in range(torch.len(thresholds)):
    _ = torch.add_(codes, torch.gt(s, thresholds[i], out=above))
  pairs = torch.view(torch.to(codes, 0), [-1, 2])
  return torch.add(torch.select(pairs, 1, 1), torch.select(pairs, 1, 0), alpha=16)

# x of any shape -> [packed codes uint8, codes of the blocks' scales uint8, scales of those fp32, mean scale fp32 [1]]
def quantize_nf4(self: __torch__.M, x: Tensor, thresholds: List[float], scale_thresholds: List[float]) -> List[Tensor]:
  flat = torch.reshape(torch.detach(x), [-1])
  n = torch.size(flat, 0)
  packed = torch.new_empty(flat, [torch.floordiv(torch.add(n, 1), 2)], dtype=0)
  scales = torch.new_empty(flat, [torch.floordiv(torch.add(n, 63), 64)], dtype=6)
  for i in range(torch.floordiv(torch.add(n, 262143), 262144)):
    start = torch.mul(i, 262144)
    end = ops.prim.min(torch.add(start, 262144), n)
    y = (self).blocks(torch.slice(flat, 0, start, end), 64)
    m = torch.amax(torch.abs(y), [1])
    bytes = (self).pack_codes(torch.mul(y, (self).inverse(m)), thresholds)
    first = torch.floordiv(start, 2)
    last = torch.floordiv(torch.add(end, 1), 2)
    _ = torch.copy_(torch.slice(packed, 0, first, last), torch.slice(bytes, 0, 0, torch.sub(last, first)))
    block = torch.floordiv(start, 64)
    _0 = torch.copy_(torch.slice(scales, 0, block, torch.add(block, torch.size(m, 0))), m)
  # In fp64, so that the mean doesn't depend on the order of the sum.
  mean = torch.to(torch.mean(scales, dtype=7), 6)
  rest = (self).blocks(torch.sub(scales, mean), 256)
  largest = torch.amax(torch.abs(rest), [1])
  boundaries = torch.to(torch.tensor(scale_thresholds, dtype=6, device=None, requires_grad=False), ops.prim.device(scales))
  codes = torch.bucketize(torch.mul(rest, (self).inverse(largest)), boundaries, out_int32=True, right=False)
  scale_codes = torch.to(torch.slice(torch.reshape(codes, [-1]), 0, 0, torch.size(scales, 0)), 0)
  return [packed, scale_codes, largest, torch.reshape(mean, [1])]

# The blocks' scales [blocks] in fp32.
def block_scales(self: __torch__.M, scale_codes: Tensor, largest: Tensor, mean: Tensor, map: List[float]) -> Tensor:
  table = torch.to(torch.tensor(map, dtype=6, device=None, requires_grad=False), ops.prim.device(mean))
  rest = torch.index_select(table, 0, torch.to(scale_codes, 3))
  each = torch.slice(torch.repeat_interleave(largest, 256), 0, 0, torch.size(scale_codes, 0))
  return torch.add(torch.mul(rest, each), mean)

# Every byte's two levels, as one complex number, so that one look-up finds both.
def level_pairs(self: __torch__.M, levels: List[float], like: Tensor) -> Tensor:
  level = torch.to(torch.tensor(levels, dtype=6, device=None, requires_grad=False), ops.prim.device(like))
  return torch.complex(torch.repeat_interleave(level, 16), torch.repeat(level, [16]))

# Memory of a matrix, on the device of the codes it will be dequantised from.
def allocate(self: __torch__.M, codes: Tensor, shape: List[int], dtype: int) -> Tensor:
  return torch.new_empty(codes, shape, dtype=dtype)

# The inverse of quantize_nf4, into target: levels times scales in fp32, rounded to target's type.
def dequantize_nf4(self: __torch__.M, packed: Tensor, scale_codes: Tensor, largest: Tensor, mean: Tensor, levels: List[float], map: List[float], target: Tensor) -> Tensor:
  pairs = (self).level_pairs(levels, packed)
  scales = torch.unsqueeze((self).block_scales(scale_codes, largest, mean, map), 1)
  result = torch.view(target, [-1])
  n = torch.size(result, 0)
  whole = torch.floordiv(n, 64)
  rows = torch.view(torch.slice(result, 0, 0, torch.mul(whole, 64)), [whole, 64])
  for i in range(torch.floordiv(torch.add(whole, 4095), 4096)):
    start = torch.mul(i, 4096)
    end = ops.prim.min(torch.add(start, 4096), whole)
    bytes = torch.to(torch.slice(packed, 0, torch.mul(start, 32), torch.mul(end, 32)), 3)
    values = torch.view(torch.view_as_real(torch.index_select(pairs, 0, bytes)), [-1, 64])
    _ = torch.mul(values, torch.slice(scales, 0, start, end), out=torch.slice(rows, 0, start, end))
  if torch.lt(torch.mul(whole, 64), n):
    bytes = torch.to(torch.slice(packed, 0, torch.mul(whole, 32)), 3)
    values = torch.reshape(torch.view_as_real(torch.index_select(pairs, 0, bytes)), [-1])
    tail = torch.slice(result, 0, torch.mul(whole, 64))
    _0 = torch.copy_(tail, torch.mul(torch.slice(values, 0, 0, torch.size(tail, 0)), scales[whole]))
  return target

# x [out, in] -> [codes int8 [out, in], scales fp32 [out]]
def quantize_int8(self: __torch__.M, x: Tensor) -> List[Tensor]:
  rows = torch.size(x, 0)
  codes = torch.new_empty(x, [rows, torch.size(x, 1)], dtype=1)
  scales = torch.new_empty(x, [rows], dtype=6)
  step = torch.add(torch.floordiv(262144, torch.size(x, 1)), 1)
  for i in range(torch.floordiv(torch.sub(torch.add(rows, step), 1), step)):
    start = torch.mul(i, step)
    end = ops.prim.min(torch.add(start, step), rows)
    y = torch.to(torch.slice(torch.detach(x), 0, start, end), 6)
    m = torch.amax(torch.abs(y), [1])
    _ = torch.copy_(torch.slice(codes, 0, start, end), torch.round(torch.mul(y, torch.mul((self).inverse(m), 127.))))
    _0 = torch.copy_(torch.slice(scales, 0, start, end), torch.div(m, 127.))
  return [codes, scales]

# The inverse of quantize_int8, into target [out, in]: codes times scales in fp32, rounded to target's type.
def dequantize_int8(self: __torch__.M, codes: Tensor, scales: Tensor, target: Tensor) -> Tensor:
  rows = torch.size(codes, 0)
  step = torch.add(torch.floordiv(262144, torch.size(codes, 1)), 1)
  for i in range(torch.floordiv(torch.sub(torch.add(rows, step), 1), step)):
    start = torch.mul(i, step)
    end = ops.prim.min(torch.add(start, step), rows)
    scale = torch.unsqueeze(torch.slice(scales, 0, start, end), 1)
    _ = torch.mul(torch.slice(codes, 0, start, end), scale, out=torch.slice(target, 0, start, end))
  return target

# A bf16 matrix [out, in] in the layout that oneDNN's products of few rows read.
def pack_bf16(self: __torch__.M, x: Tensor) -> Tensor:
  return ops.mkldnn._reorder_linear_weight(torch.to(torch.detach(x), 15), 1)

# The inverse of pack_bf16, into target [out, in].
def unpack_bf16(self: __torch__.M, packed: Tensor, target: Tensor) -> Tensor:
  return torch.copy_(target, torch.to_dense(packed))

# Whether products with such matrices are what they are with plain ones, 1 or 0.
def packed_products_are_right(self: __torch__.M) -> int:
  w = torch.to(torch.sub(torch.reshape(torch.arange(4096, dtype=6), [64, 64]), 2048.), 15)
  packed = (self).pack_bf16(w)
  none = annotate(List[Optional[number]], [])
  right = 1
  for rows in range(4):
    x = torch.to(torch.eye(torch.add(rows, 1), 64, dtype=6), 15)
    y = ops.mkldnn._linear_pointwise(x, packed, None, "none", none, "")
    if torch.ne(int(torch.sum(torch.ne(y, torch.linear(x, w)))), 0):
      right = 0
  return right

# A matrix [out, in] as fp16 in FBGEMM's layout, which products with fp32 numbers read; their sums are fp32. It is in n parts at most, each
# below the one before, since a product of one takes one thread. Behind them zeros fp32 [out], for a linear layer without a bias.
def pack_half(self: __torch__.M, x: Tensor, n: int) -> List[Tensor]:
  parts = annotate(List[Tensor], [])
  rows = torch.chunk(torch.detach(x), n, 0)
  for i in range(torch.len(rows)):
    _ = torch.append(parts, torch.fbgemm_pack_gemm_matrix_fp16(torch.contiguous(torch.to(rows[i], 6))))
  _0 = torch.append(parts, torch.zeros([torch.size(x, 0)], dtype=6))
  return parts

# The inverse of pack_half, into target [out, in]: nothing but a product reads the layout, so columns come by products with ones.
def unpack_half(self: __torch__.M, parts: List[Tensor], none: Tensor, target: Tensor) -> Tensor:
  n = torch.size(target, 1)
  targets = torch.chunk(target, torch.len(parts), 0)
  zeros = torch.chunk(none, torch.len(parts), 0)
  for i in range(torch.floordiv(torch.add(n, 255), 256)):
    start = torch.mul(i, 256)
    end = ops.prim.min(torch.add(start, 256), n)
    ones = torch.zeros([torch.sub(end, start), n], dtype=6)
    _ = torch.fill_(torch.diagonal(torch.slice(ones, 1, start, end)), 1.)
    for j in range(torch.len(parts)):
      columns = torch.fbgemm_linear_fp16_weight_fp32_activation(ones, parts[j], zeros[j])
      _0 = torch.copy_(torch.slice(targets[j], 1, start, end), torch.t(columns))
  return target

# Whether this libtorch has FBGEMM for this processor and products with it are right, 1 or 0.
def half_products_are_right(self: __torch__.M) -> int:
  w = torch.div(torch.sub(torch.reshape(torch.arange(4096, dtype=6), [64, 64]), 2048.), 2.)
  parts = (self).pack_half(w, 1)
  right = 1
  for rows in range(9):
    x = torch.eye(torch.add(rows, 1), 64, dtype=6)
    y = torch.fbgemm_linear_fp16_weight_fp32_activation(x, parts[0], parts[1])
    if torch.ne(int(torch.sum(torch.ne(y, torch.linear(x, w)))), 0):
      right = 0
  return right

# source [in, out] into target [out, in], in target's type.
def put_transposed(self: __torch__.M, source: Tensor, target: Tensor) -> Tensor:
  return torch.copy_(target, torch.t(source))

# Matrices of one width below each other.
def below_each_other(self: __torch__.M, parts: List[Tensor]) -> Tensor:
  return torch.cat(parts, 0)
