# Scaled dot-product attention over the segments of a row; only it knows where a segment ends.

# x squeezed into (-cap, cap).
def soft_cap(self: __torch__.M, x: Tensor, cap: float) -> Tensor:
  return torch.mul(torch.tanh(torch.div(x, cap)), cap)

# x [T, K, D] -> [1, H, T, D], each key/value head repeated for the query heads that share it.
def heads_first(self: __torch__.M, x: Tensor) -> Tensor:
  t = torch.size(x, 0)
  k = torch.size(x, 1)
  d = torch.size(x, 2)
  y = x
  if torch.ne(k, self.heads):
    g = torch.floordiv(self.heads, k)
    y = torch.reshape(torch.expand(torch.unsqueeze(x, 2), [t, k, g, d]), [t, self.heads, d])
  return torch.unsqueeze(torch.transpose(y, 0, 1), 0)

# Additive mask [new, old + new] for new tokens behind old ones: each sees itself and those before it in its window.
def visible_mask(self: __torch__.M, new: int, old: int, window: int, like: Tensor) -> Tensor:
  full = torch.full([new, torch.add(old, new)], float("-inf"), dtype=6, layout=None, device=ops.prim.device(like), pin_memory=None)
  hidden = torch.triu(full, torch.add(old, 1))
  if torch.gt(window, 0):
    hidden = torch.add(hidden, torch.tril(full, torch.sub(old, window)))
  return torch.type_as(hidden, like)

# How many of `old` tokens no new token behind them sees.
def out_of_reach(self: __torch__.M, old: int, window: int) -> int:
  first = 0
  if torch.gt(window, 0):
    if torch.ge(old, window):
      first = torch.add(torch.sub(old, window), 1)
  return first

# Attention with capped scores (Gemma 2, arXiv:2408.00118), softmax in fp32. [1, H, n, D], [1, H, m, D] -> [1, H, n, D]
def capped_attention(self: __torch__.M, query: Tensor, key: Tensor, value: Tensor, window: int) -> Tensor:
  n = torch.size(query, 2)
  products = torch.to(torch.matmul(query, torch.transpose(key, 2, 3)), 6)
  scores = (self).soft_cap(torch.mul(products, self.attention_scale), self.attention_soft_cap)
  if torch.gt(n, 1):
    scores = torch.add(scores, (self).visible_mask(n, torch.sub(torch.size(key, 2), n), window, scores))
  return torch.matmul(torch.type_as(torch.softmax(scores, -1), value), value)

# q [n, H, D] are the last n of the tokens that k and v [m, K, D] are of; the first of k is in reach of the first q.
def look(self: __torch__.M, q: Tensor, k: Tensor, v: Tensor, window: int) -> Tensor:
  n = torch.size(q, 0)
  m = torch.size(k, 0)
  query = (self).heads_first(q)
  key = (self).heads_first(k)
  value = (self).heads_first(v)
  narrow = False
  if torch.gt(window, 0):
    narrow = torch.gt(m, window)
  if torch.gt(self.attention_soft_cap, 0.):
    o = (self).capped_attention(query, key, value, window)
  elif torch.eq(n, 1):
    o = torch.scaled_dot_product_attention(query, key, value, None, 0., False, scale=self.attention_scale)
  elif narrow:
    mask = (self).visible_mask(n, torch.sub(m, n), window, query)
    o = torch.scaled_dot_product_attention(query, key, value, mask, 0., False, scale=self.attention_scale)
  elif torch.eq(n, m):
    o = torch.scaled_dot_product_attention(query, key, value, None, 0., True, scale=self.attention_scale)
  else:
    mask = (self).visible_mask(n, torch.sub(m, n), 0, query)
    o = torch.scaled_dot_product_attention(query, key, value, mask, 0., False, scale=self.attention_scale)
  return torch.transpose(torch.squeeze(o, 0), 0, 1)

# As look without a window, with all scores in memory at once. All query heads of a key/value head are one product, and
# nothing is copied for them; on processors that multiply bfloat16 this takes half of look's time.
def look_densely(self: __torch__.M, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
  n = torch.size(q, 0)
  m = torch.size(k, 0)
  kv = torch.size(k, 1)
  by_head = torch.transpose(torch.reshape(torch.mul(q, self.attention_scale), [n, kv, -1]), 0, 1)
  query = torch.reshape(by_head, [kv, -1, torch.size(q, 2)])
  g = torch.floordiv(torch.size(query, 1), n)
  mask = torch.unsqueeze((self).visible_mask(n, torch.sub(m, n), 0, q), 1)
  mask_of_heads = torch.reshape(torch.expand(mask, [n, g, m]), [1, -1, m])
  weights = torch.softmax(torch.baddbmm(mask_of_heads, query, torch.permute(k, [1, 2, 0])), -1)
  o = torch.bmm(weights, torch.transpose(v, 0, 1))
  return torch.reshape(torch.transpose(torch.reshape(o, [kv, n, -1]), 0, 1), [n, -1, torch.size(v, 2)])

# As look, in the cheapest way for a row of training.
def look_in_row(self: __torch__.M, q: Tensor, k: Tensor, v: Tensor, window: int) -> Tensor:
  m = torch.size(k, 0)
  dense = torch.le(torch.mul(torch.size(q, 0), m), self.dense_scores)
  if torch.gt(window, 0):
    if torch.gt(m, window):
      dense = False
  if dense:
    o = (self).look_densely(q, k, v)
  else:
    o = torch.type_as((self).look(torch.to(q, 6), torch.to(k, 6), torch.to(v, 6), window), q)
  return o

# q are the last counts[i] tokens of each segment i, k and v [T, K, D] all lengths[i] of it. A segment sees itself causally and all
# of segment parents[i] (-1: none). -> [sum of counts, H, D]
def attend(self: __torch__.M, q: Tensor, k: Tensor, v: Tensor, lengths: List[int], parents: List[int], counts: List[int], window: int) -> Tensor:
  like = q
  if torch.__or__(self.attention_in_fp32, torch.eq(self.dense_scores, 0)):
    like = torch.to(q, 6)
  qs = torch.split_with_sizes(like, counts, 0)
  ks = torch.split_with_sizes(torch.type_as(k, like), lengths, 0)
  vs = torch.split_with_sizes(torch.type_as(v, like), lengths, 0)
  outputs = annotate(List[Tensor], [])
  for i in range(torch.len(lengths)):
    parent = parents[i]
    key = ks[i]
    value = vs[i]
    if torch.ge(parent, 0):
      key = torch.cat([ks[parent], ks[i]], 0)
      value = torch.cat([vs[parent], vs[i]], 0)
    m = torch.size(key, 0)
    first = (self).out_of_reach(torch.sub(m, counts[i]), window)
    if torch.gt(first, 0):
      key = torch.slice(key, 0, first, m)
      value = torch.slice(value, 0, first, m)
    if torch.gt(counts[i], 0):
      _ = torch.append(outputs, (self).look_in_row(qs[i], key, value, window))
  return torch.type_as(torch.cat(outputs, 0), q)
