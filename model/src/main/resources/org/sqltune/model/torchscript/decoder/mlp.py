# The MLP. Its linear layers by name: gate, up and down; gate_up, which makes both at once, and down; or without a gate up
# and down.

def activate(self: __torch__.M, x: Tensor) -> Tensor:
  if torch.eq(self.activation, "silu"):
    return torch.silu(x)
  if torch.eq(self.activation, "gelu_tanh"):
    return torch.gelu(x, approximate="tanh")
  return torch.gelu(x)

# Names of the linear layers before the activation, in the order in which they are computed.
def names_before_activation(self: __torch__.M, mlp: Dict[str, Dict[str, Tensor]]) -> List[str]:
  names = ["up"]
  if torch.__contains__(mlp, "gate_up"):
    names = ["gate_up"]
  elif torch.__contains__(mlp, "gate"):
    names = ["gate", "up"]
  return names

# x [T, E] -> what each of them makes of it.
def mlp_products(self: __torch__.M, x: Tensor, mlp: Dict[str, Dict[str, Tensor]], dropout: float) -> Dict[str, Tensor]:
  products = annotate(Dict[str, Tensor], {})
  names = (self).names_before_activation(mlp)
  codes = (self).codes_for(x, mlp[names[0]])
  for i in range(torch.len(names)):
    y = (self).linear_of(x, codes, mlp[names[i]], dropout)
    if torch.eq(names[i], "gate_up"):
      half = torch.floordiv(torch.size(y, 1), 2)
      y = (self).adapted_parts(x, y, ["gate", "up"], [half, half], mlp, dropout)
    _ = torch._set_item(products, names[i], y)
  return products

# Those products -> what the down projection reads.
def mlp_inner(self: __torch__.M, products: Dict[str, Tensor]) -> Tensor:
  if torch.__contains__(products, "gate_up"):
    halves = torch.chunk(products["gate_up"], 2, -1)
    h = torch.mul((self).activate(halves[0]), halves[1])
  elif torch.__contains__(products, "gate"):
    h = torch.mul((self).activate(products["gate"]), products["up"])
  else:
    h = (self).activate(products["up"])
  return h
