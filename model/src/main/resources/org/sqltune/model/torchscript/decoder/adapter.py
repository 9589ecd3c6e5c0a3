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

# As with_adapter, for rows that have adapters of their own, written into y. p["spans"] [1 + 3 * n] int64, in the processor's
# memory, says how many spans of rows there are, and for each the number of its adapter, its first row and the row behind its
# last. The tensors of adapter 2 are called lora_A.2, lora_B.2 and so on; it may have none for this linear layer.
def with_adapters_of_rows(self: __torch__.M, x: Tensor, y: Tensor, p: Dict[str, Tensor]) -> Tensor:
  spans = p["spans"]
  count = int(torch.select(spans, 0, 0))
  for i in range(count):
    at = torch.add(torch.mul(i, 3), 1)
    number = torch.str(int(torch.select(spans, 0, at)))
    a = torch.add("lora_A.", number)
    if torch.__contains__(p, a):
      first = int(torch.select(spans, 0, torch.add(at, 1)))
      end = int(torch.select(spans, 0, torch.add(at, 2)))
      own = torch.slice(y, 0, first, end)
      z = torch.slice(x, 0, first, end)
      b = p[torch.add("lora_B.", number)]
      low_rank = torch.mul(torch.linear(z, p[a]), p[torch.add("scale.", number)])
      magnitude = torch.add("magnitude.", number)
      if torch.__contains__(p, magnitude):
        q = annotate(Dict[str, Tensor], {"weight": p["weight"], "magnitude": p[magnitude], "norms": p[torch.add("norms.", number)]})
        if torch.__contains__(p, "bias"):
          _ = torch._set_item(q, "bias", p["bias"])
        _0 = torch.add_(own, (self).decomposed(own, z, q, 0., torch.linear(low_rank, b)))
      else:
        _1 = torch.addmm_(own, low_rank, torch.t(b))
  return y
