# Products with matrices of 8-bit integers, which are exact: a row of x is rounded to integers that are split into two parts, of which
# each gives sums of integers. A matrix lies in one of two layouts: oneDNN's (int8, int8_zeros int32 [out]: zeros, int8_scales fp32
# [out]), for processors with instructions for such sums, or FBGEMM's, which AVX2 suffices for. That one has int8_centre fp32 [out], too,
# -64 times the sum of a row's codes, and int8_shape, a tensor of which only the matrix's shape is read.

# codes int8 [out, in] -> [the same in oneDNN's layout, int8_zeros]
def pack_int8(self: __torch__.M, codes: Tensor) -> List[Tensor]:
  return [ops.onednn.qlinear_prepack(codes, None), torch.zeros([torch.size(codes, 0)], dtype=3)]

# codes int8 [out, in] -> [the same in FBGEMM's layout, int8_zeros, int8_centre, int8_shape]
def pack_int8_in_fbgemm(self: __torch__.M, codes: Tensor) -> List[Tensor]:
  whole = torch.contiguous(codes)
  sums = torch.sum(whole, [1], dtype=4)
  shape = torch.expand(torch.zeros([1, 1], dtype=1), torch.size(whole))
  return [torch.fbgemm_pack_quantized_matrix(whole), torch.zeros_like(sums, dtype=3), torch.to(torch.mul(sums, -64), 6), shape]

# From a matrix in either layout back to its codes.
def unpack_int8(self: __torch__.M, p: Dict[str, Tensor]) -> Tensor:
  if torch.__contains__(p, "int8_centre"):
    codes = (self).unpack_int8_of_fbgemm(p)
  else:
    codes = torch.contiguous(torch.t(torch.to_dense(p["int8"])))
  return codes

# Nothing but a product reads FBGEMM's layout, so columns come by products with ones.
def unpack_int8_of_fbgemm(self: __torch__.M, p: Dict[str, Tensor]) -> Tensor:
  n = torch.size(p["int8_shape"], 1)
  none = torch.zeros_like(p["int8_centre"])
  columns = annotate(List[Tensor], [])
  for i in range(torch.floordiv(torch.add(n, 255), 256)):
    start = torch.mul(i, 256)
    end = ops.prim.min(torch.add(start, 256), n)
    ones = torch.zeros([torch.sub(end, start), n], dtype=6)
    _ = torch.fill_(torch.diagonal(torch.slice(ones, 1, start, end)), 1.)
    y = (self).fbgemm_product(torch.cat([ones, (self).guard(ones)], 0), p["int8"], p["int8_zeros"], none, p["int8_shape"])
    _0 = torch.append(columns, torch.to(torch.slice(y, 0, 0, -1), 1))
  return torch.contiguous(torch.t(torch.cat(columns, 0)))

# A row below x, whose numbers are from 0 to 127, for FBGEMM to take integers as they are: it maps a tensor's range to 0 to 255.
def guard(self: __torch__.M, x: Tensor) -> Tensor:
  return torch.constant_pad_nd(torch.new_full(x, [1, 1], 255.), [0, torch.sub(torch.size(x, 1), 1)], 0.)

# Above 127 its sums of two products would be cut at 16 bits.
def fbgemm_product(self: __torch__.M, x: Tensor, packed: Tensor, zeros: Tensor, centre: Tensor, shape: Tensor) -> Tensor:
  return torch.fbgemm_linear_int8_weight_fp32_activation(x, shape, packed, zeros, 1., 0, centre)

# x [T, in] -> [what products with p's matrix read in its place, steps fp32 [T, 1]]. No row depends on another, and an outlier doesn't drown
# the rest of its row; of few rows the product takes no longer than of one.
def int8_codes(self: __torch__.M, x: Tensor, p: Dict[str, Tensor]) -> List[Tensor]:
  largest = torch.linalg_vector_norm(x, float("inf"), [1], True, dtype=6)
  if torch.__contains__(p, "int8_centre"):
    codes = (self).codes_of_7_bits(x, largest)
  else:
    codes = (self).codes_of_8_bits(x, largest)
  return codes

# In steps of a 32,639th of a row's largest number, as unsigned bytes [2T, in], a row's lower bytes first. oneDNN's fast kernels read unsigned
# bytes on every processor: 128 stands for 0, so that 128 * 256 + 128 is added; another half because what follows the point is cut off.
def codes_of_8_bits(self: __torch__.M, x: Tensor, largest: Tensor) -> List[Tensor]:
  step = torch.clamp_min(torch.mul(largest, 3.063819357210699e-05), 1.0e-30)
  codes = torch.to(torch.add_(torch.div(x, step), 32896.5), 27)
  bytes = torch.reshape(torch.view_copy(codes, dtype=0), [torch.size(x, 0), -1, 2])
  return [torch.reshape(torch.transpose(bytes, 1, 2), [-1, torch.size(x, 1)]), step]

