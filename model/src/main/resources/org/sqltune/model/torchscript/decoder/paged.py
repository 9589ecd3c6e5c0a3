# Attention of several texts at once. Keys and values of all texts lie in pools [K, slots, D]; a text's tokens may lie in any slots.
#
# Axes: B texts, N new tokens of a text at most, M tokens of a text at most; shorter texts are padded.
# row: cos and sin of the T new tokens (see rotary.py), and
#   slots [T]: where each new token's key and value go
#   table [B * M]: the slots of each text's tokens, the new ones included
#   queries [B * N]: which of the T rows stands at each place of the padded texts; only where some are padded
#   places [T]: at which of the B * N places each row stands; likewise
#   mask [B, 1, N * G, M]: 0 where a new token sees a token of its text, -inf elsewhere, for each of the G = H / K query heads
#     that share a key/value head

# Whether scores are held in memory: where nothing else caps them.
def scores_in_memory(self: __torch__.M) -> bool:
  return torch.gt(self.attention_soft_cap, 0.)

# positions [B, N] int64 of new tokens in their texts -> what they see of m tokens (see row, mask), in the type that it is
# added in where keys are of like's.
def paged_mask(self: __torch__.M, positions: Tensor, m: int, window: int, like: Tensor) -> Tensor:
  index = torch.arange(m, dtype=4, layout=None, device=ops.prim.device(positions), pin_memory=None)
  last = torch.unsqueeze(positions, -1)
  hidden = torch.gt(index, last)
  if torch.gt(window, 0):
    hidden = torch.__or__(hidden, torch.le(index, torch.sub(last, window)))
  dtype = ops.prim.dtype(like)
  if torch.__or__(self.attention_in_fp32, (self).scores_in_memory()):
    dtype = 6
  zeros = torch.zeros(torch.size(hidden), dtype=dtype, layout=None, device=ops.prim.device(positions), pin_memory=None)
  mask = torch.unsqueeze(torch.masked_fill(zeros, hidden, float("-inf")), 1)
  if torch.gt(torch.size(positions, 1), 1):
    mask = torch.repeat_interleave(mask, torch.floordiv(self.heads, self.kv_heads), 2)
  return mask

# q [T, H, D] over what the texts hold -> [T, H, D]; scores and softmax in fp32. The query heads of a key/value head are rows
# of one product, so that keys and values are read once for all of them.
def look_paged(self: __torch__.M, q: Tensor, keys: Tensor, values: Tensor, row: Dict[str, Tensor]) -> Tensor:
  mask = row["mask"]
  b = torch.size(mask, 0)
  m = torch.size(mask, 3)
  kv = torch.size(keys, 0)
  d = torch.size(keys, 2)
  h = torch.size(q, 1)
  padded = q
  if torch.__contains__(row, "queries"):
    padded = torch.index_select(q, 0, row["queries"])
  n = torch.floordiv(torch.size(padded, 0), b)
  by_head = torch.permute(torch.reshape(padded, [b, n, kv, -1, d]), [0, 2, 1, 3, 4])
  query = torch.reshape(by_head, [b, kv, -1, d])
  key = torch.transpose(torch.reshape(torch.index_select(keys, 1, row["table"]), [kv, b, m, d]), 0, 1)
  value = torch.transpose(torch.reshape(torch.index_select(values, 1, row["table"]), [kv, b, m, d]), 0, 1)
  if self.attention_in_fp32:
    query = torch.to(query, 6)
    key = torch.to(key, 6)
    value = torch.to(value, 6)
  if (self).scores_in_memory():
    products = torch.to(torch.matmul(query, torch.transpose(key, 2, 3)), 6)
    scores = (self).soft_cap(torch.mul(products, self.attention_scale), self.attention_soft_cap)
    o = torch.matmul(torch.type_as(torch.softmax(torch.add(scores, mask), -1), value), value)
  else:
    o = torch.scaled_dot_product_attention(query, key, value, mask, 0., False, scale=self.attention_scale)
  by_token = torch.reshape(torch.permute(torch.reshape(o, [b, kv, n, -1, d]), [0, 2, 1, 3, 4]), [-1, h, d])
  if torch.__contains__(row, "places"):
    by_token = torch.index_select(by_token, 0, row["places"])
  return torch.type_as(by_token, q)

# One layer over new tokens x [T, E] of several texts, whose keys and values it writes into the pools.
def layer_paged(self: __torch__.M, x: Tensor, norms: Dict[str, Dict[str, Tensor]], attention: Dict[str, Dict[str, Tensor]], mlp: Dict[str, Dict[str, Tensor]], row: Dict[str, Tensor], keys: Tensor, values: Tensor) -> Tensor:
  products = (self).attention_products((self).norm_at(x, norms, "before_attention"), attention, row, 0.)
  query, key, value, = (self).attention_inputs(products, norms, row)
  _ = torch.index_copy_(keys, 1, row["slots"], torch.transpose(torch.type_as(key, keys), 0, 1))
  _0 = torch.index_copy_(values, 1, row["slots"], torch.transpose(torch.type_as(value, values), 0, 1))
  mixed = (self).look_paged(query, keys, values, row)
  return (self).behind_attention(x, mixed, norms, attention, mlp, 0.)
