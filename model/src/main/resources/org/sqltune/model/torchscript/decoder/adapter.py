# What an adapter adds to a linear layer: scale * B A x (LoRA, arXiv:2106.09685); with magnitude [out] and norms [out],
# those of the rows of weight + scale * B A, the weight in magnitude and direction (DoRA, arXiv:2402.09353).

# y = W x + bias -> y with the update.
def with_adapter(self: __torch__.M, x: Tensor, y: Tensor, p: Dict[str, Tensor], dropout: float) -> Tensor:
  z = x
  if torch.gt(dropout, 0.):
    z = torch.dropout(x, dropout, True)
  low_rank = torch.mul(torch.linear(z, p["lora_A"]), p["scale"])
  if torch.__contains__(p, "magnitude"):
    update = torch.linear(low_rank, p["lora_B"])
    return torch.add(y, (self).decomposed(y, z, p, dropout, update))
  return torch.addmm(y, low_rank, torch.t(p["lora_B"]))

# DoRA's update of y = W x + bias, with norms that take no part in the gradient (section 4.3): magnitude / norms times
# what W + scale * B A makes of z, less W z. z is x after dropout.
def decomposed(self: __torch__.M, y: Tensor, z: Tensor, p: Dict[str, Tensor], dropout: float, update: Tensor) -> Tensor:
  if torch.gt(dropout, 0.):
    base = torch.linear(z, p["weight"])
  elif torch.__contains__(p, "bias"):
    base = torch.sub(y, p["bias"])
  else:
    base = y
  factor = torch.div(p["magnitude"], p["norms"])
  return torch.type_as(torch.add(torch.mul(torch.sub(factor, 1), base), torch.mul(factor, update)), y)

# As with_adapter, for rows x [T, in] that have adapters of their own, n in all. The ranks of all adapters, R in sum, lie one
# behind the other: row_A [R, in], row_B [R, out]. row_numbers [T or more] int64 says which adapter a row has, 0 for none;
# row_scales fp32 [n + 1, R] each adapter's scale at its ranks and 0 at the others'; row_factors fp32 [n + 1, out], where
# there is DoRA, magnitude / norms of those that have it and 1 of the others.
def with_adapters_of_rows(self: __torch__.M, x: Tensor, y: Tensor, p: Dict[str, Tensor]) -> Tensor:
  numbers = torch.slice(p["row_numbers"], 0, 0, torch.size(x, 0))
  scales = torch.index_select(p["row_scales"], 0, numbers)
  # Filled and not only multiplied by 0, so that an adapter that overflows spoils nobody else's rows.
  kept = torch.masked_fill(torch.mul(torch.linear(x, p["row_A"]), scales), torch.eq(scales, 0.), 0.)
  low_rank = torch.type_as(kept, x)
  if torch.__contains__(p, "row_factors"):
    base = y
    if torch.__contains__(p, "bias"):
      base = torch.sub(y, p["bias"])
    factor = torch.index_select(p["row_factors"], 0, numbers)
    update = torch.mul(factor, torch.mm(low_rank, p["row_B"]))
    y = torch.add(y, torch.type_as(torch.add(torch.mul(torch.sub(factor, 1), base), update), y))
  else:
    y = torch.addmm(y, low_rank, p["row_B"])
  return y

# Matrices of one width below each other.
def stacked(self: __torch__.M, parts: List[Tensor]) -> Tensor:
  return torch.cat(parts, 0)

# Matrices of one height [out, r], transposed and below each other.
def stacked_transposed(self: __torch__.M, parts: List[Tensor]) -> Tensor:
  return torch.clone(torch.contiguous(torch.t(torch.cat(parts, 1))))

# Magnitudes and norms [out] each -> their quotients [n, out].
def factors(self: __torch__.M, magnitudes: List[Tensor], norms: List[Tensor]) -> Tensor:
  return torch.div(torch.stack(magnitudes, 0), torch.stack(norms, 0))
