# Matrices of 4-bit codes: each 32 numbers beside each other in a row have a step and a centre, number = (code - 8) * step + centre.
# packed: uint8 [out, in / 2] in the layout of libtorch's product of few rows: of 64 rows each column is 32 bytes, the first 32
# rows' codes in the lower halves. steps: [in / 32, out, 2], step and centre, in the type that is computed in.

# x [out, in], out in 64s and in in 32s -> [packed, steps]
def pack_int4(self: __torch__.M, x: Tensor, dtype: int) -> List[Tensor]:
  packed = annotate(List[Tensor], [])
  steps = annotate(List[Tensor], [])
  n = torch.size(x, 0)
  for i in range(torch.floordiv(torch.add(n, 255), 256)):
    start = torch.mul(i, 256)
    end = ops.prim.min(torch.add(start, 256), n)
    y = torch.to(torch.slice(torch.detach(x), 0, start, end), 6)
    g = torch.reshape(y, [torch.size(y, 0), -1, 32])
    low = torch.amin(g, [2], True)
    width = torch.sub(torch.amax(g, [2], True), low)
    # Rounded as they are kept, so that codes are chosen for what the product computes with.
    step = torch.to(torch.to(torch.clamp_min(torch.div(width, 15.), 1.0e-30), dtype), 6)
    centre = torch.to(torch.to(torch.add(low, step, alpha=8), dtype), 6)
    codes = torch.clamp(torch.add(torch.round(torch.div(torch.sub(g, centre), step)), 8.), 0, 15)
    _ = torch.append(packed, torch._convert_weight_to_int4pack_for_cpu(torch.to(torch.reshape(codes, torch.size(y)), 3), 1))
    _0 = torch.append(steps, torch.to(torch.cat([step, centre], 2), dtype))
  return [torch.cat(packed, 0), torch.contiguous(torch.transpose(torch.cat(steps, 0), 0, 1))]

# The inverse, transposed: [in, out]. For this order the codes' bytes move by runs of 32.
def matrix_int4(self: __torch__.M, packed: Tensor, steps: Tensor) -> Tensor:
  n = torch.size(packed, 0)
  k = torch.mul(torch.size(packed, 1), 2)
  bytes = torch.permute(torch.view(packed, [-1, k, 32]), [1, 0, 2])
  codes = torch.cat([torch.bitwise_and(bytes, 15), torch.bitwise_right_shift(bytes, 4)], 2)
  centred = torch.sub_(torch.to(torch.view(codes, [-1, 32, n]), ops.prim.dtype(steps)), 8)
  # Contiguous: every other number of a row takes four times as long.
  step = torch.unsqueeze(torch.contiguous(torch.select(steps, 2, 0)), 1)
  centre = torch.unsqueeze(torch.contiguous(torch.select(steps, 2, 1)), 1)
  return torch.view(torch.addcmul(centre, centred, step), [k, n])

# x [T, in] -> [T, out]. The product takes its time for each row; many rows pay for a matrix of whole numbers.
def product_int4(self: __torch__.M, x: Tensor, packed: Tensor, steps: Tensor) -> Tensor:
  y = torch.contiguous(torch.to(x, ops.prim.dtype(steps)))
  if torch.le(torch.size(y, 0), 48):
    return torch._weight_int4pack_mm_for_cpu(y, packed, 32, steps)
  return torch.mm(y, (self).matrix_int4(packed, steps))

# Whether libtorch packs so and multiplies so on this processor, 1 or 0: the layout is another on others.
def int4_products_are_right(self: __torch__.M) -> int:
  x = torch.reshape(torch.sin(torch.arange(24576, dtype=6)), [192, 128])
  parts = (self).pack_int4(x, 6)
  back = (self).matrix_int4(parts[0], parts[1])
  right = 1
  if torch.gt(float(torch.amax(torch.abs(torch.sub(back, torch.t(x))))), 0.08):
    right = 0
  for rows in range(4):
    y = torch.eye(torch.add(rows, 1), 128, dtype=6)
    difference = torch.sub((self).product_int4(y, parts[0], parts[1]), torch.mm(y, back))
    if torch.gt(float(torch.amax(torch.abs(difference))), 0.01):
      right = 0
  return right
