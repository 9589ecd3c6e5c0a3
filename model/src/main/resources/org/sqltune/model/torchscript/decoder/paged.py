# Attention of several texts at once. Keys and values of all texts lie in pools [K, slots, D]; a text's tokens may lie in any slots.
#
# Axes: B texts, N new tokens of a text at most, M tokens of a text at most; shorter texts are padded.
# row: cos and sin of the T new tokens (see rotary.py), and
#   slots [T]: where each new token's key and value go
#   table [B * M]: the slots of each text's tokens, the new ones included
#   queries [B * N]: which of the T rows stands at each place of the padded texts; only where some are padded
#   places [T]: at which of the B * N places each row stands; likewise
#   mask [B, N, M] fp32: 0 where a new token sees a token of its text, -inf elsewhere

# positions [B, N] int64 of new tokens in their texts -> what they see of m tokens (see row, mask).
def paged_mask(self: __torch__.M, positions: Tensor, m: int, window: int) -> Tensor:
  index = torch.arange(m, dtype=4, layout=None, device=ops.prim.device(positions), pin_memory=None)
  last = torch.unsqueeze(positions, -1)
  hidden = torch.gt(index, last)
  if torch.gt(window, 0):
    hidden = torch.__or__(hidden, torch.le(index, torch.sub(last, window)))
  zeros = torch.zeros(torch.size(hidden), dtype=6, layout=None, device=ops.prim.device(positions), pin_memory=None)
  return torch.masked_fill(zeros, hidden, float("-inf"))

# q [T, H, D] over what the texts hold -> [T, H, D]; scores and softmax in fp32.
def look_paged(self: __torch__.M, q: Tensor, keys: Tensor, values: Tensor, row: Dict[str, Tensor]) -> Tensor:
  mask = row["mask"]
  b = torch.size(mask, 0)
  n = torch.size(mask, 1)
  m = torch.size(mask, 2)
  kv = torch.size(keys, 0)
  d = torch.size(keys, 2)
  g = torch.floordiv(torch.size(q, 1), kv)
  padded = q
  if torch.__contains__(row, "queries"):
    padded = torch.index_select(q, 0, row["queries"])
  query = torch.reshape(torch.permute(torch.reshape(padded, [b, n, kv, g, d]), [2, 0, 1, 3, 4]), [torch.mul(kv, b), torch.mul(n, g), d])
  key = torch.reshape(torch.index_select(keys, 1, row["table"]), [torch.mul(kv, b), m, d])
  value = torch.reshape(torch.index_select(values, 1, row["table"]), [torch.mul(kv, b), m, d])
  if self.attention_in_fp32:
    query = torch.to(query, 6)
    key = torch.to(key, 6)
    value = torch.to(value, 6)
  scores = torch.mul(torch.to(torch.bmm(query, torch.transpose(key, 1, 2)), 6), self.attention_scale)
  if torch.gt(self.attention_soft_cap, 0.):
    scores = (self).soft_cap(scores, self.attention_soft_cap)
  seen = torch.add(torch.reshape(scores, [kv, b, n, g, m]), torch.unsqueeze(torch.unsqueeze(mask, 2), 0))
  weights = torch.reshape(torch.type_as(torch.softmax(seen, -1), value), [torch.mul(kv, b), torch.mul(n, g), m])
  o = torch.reshape(torch.bmm(weights, value), [kv, b, n, g, d])
  by_token = torch.reshape(torch.permute(o, [1, 2, 0, 3, 4]), [torch.mul(b, n), torch.mul(kv, g), d])
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
