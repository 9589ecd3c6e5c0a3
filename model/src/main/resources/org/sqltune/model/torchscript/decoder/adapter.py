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
