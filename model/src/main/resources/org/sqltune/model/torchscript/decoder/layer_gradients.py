# Gradients of a layer from the products of its linear layers: what is cheap runs again, with a graph from each product to
# the next; the large products' own gradients are worked out by hand.

# The layer without a graph: its output, and the product of each linear layer by its name; of down only where it is normed
# afterwards. With these and x, layer_gradients needs no large product again.
def layer_keeping_products(self: __torch__.M, x: Tensor, norms: Dict[str, Dict[str, Tensor]], attention: Dict[str, Dict[str, Tensor]], mlp: Dict[str, Dict[str, Tensor]], window: int, row: Dict[str, Tensor], lengths: List[int], parents: List[int], counts: List[int], dropout: float, seed: int) -> Dict[str, Tensor]:
  if torch.gt(dropout, 0.):
    torch.manual_seed(seed)
  kept = (self).attention_products((self).norm_at(x, norms, "before_attention"), attention, row, dropout)
  query, key, value, = (self).attention_inputs(kept, norms, row)
  o = (self).mix_heads((self).attend(query, key, value, lengths, parents, counts, window), attention, dropout)
  y = (self).mlp_input((self).pick(x, row), o, norms)
  gates = (self).mlp_products((self).norm_at(y, norms, "before_mlp"), mlp, dropout)
  d = (self).linear((self).mlp_inner(gates), mlp["down"], dropout)
  _ = torch._set_item(kept, "o", o)
  names = (self).names_before_activation(mlp)
  for i in range(torch.len(names)):
    _0 = torch._set_item(kept, names[i], gates[names[i]])
  if torch.__contains__(norms, "after_mlp"):
    _1 = torch._set_item(kept, "down", d)
  _2 = torch._set_item(kept, "output", (self).layer_output(y, o, d, norms))
  return kept

# What pull_back needs of a product of x with p: input, which is x itself; with LoRA also low_rank, scale * A x; with DoRA,
# which scales the product itself, only the product with its graph.
def trace(self: __torch__.M, x: Tensor, p: Dict[str, Tensor], dropout: float) -> Dict[str, Tensor]:
  traced = annotate(Dict[str, Tensor], {})
  if torch.__contains__(p, "magnitude"):
    _ = torch._set_item(traced, "product", (self).linear(x, p, dropout))
  else:
    _0 = torch._set_item(traced, "input", x)
    if torch.__contains__(p, "lora_A"):
      z = x
      if torch.gt(dropout, 0.):
        z = torch.dropout(x, dropout, True)
      _1 = torch._set_item(traced, "low_rank", torch.mul(torch.linear(z, p["lora_A"]), p["scale"]))
  return traced

# Adds a tensor and its gradient, unless nobody will ask for what lies behind it.
def add_output(self: __torch__.M, outputs: List[Tensor], gradients: List[Tensor], output: Tensor, gradient: Tensor) -> int:
  if ops.prim.requires_grad(output):
    _ = torch.append(outputs, output)
    _0 = torch.append(gradients, gradient)
  return torch.len(outputs)

# From the gradient dy of a product with p to those of what trace kept and of p's tensors, added to outputs and gradients.
def pull_back(self: __torch__.M, traced: Dict[str, Tensor], p: Dict[str, Tensor], dy: Tensor, outputs: List[Tensor], gradients: List[Tensor]) -> int:
  if torch.__contains__(traced, "product"):
    return (self).add_output(outputs, gradients, traced["product"], dy)
  x = traced["input"]
  weight = p["weight"]
  if ops.prim.requires_grad(x):
    _ = (self).add_output(outputs, gradients, x, torch.matmul(dy, torch.detach(weight)))
  if torch.__contains__(traced, "low_rank"):
    b = p["lora_B"]
    low_rank = traced["low_rank"]
    _1 = (self).add_output(outputs, gradients, low_rank, torch.matmul(dy, torch.detach(b)))
    _2 = (self).add_output(outputs, gradients, b, torch.matmul(torch.t(dy), torch.detach(low_rank)))
  elif ops.prim.requires_grad(weight):
    _3 = (self).add_output(outputs, gradients, weight, torch.matmul(torch.t(dy), torch.detach(x)))
    if torch.__contains__(p, "bias"):
      _4 = (self).add_output(outputs, gradients, p["bias"], torch.sum(dy, [0]))
  return torch.len(outputs)

# Gradients for the leaves, given back, and for those parameters that the outputs depend on, put in their places in found.
def gradients_of(self: __torch__.M, outputs: List[Tensor], gradients: List[Tensor], leaves: List[Tensor], parameters: List[Tensor], found: List[Tensor]) -> List[Tensor]:
  of_leaves = annotate(List[Tensor], [])
  if torch.eq(torch.len(outputs), 0):
    return of_leaves
  outer = annotate(List[Optional[Tensor]], [])
  for i in range(torch.len(gradients)):
    _ = torch.append(outer, gradients[i])
  results = torch.autograd.grad(outputs, torch.add(leaves, parameters), outer, False, False, True)
  for i in range(torch.len(leaves)):
    _0 = torch.append(of_leaves, unchecked_cast(Tensor, results[i]))
  for i in range(torch.len(parameters)):
    result = results[torch.add(torch.len(leaves), i)]
    if torch.__isnot__(result, None):
      _1 = torch._set_item(found, i, unchecked_cast(Tensor, result))
  return of_leaves

