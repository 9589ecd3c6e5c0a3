# One decoder layer: attention, then the MLP, in the orders that Llama and GPT-NeoX have.
#
# A batch is one long row of T tokens. Its segments (sequences, shared prefixes, branches behind a prefix) follow each
# other; only attention knows where one ends. So no product is ever spent on padding.
#
# Axes: T tokens of the row, W of them to be computed, E hidden size, H query heads, K key/value heads, D head size, R
# rotated numbers of a head, V vocabulary.
# norms: those that the layer has of before_attention, after_attention, before_mlp, after_mlp, query and key
# attention, mlp: linear layers by name, see heads.py and mlp.py; row: see heads.py; lengths, parents, counts: see attention.py
# window: tokens that a token sees, itself included; 0 for all before it.

# What the MLP reads, before its norm: x [W, E] is the layer's input, o [W, E] what attention's last linear layer gave.
def mlp_input(self: __torch__.M, x: Tensor, o: Tensor, norms: Dict[str, Dict[str, Tensor]]) -> Tensor:
  y = x
  if torch.__not__(self.parallel_residual):
    y = torch.add(x, (self).norm_at(o, norms, "after_attention"))
  return y

# What the layer gives: y is what the MLP read before its norm, d what the down projection gave.
def layer_output(self: __torch__.M, y: Tensor, o: Tensor, d: Tensor, norms: Dict[str, Dict[str, Tensor]]) -> Tensor:
  if self.parallel_residual:
    return torch.add(torch.add((self).norm_at(d, norms, "after_mlp"), (self).norm_at(o, norms, "after_attention")), y)
  return torch.add(y, (self).norm_at(d, norms, "after_mlp"))

# The rest of a layer behind attention. x [W, E] is the layer's input, mixed [W, H, D] what attention made of it.
def behind_attention(self: __torch__.M, x: Tensor, mixed: Tensor, norms: Dict[str, Dict[str, Tensor]], attention: Dict[str, Dict[str, Tensor]], mlp: Dict[str, Dict[str, Tensor]], dropout: float) -> Tensor:
  o = (self).mix_heads(mixed, attention, dropout)
  y = (self).mlp_input(x, o, norms)
  inner = (self).mlp_inner((self).mlp_products((self).norm_at(y, norms, "before_mlp"), mlp, dropout))
  d = (self).linear(inner, mlp["down"], dropout)
  return (self).layer_output(y, o, d, norms)

# One layer: x [T, E] -> [W, E], for the W rows that are the last counts[i] of each segment i.
def layer(self: __torch__.M, x: Tensor, norms: Dict[str, Dict[str, Tensor]], attention: Dict[str, Dict[str, Tensor]], mlp: Dict[str, Dict[str, Tensor]], window: int, row: Dict[str, Tensor], lengths: List[int], parents: List[int], counts: List[int], dropout: float, seed: int) -> Tensor:
  if torch.gt(dropout, 0.):
    torch.manual_seed(seed)
  products = (self).attention_products((self).norm_at(x, norms, "before_attention"), attention, row, dropout)
  query, key, value, = (self).attention_inputs(products, norms, row)
  mixed = (self).attend(query, key, value, lengths, parents, counts, window)
  return (self).behind_attention((self).pick(x, row), mixed, norms, attention, mlp, dropout)

# The same with a graph kept for the gradients: [input as a leaf, output].
def layer_with_graph(self: __torch__.M, x: Tensor, norms: Dict[str, Dict[str, Tensor]], attention: Dict[str, Dict[str, Tensor]], mlp: Dict[str, Dict[str, Tensor]], window: int, row: Dict[str, Tensor], lengths: List[int], parents: List[int], counts: List[int], dropout: float, seed: int, input_gradient: bool) -> List[Tensor]:
  leaf = torch.detach(x)
  if input_gradient:
    leaf = torch.requires_grad_(leaf, True)
  return [leaf, (self).layer(leaf, norms, attention, mlp, window, row, lengths, parents, counts, dropout, seed)]

# One layer over new tokens x [n, E] behind `past` cached ones, writing their keys and values into the caches [capacity, K, D].
def layer_cached(self: __torch__.M, x: Tensor, norms: Dict[str, Dict[str, Tensor]], attention: Dict[str, Dict[str, Tensor]], mlp: Dict[str, Dict[str, Tensor]], window: int, row: Dict[str, Tensor], keys: Tensor, values: Tensor, past: int) -> Tensor:
  end = torch.add(past, torch.size(x, 0))
  first = (self).out_of_reach(past, window)
  products = (self).attention_products((self).norm_at(x, norms, "before_attention"), attention, row, 0.)
  query, key, value, = (self).attention_inputs(products, norms, row)
  _ = torch.copy_(torch.slice(keys, 0, past, end), key)
  _0 = torch.copy_(torch.slice(values, 0, past, end), value)
  mixed = (self).look(query, torch.slice(keys, 0, first, end), torch.slice(values, 0, first, end), window)
  return (self).behind_attention(x, mixed, norms, attention, mlp, 0.)
