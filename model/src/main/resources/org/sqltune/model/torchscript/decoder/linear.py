# Linear layers. A linear layer is named tensors: weight [out, in] and, where it has one, bias [out]; with an adapter also
# lora_A [r, in], lora_B [out, r] and scale; where rows have adapters of their own row_A and others (see adapter.py). In place
# of weight it may have, in oneDNN's own layouts (see quantization.py), packed, the same numbers in bf16, or int8, codes, with
# int8_scales fp32 [out] and int8_zeros int32 [out]; or in FBGEMM's half, the numbers in fp16, with half_bias fp32 [out]: zeros; or
# int4 with int4_steps (see int4.py).

# x [T, in] -> [T, out]; dropout is the adapter's.
def linear(self: __torch__.M, x: Tensor, p: Dict[str, Tensor], dropout: float) -> Tensor:
  return (self).linear_of(x, (self).codes_for(x, p), p, dropout)

# The same where codes_for(x, p) was computed for other linear layers that read x, too.
def linear_of(self: __torch__.M, x: Tensor, codes: List[Tensor], p: Dict[str, Tensor], dropout: float) -> Tensor:
  if torch.__contains__(p, "int8"):
    y = torch.type_as((self).int8_product(codes, p), x)
  elif torch.__contains__(p, "int4"):
    y = torch.type_as((self).product_int4(x, p["int4"], p["int4_steps"]), x)
    if torch.__contains__(p, "bias"):
      y = torch.add(y, p["bias"])
  elif torch.__contains__(p, "packed"):
    y = (self).packed_product(x, p)
  elif torch.__contains__(p, "half"):
    y = (self).half_product(x, p)
  elif torch.__contains__(p, "bias"):
    y = torch.linear(x, p["weight"], p["bias"])
  else:
    y = torch.linear(x, p["weight"])
  return (self).adapted(x, y, p, dropout)

# What a linear layer made of x, and its adapters' updates.
def adapted(self: __torch__.M, x: Tensor, y: Tensor, p: Dict[str, Tensor], dropout: float) -> Tensor:
  if torch.__contains__(p, "lora_A"):
    y = (self).with_adapter(x, y, p, dropout)
  if torch.__contains__(p, "row_A"):
    y = (self).with_adapters_of_rows(x, y, p)
  return y

# Linear layers that are one product: y [T, sum of sizes] holds what each has made of x. Those of them that have adapters are
# in layers, with what adapters need but without a weight.
def adapted_parts(self: __torch__.M, x: Tensor, y: Tensor, names: List[str], sizes: List[int], layers: Dict[str, Dict[str, Tensor]], dropout: float) -> Tensor:
  some = False
  for i in range(torch.len(names)):
    if torch.__contains__(layers, names[i]):
      some = True
  if torch.__not__(some):
    return y
  parts = torch.split_with_sizes(y, sizes, 1)
  result = annotate(List[Tensor], [])
  for i in range(torch.len(names)):
    part = parts[i]
    if torch.__contains__(layers, names[i]):
      part = (self).adapted(x, part, layers[names[i]], dropout)
    _ = torch.append(result, part)
  return torch.cat(result, 1)

def packed_product(self: __torch__.M, x: Tensor, p: Dict[str, Tensor]) -> Tensor:
  none = annotate(List[Optional[number]], [])
  bias = annotate(Optional[Tensor], None)
  if torch.__contains__(p, "bias"):
    bias = p["bias"]
  return ops.mkldnn._linear_pointwise(x, p["packed"], bias, "none", none, "")

# x [T, in] -> [T, out] with weights in fp16; x, sums and result are fp32.
def half_product(self: __torch__.M, x: Tensor, p: Dict[str, Tensor]) -> Tensor:
  bias = p["half_bias"]
  if torch.__contains__(p, "bias"):
    bias = p["bias"]
  return torch.fbgemm_linear_fp16_weight_fp32_activation(x, p["half"], bias)

# What a linear layer's product reads in place of x [T, in]: nothing, or x in two parts of 8 bits.
def codes_for(self: __torch__.M, x: Tensor, p: Dict[str, Tensor]) -> List[Tensor]:
  codes = annotate(List[Tensor], [])
  if torch.__contains__(p, "int8"):
    codes = (self).int8_codes(x)
  return codes

# x [T, in] -> [unsigned bytes [2T, in], steps fp32 [T, 1]]: each row in steps of a 32,639th of its largest number, as numbers of
# 16 bits that are split into their two bytes, the lower ones first. So no row depends on another, an outlier doesn't drown the
# rest of its row, and of few rows the product takes no longer. oneDNN's fast kernels read unsigned bytes on every processor:
# 128 stands for 0, so that 128 * 256 + 128 is added; another half because what follows the point is cut off.
def int8_codes(self: __torch__.M, x: Tensor) -> List[Tensor]:
  largest = torch.linalg_vector_norm(x, float("inf"), [1], True, dtype=6)
  step = torch.clamp_min(torch.mul(largest, 3.063819357210699e-05), 1.0e-30)
  codes = torch.to(torch.add_(torch.div(x, step), 32896.5), 27)
  bytes = torch.reshape(torch.view_copy(codes, dtype=0), [torch.size(x, 0), -1, 2])
  return [torch.reshape(torch.transpose(bytes, 1, 2), [-1, torch.size(x, 1)]), step]

# Those -> fp32 [T, out], with weights of 8 bits.
def int8_product(self: __torch__.M, codes: List[Tensor], p: Dict[str, Tensor]) -> Tensor:
  none = annotate(List[Optional[number]], [])
  sums = ops.onednn.qlinear_pointwise(codes[0], 1., 128, p["int8"], p["int8_scales"], p["int8_zeros"], None, 1., 0, 6, "none", none, "")
  y = (self).joined_bytes(sums, codes[1])
  if torch.__contains__(p, "bias"):
    y = torch.add(y, p["bias"])
  return y

# Products of rows' two bytes [2T, out] and the rows' steps [T, 1] -> those of the rows [T, out].
def joined_bytes(self: __torch__.M, sums: Tensor, steps: Tensor) -> Tensor:
  both = torch.reshape(sums, [torch.size(steps, 0), 2, -1])
  return torch.mul_(torch.add(torch.select(both, 1, 0), torch.select(both, 1, 1), alpha=256), steps)