# In steps of an 8,127th, as fp32 [2T + 1, in]: the rows' upper 7 bits, their lower ones, and a guard. 64 stands for 0 in both.
def codes_of_7_bits(self: __torch__.M, x: Tensor, largest: Tensor) -> List[Tensor]:
  step = torch.clamp_min(torch.mul(largest, 1.2304663467454165e-04), 1.0e-30)
  codes = torch.floor_(torch.add_(torch.div(x, step), 8256.5))
  upper = torch.floor_(torch.mul(codes, 0.0078125))
  lower = torch.sub(codes, upper, alpha=128)
  return [torch.cat([upper, lower, (self).guard(upper)], 0), step]

# Those -> fp32 [T, out].
def int8_product(self: __torch__.M, codes: List[Tensor], p: Dict[str, Tensor]) -> Tensor:
  if torch.__contains__(p, "int8_centre"):
    sums = (self).fbgemm_product(codes[0], p["int8"], p["int8_zeros"], p["int8_centre"], p["int8_shape"])
    y = (self).joined_sevens(sums, codes[1], p["int8_scales"])
  else:
    none = annotate(List[Optional[number]], [])
    sums = ops.onednn.qlinear_pointwise(codes[0], 1., 128, p["int8"], p["int8_scales"], p["int8_zeros"], None, 1., 0, 6, "none", none, "")
    y = (self).joined_bytes(sums, codes[1])
  if torch.__contains__(p, "bias"):
    y = torch.add(y, p["bias"])
  return y

# The same of some of the matrix's rows, whose codes are int8 [m, in] with scales fp32 [m], without a layout: sums are exact in fp64, too.
def int8_product_of_rows(self: __torch__.M, codes: List[Tensor], p: Dict[str, Tensor], rows: Tensor, scales: Tensor) -> Tensor:
  matrix = torch.t(torch.to(rows, 7))
  if torch.__contains__(p, "int8_centre"):
    sums = torch.matmul(torch.sub(torch.to(codes[0], 7), 64.), matrix)
    y = (self).joined_sevens(torch.to(sums, 6), codes[1], scales)
  else:
    sums = torch.matmul(torch.sub(torch.to(codes[0], 7), 128.), matrix)
    y = (self).joined_bytes(torch.mul(torch.to(sums, 6), scales), codes[1])
  return y

# Products of rows' two bytes [2T, out] and the rows' steps [T, 1] -> those of the rows [T, out].
def joined_bytes(self: __torch__.M, sums: Tensor, steps: Tensor) -> Tensor:
  both = torch.reshape(sums, [torch.size(steps, 0), 2, -1])
  return torch.mul_(torch.add(torch.select(both, 1, 0), torch.select(both, 1, 1), alpha=256), steps)

# The same of [2T + 1, out], with the matrix's scales [out].
def joined_sevens(self: __torch__.M, sums: Tensor, steps: Tensor, scales: Tensor) -> Tensor:
  n = torch.size(steps, 0)
  y = torch.add(torch.slice(sums, 0, n, torch.mul(n, 2)), torch.slice(sums, 0, 0, n), alpha=128)
  return torch.mul_(torch.mul_(y, steps), scales)

# Whether products with matrices in oneDNN's layout are exact here, 1 or 0: without the processor's own instructions, sums of two
# products are cut at 16 bits.
def int8_products_are_exact(self: __torch__.M) -> int:
  codes = torch.full([64, 64], 127, dtype=1)
  packed = (self).pack_int8(codes)
  none = annotate(List[Optional[number]], [])
  exact = 1
  for rows in range(4):
    x = torch.full([torch.add(rows, 1), 64], 255, dtype=0)
    sums = ops.onednn.qlinear_pointwise(x, 1., 128, packed[0], torch.ones([64], dtype=6), packed[1], None, 1., 0, 6, "none", none, "")
    if torch.ne(int(torch.sum(torch.ne(sums, 1032256.))), 0):
      exact = 0
  return exact

# The same of FBGEMM's.
def int8_products_of_fbgemm_are_exact(self: __torch__.M) -> int:
  exact = 1
  for sign in range(2):
    parts = (self).pack_int8_in_fbgemm(torch.full([64, 64], torch.sub(127, torch.mul(sign, 254)), dtype=1))
    expected = torch.mul(torch.sub(127., torch.mul(sign, 254)), 4032.)
    for rows in range(9):
      x = torch.full([torch.add(rows, 1), 64], 127., dtype=6)
      y = (self).fbgemm_product(torch.cat([x, (self).guard(x)], 0), parts[0], parts[1], parts[2], parts[3])
      if torch.ne(int(torch.sum(torch.ne(torch.slice(y, 0, 0, -1), expected))), 0):
        exact = 0
  return exact
