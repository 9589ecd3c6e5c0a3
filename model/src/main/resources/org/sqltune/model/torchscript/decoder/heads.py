# From a layer's input to queries, keys and values, and from heads back to one vector a token.
# The linear layers of attention by name: q, k, v and o; or qkv, which makes all three at once, and o.
# row is what a row of tokens brings along: cos and sin (see rotary.py) and, where only some tokens are computed, their
# indices as rows [W] int64.

# x [T, ...] -> the rows to be computed [W, ...]
def pick(self: __torch__.M, x: Tensor, row: Dict[str, Tensor]) -> Tensor:
  y = x
  if torch.__contains__(row, "rows"):
    y = torch.index_select(x, 0, row["rows"])
  return y

# Names of the linear layers before attention, in the order in which they are computed.
def names_before_attention(self: __torch__.M, attention: Dict[str, Dict[str, Tensor]]) -> List[str]:
  names = ["q", "k", "v"]
  if torch.__contains__(attention, "qkv"):
    names = ["qkv"]
  return names

# h [T, E] -> what each linear layer before attention makes of it: q of the rows to be computed [W, H * D], k and v [T, K * D], or qkv.
def attention_products(self: __torch__.M, h: Tensor, attention: Dict[str, Dict[str, Tensor]], row: Dict[str, Tensor], dropout: float) -> Dict[str, Tensor]:
  products = annotate(Dict[str, Tensor], {})
  names = (self).names_before_attention(attention)
  codes = (self).codes_for(h, attention[names[0]])
  for i in range(torch.len(names)):
    name = names[i]
    if torch.__contains__(row, "rows"):
      y = (self).linear((self).product_input(h, name, row), attention[name], dropout)
    else:
      y = (self).linear_of(h, codes, attention[name], dropout)
    if torch.eq(name, "qkv"):
      width = torch.mul(self.kv_heads, self.head_dim)
      y = (self).adapted_parts(h, y, ["q", "k", "v"], [torch.sub(torch.size(y, 1), torch.mul(width, 2)), width, width], attention, dropout)
    _ = torch._set_item(products, name, y)
  return products

# What a linear layer before attention reads: queries of their own are only computed for some rows.
def product_input(self: __torch__.M, h: Tensor, name: str, row: Dict[str, Tensor]) -> Tensor:
  y = h
  if torch.eq(name, "q"):
    y = (self).pick(h, row)
  return y

# Those products -> queries of rows [W, H, D], keys [T, K, D], values [T, K, D], not rotated yet.
def heads_apart(self: __torch__.M, products: Dict[str, Tensor], row: Dict[str, Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
  if torch.__contains__(products, "q"):
    query = torch.reshape(products["q"], [torch.size(products["q"], 0), self.heads, -1])
    t = torch.size(products["k"], 0)
    key = torch.reshape(products["k"], [t, self.kv_heads, -1])
    value = torch.reshape(products["v"], [t, self.kv_heads, -1])
    return (query, key, value)
  qkv = products["qkv"]
  t = torch.size(qkv, 0)
  if self.interleaved_heads:
    parts = torch.chunk(torch.reshape(qkv, [t, self.heads, -1]), 3, -1)
  else:
    all_heads = torch.reshape(qkv, [t, -1, self.head_dim])
    parts = torch.split_with_sizes(all_heads, [self.heads, self.kv_heads, self.kv_heads], 1)
  return ((self).pick(parts[0], row), parts[1], parts[2])

# Whether queries and keys of all rows lie beside each other, and have no norms of their own.
def rotates_together(self: __torch__.M, products: Dict[str, Tensor], norms: Dict[str, Dict[str, Tensor]], row: Dict[str, Tensor]) -> bool:
  apart = torch.__or__(torch.__contains__(row, "rows"), torch.__or__(torch.__contains__(norms, "query"), torch.__contains__(norms, "key")))
  return torch.__not__(torch.__or__(apart, torch.__or__(self.interleaved_heads, torch.__not__(torch.__contains__(products, "qkv")))))

# The same, normed and rotated.
def attention_inputs(self: __torch__.M, products: Dict[str, Tensor], norms: Dict[str, Dict[str, Tensor]], row: Dict[str, Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
  if (self).rotates_together(products, norms, row):
    all_heads = torch.reshape(products["qkv"], [torch.size(products["qkv"], 0), -1, self.head_dim])
    h = self.heads
    kv = self.kv_heads
    both = (self).rotate(torch.slice(all_heads, 1, 0, torch.add(h, kv)), row["cos"], row["sin"])
    return (torch.slice(both, 1, 0, h), torch.slice(both, 1, h), torch.slice(all_heads, 1, torch.add(h, kv)))
  query, key, value, = (self).heads_apart(products, row)
  cos = row["cos"]
  sin = row["sin"]
  rotated_query = (self).rotate((self).norm_at(query, norms, "query"), (self).pick(cos, row), (self).pick(sin, row))
  rotated_key = (self).rotate((self).norm_at(key, norms, "key"), cos, sin)
  return (rotated_query, rotated_key, value)

# Attention's last linear layer. mixed [W, H, D] is what attention gave.
def mix_heads(self: __torch__.M, mixed: Tensor, attention: Dict[str, Dict[str, Tensor]], dropout: float) -> Tensor:
  return (self).linear(torch.flatten(mixed, 1), attention["o"], dropout)