# x as the leaf of a graph of its own.
def leaf(self: __torch__.M, x: Tensor) -> Tensor:
  return torch.requires_grad_(torch.detach(x), True)

# The named tensors as leaves.
def leaves(self: __torch__.M, all: Dict[str, Tensor], names: List[str]) -> Dict[str, Tensor]:
  chosen = annotate(Dict[str, Tensor], {})
  for i in range(torch.len(names)):
    _ = torch._set_item(chosen, names[i], (self).leaf(all[names[i]]))
  return chosen

# The named tensors in the order of the names.
def in_order(self: __torch__.M, all: Dict[str, Tensor], names: List[str]) -> List[Tensor]:
  chosen = annotate(List[Tensor], [])
  for i in range(torch.len(names)):
    _ = torch.append(chosen, all[names[i]])
  return chosen

# Gradients of sum(output * gradient) from the products that layer_keeping_products kept: [for x, if asked for], then the
# parameters'.
def layer_gradients(self: __torch__.M, x: Tensor, norms: Dict[str, Dict[str, Tensor]], attention: Dict[str, Dict[str, Tensor]], mlp: Dict[str, Dict[str, Tensor]], window: int, row: Dict[str, Tensor], lengths: List[int], parents: List[int], counts: List[int], dropout: float, seed: int, products: Dict[str, Tensor], gradient: Tensor, input_gradient: bool, parameters: List[Tensor]) -> List[Tensor]:
  found = annotate(List[Tensor], [])
  for i in range(torch.len(parameters)):
    _ = torch.append(found, torch.slice(torch.detach(gradient), 0, 0, 0))
  if torch.gt(dropout, 0.):
    torch.manual_seed(seed)
  # Again from the first linear layer to the last, so that dropout draws what it drew.
  before_attention = (self).names_before_attention(attention)
  before_activation = (self).names_before_activation(mlp)
  x_leaf = torch.detach(x)
  x_leaves = annotate(List[Tensor], [])
  if input_gradient:
    x_leaf = torch.requires_grad_(x_leaf, True)
    _0 = torch.append(x_leaves, x_leaf)
  h = (self).norm_at(x_leaf, norms, "before_attention")
  into_attention = annotate(List[Dict[str, Tensor]], [])
  for i in range(torch.len(before_attention)):
    name = before_attention[i]
    _1 = torch.append(into_attention, (self).trace((self).product_input(h, name, row), attention[name], dropout))
  queries = (self).leaves(products, before_attention)
  query, key, value, = (self).attention_inputs(queries, norms, row)
  mixed = torch.flatten((self).attend(query, key, value, lengths, parents, counts, window), 1)
  into_o = (self).trace(mixed, attention["o"], dropout)
  o = (self).leaf(products["o"])
  attended = (self).norm_at(o, norms, "after_attention")
  x_rows = (self).pick(x_leaf, row)
  y_leaf = torch.detach(x_rows)
  if torch.__not__(self.parallel_residual):
    y_leaf = torch.add(y_leaf, torch.detach(attended))
  y = (self).leaf(y_leaf)
  normed = (self).norm_at(y, norms, "before_mlp")
  into_mlp = annotate(List[Dict[str, Tensor]], [])
  for i in range(torch.len(before_activation)):
    _2 = torch.append(into_mlp, (self).trace(normed, mlp[before_activation[i]], dropout))
  gates = (self).leaves(products, before_activation)
  into_down = (self).trace((self).mlp_inner(gates), mlp["down"], dropout)
  # And back.
  of_down = gradient
  if torch.__contains__(norms, "after_mlp"):
    d = (self).leaf(products["down"])
    of_down = (self).gradients_of([(self).norm_at(d, norms, "after_mlp")], [gradient], [d], parameters, found)[0]
  outputs = annotate(List[Tensor], [])
  outer = annotate(List[Tensor], [])
  _3 = (self).pull_back(into_down, mlp["down"], of_down, outputs, outer)
  of_gates = (self).gradients_of(outputs, outer, (self).in_order(gates, before_activation), parameters, found)
  outputs = annotate(List[Tensor], [])
  outer = annotate(List[Tensor], [])
  for i in range(torch.len(before_activation)):
    _4 = (self).pull_back(into_mlp[i], mlp[before_activation[i]], of_gates[i], outputs, outer)
  of_y = torch.add((self).gradients_of(outputs, outer, [y], parameters, found)[0], gradient)
  of_o = of_y
  if self.parallel_residual:
    of_o = gradient
  if torch.__contains__(norms, "after_attention"):
    of_o = (self).gradients_of([attended], [of_o], [o], parameters, found)[0]
  outputs = annotate(List[Tensor], [])
  outer = annotate(List[Tensor], [])
  _5 = (self).pull_back(into_o, attention["o"], of_o, outputs, outer)
  of_queries = (self).gradients_of(outputs, outer, (self).in_order(queries, before_attention), parameters, found)
  outputs = annotate(List[Tensor], [])
  outer = annotate(List[Tensor], [])
  for i in range(torch.len(before_attention)):
    _6 = (self).pull_back(into_attention[i], attention[before_attention[i]], of_queries[i], outputs, outer)
  _7 = (self).add_output(outputs, outer, x_rows, of_y)
  return torch.add((self).gradients_of(outputs, outer, x_leaves, parameters, found), found)
