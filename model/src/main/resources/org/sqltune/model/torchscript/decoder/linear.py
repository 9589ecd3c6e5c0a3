# Linear layers. A linear layer is named tensors: weight [out, in] and, where it has one, bias [out]; with an adapter also
# lora_A [r, in], lora_B [out, r] and scale; where rows have adapters of their own row_A and others (see adapter.py). In place
# of weight it may have packed, the same numbers in bf16 in oneDNN's own layout (see quantization.py); half, the numbers in fp16 in
# FBGEMM's, perhaps in parts, with half_bias fp32 [out]: zeros; int8 with others (see int8.py); or int4 with int4_steps (see int4.py).

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

# x [T, in] -> [T, out] with weights in fp16; x, sums and result are fp32. FBGEMM's product takes one thread, so each part of a matrix
# gets one of its own: this one's is half, those of others half_1 and so on.
def half_product(self: __torch__.M, x: Tensor, p: Dict[str, Tensor]) -> Tensor:
  bias = p["half_bias"]
  if torch.__contains__(p, "bias"):
    bias = p["bias"]
  n = 1
  while torch.__contains__(p, torch.add("half_", torch.str(n))):
    n = torch.add(n, 1)
  biases = torch.chunk(bias, n, 0)
  others = annotate(List[Future[Tensor]], [])
  for i in range(torch.sub(n, 1)):
    part = p[torch.add("half_", torch.str(torch.add(i, 1)))]
    _ = torch.append(others, fork((self).half_product_of_part, x, part, biases[torch.add(i, 1)]))
  y = (self).half_product_of_part(x, p["half"], biases[0])
  if torch.gt(n, 1):
    parts = [y]
    for i in range(torch.len(others)):
      _0 = torch.append(parts, torch.wait(others[i]))
    y = torch.cat(parts, 1)
  return y

def half_product_of_part(self: __torch__.M, x: Tensor, part: Tensor, bias: Tensor) -> Tensor:
  return torch.fbgemm_linear_fp16_weight_fp32_activation(x, part, bias)

# What a linear layer's product reads in place of x [T, in]: nothing, or what int8_codes makes of it.
def codes_for(self: __torch__.M, x: Tensor, p: Dict[str, Tensor]) -> List[Tensor]:
  codes = annotate(List[Tensor], [])
  if torch.__contains__(p, "int8"):
    codes = (self).int8_codes(x, p)
  return codes
