# Linear layers. A linear layer is named tensors: weight [out, in] and, where it has one, bias [out]; with an adapter also
# lora_A [r, in], lora_B [out, r] and scale; where rows have adapters of their own row_A and others (see adapter.py). In place
# of weight it may have int8, codes in oneDNN's own layout, with int8_scales fp32 [out] and int8_zeros int32 [out] (see
# quantization.py).

# x [T, in] -> [T, out]; dropout is the adapter's.
def linear(self: __torch__.M, x: Tensor, p: Dict[str, Tensor], dropout: float) -> Tensor:
  return (self).linear_of(x, (self).codes_for(x, p), p, dropout)

# The same where codes_for(x, p) was computed for other linear layers that read x, too.
def linear_of(self: __torch__.M, x: Tensor, codes: List[Tensor], p: Dict[str, Tensor], dropout: float) -> Tensor:
  if torch.__contains__(p, "int8"):
    y = torch.type_as((self).int8_product(codes, p), x)
  elif torch.__contains__(p, "bias"):
    y = torch.linear(x, p["weight"], p["bias"])
  else:
    y = torch.linear(x, p["weight"])
  if torch.__contains__(p, "lora_A"):
    y = (self).with_adapter(x, y, p, dropout)
  if torch.__contains__(p, "row_A"):
    y = (self).with_adapters_of_rows(x, y, p)
  return y

# What a linear layer's product reads in place of x [T, in]: nothing, or x in two parts of 8 bits.
def codes_for(self: __torch__.M, x: Tensor, p: Dict[str, Tensor]) -> List[Tensor]:
  codes = annotate(List[Tensor], [])
  if torch.__contains__(p, "int8"):
    codes = (self).int8_codes(x)
  return codes

# x [T, in] -> [unsigned bytes [2T, in], steps fp32 [T, 1]]: each row in steps of a 127th of its largest number, and what that
# leaves in steps of a 254th of those. So no row depends on another, an outlier doesn't drown the rest of its row, and of
# few rows the product takes no longer. oneDNN's fast kernels read unsigned bytes on every processor: 128 stands for 0.
def int8_codes(self: __torch__.M, x: Tensor) -> List[Tensor]:
  rows = torch.to(x, 6)
  step = torch.clamp_min(torch.mul(torch.amax(torch.abs(rows), [1], True), 0.007874015748031496), 1.0e-30)
  scaled = torch.div(rows, step)
  high = torch.round(scaled)
  both = torch.cat([high, torch.round_(torch.mul(torch.sub(scaled, high), 254.))], 0)
  return [torch.to(torch.add_(both, 128.), 0), step]

# Those -> fp32 [T, out], with weights of 8 bits.
def int8_product(self: __torch__.M, codes: List[Tensor], p: Dict[str, Tensor]) -> Tensor:
  none = annotate(List[Optional[number]], [])
  sums = ops.onednn.qlinear_pointwise(codes[0], 1., 128, p["int8"], p["int8_scales"], p["int8_zeros"], None, 1., 0, 6, "none", none, "")
  t = torch.size(codes[1], 0)
  y = torch.mul_(torch.add(torch.slice(sums, 0, 0, t), torch.slice(sums, 0, t), alpha=0.003937007874015748), codes[1])
  if torch.__contains__(p, "bias"):
    y = torch.add(y, p["bias"])
  return y
